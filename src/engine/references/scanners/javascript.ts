import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/javascript';
import type { Mention } from '../../tree/names.ts';
import { folderOf, resolveInWorkspace } from '../../verify/docker/paths.ts';
import { isCommandBefore, judgeCommand } from '../commandLine.ts';
import type { Judgement, Scanner, Source } from '../judgement.ts';
import { judgeByForm, rewriteOf } from '../judgement.ts';
import { ordinaryKeyReason } from '../ownName.ts';

const dialects = { js: 'jsx', jsx: 'jsx', ts: 'ts', tsx: 'ts jsx' } as const;

/** JavaScript and TypeScript, parsed: only comments and strings can mean the package; its own names and modules never do. */
export const javaScriptScanner: Scanner = {
  name: 'javascript',
  judge: (source) => {
    const extension = /([jt]sx?)$/u.exec(source.path)?.[1] as keyof typeof dialects;
    const tree = parser.configure({ dialect: dialects[extension] }).parse(source.text);
    return source.mentions.map((mention) => judgeAt(source, mention, tree.resolveInner(mention.start, 1)));
  },
};

function judgeAt(source: Source, mention: Mention, node: SyntaxNode): Judgement {
  if (node.name === 'String') return judgeString(source, mention, node);
  if (/Comment$|^TemplateString$|^RegExp$|^JSXText$|^JSXAttributeValue$|⚠/u.test(node.name))
    return judgeCommand(source, mention, 'prose');
  return { ...judgeByForm(source, mention, 'bare'), rewrites: [], ownName: 'A name of the script’s own.' };
}

function judgeString(source: Source, mention: Mention, node: SyntaxNode): Judgement {
  if (isModule(source, node) && !leadsToLegacy(source, mention, node)) {
    return { ...judgeByForm(source, mention, 'pathString'), rewrites: [], ownName: 'A module of the script’s own.' };
  }
  const content = source.text.slice(node.from + 1, node.to - 1);
  const separator = mention.separator === '\\' ? '\\\\' : mention.separator;
  if (/\s/u.test(content)) {
    const before = source.text.slice(node.from + 1, mention.start);
    return judgeCommand(source, mention, isCommandBefore(before) ? 'command' : 'prose');
  }
  if (content === source.text.slice(mention.start, mention.end)) return judgeWord(source, mention, node);
  return judgeArgument(source, { ...mention, separator }, node);
}

function judgeArgument(source: Source, mention: Mention, node: SyntaxNode): Judgement {
  const before = argumentsBefore(source, mention, node);
  const kind = mention.form === 'path' ? 'pathString' : mention.form === 'dotted' ? 'moduleString' : 'bare';
  const ordinary = ordinaryKeyReason(source.text, mention);
  if (ordinary !== undefined) return { ...judgeByForm(source, mention, kind), ownName: ordinary };
  const isCommand = isCommandBefore(before.replace(/["'`,]+/gu, ' '));
  return judgeCommand(source, mention, isCommand ? 'command' : kind, before);
}

/** `import … from "x"`, `import("x")`, `require("x")`. */
function isModule({ text }: Source, { parent }: SyntaxNode): boolean {
  if (/^(?:ImportDeclaration|ExportDeclaration|DynamicImport|ImportType)$/u.test(parent?.name ?? '')) return true;
  const callee = parent?.name === 'ArgList' ? parent.prevSibling : null;
  return callee != null && /^require(?:\.resolve)?$/u.test(text.slice(callee.from, callee.to));
}

/** A script may read data of the legacy tree: `import schema from "../pkg/schema.json"`. */
function leadsToLegacy({ path, text, names }: Source, mention: Mention, node: SyntaxNode): boolean {
  const steps = text.slice(node.from + 1, mention.start);
  if (!/^\.{1,2}\//u.test(steps)) return false;
  return resolveInWorkspace(folderOf(path), steps + text.slice(mention.start, mention.end)) === names.pair.legacy.root;
}

/** The name as the whole string: a component of a path where paths are joined, else what its surroundings ask. */
function judgeWord(source: Source, mention: Mention, node: SyntaxNode): Judgement {
  const callee = node.parent?.name === 'ArgList' ? node.parent.prevSibling : null;
  const isComponent =
    callee != null && /(?:^|\.)(?:join|resolve)$/u.test(source.text.slice(callee.from, callee.to).replace(/\s/gu, ''));
  if (!isComponent) return judgeArgument(source, mention, node);
  const quote = source.text.charAt(node.from);
  const newText = source.names.canonicalRoot.join(`${quote}, ${quote}`);
  const rewrite = rewriteOf(source, mention, [{ start: mention.start, end: mention.end, newText }]);
  return { mention, kind: 'pathString', rewrites: [rewrite], target: { kind: 'path', segments: [] } };
}

/** `"python", ["-u", "` of `spawn("python", ["-u", "pkg/main.py"])`: the command that a list of arguments makes. */
function argumentsBefore({ text }: Source, mention: Mention, node: SyntaxNode): string {
  let list = node.parent;
  while (list?.parent != null && /^(?:ArrayExpression|ArgList)$/u.test(list.parent.name)) list = list.parent;
  const from = list === null || !/^(?:ArrayExpression|ArgList)$/u.test(list.name) ? node.from : list.from;
  return text
    .slice(from, mention.start)
    .replace(/[[(]\s*/gu, '')
    .replace(/\s+/gu, ' ');
}
