import type { SyntaxNode } from '@lezer/common';
import { ancestor, parsePython } from '../../../python/syntax.ts';
import type { Mention } from '../../../tree/names.ts';
import { judgeCommand } from '../../commandLine.ts';
import type { Judgement, Scanner, Source } from '../../judgement.ts';
import { judgeByForm } from '../../judgement.ts';
import { findSplitPaths } from './components.ts';
import { findSplitImports, judgeImport } from './imports.ts';
import { judgeString } from './strings.ts';
import { judgeUse } from './uses.ts';

/** Python, parsed: imports, dotted uses of what they bind, strings by what they hold, comments and docstrings. */
export const pythonScanner: Scanner = { name: 'python', judge: judgePython };

export function judgePython(source: Source): Judgement[] {
  const tree = parsePython(source.text);
  const judged = source.mentions.map((mention) => judgeAt(source, mention, tree.resolveInner(mention.start, 1)));
  return [...judged, ...findSplitImports(source, tree), ...findSplitPaths(source, tree)];
}

function judgeAt(source: Source, mention: Mention, node: SyntaxNode): Judgement {
  const literal = node.name === 'String' || node.name === 'FormatString' ? node : undefined;
  if (literal !== undefined) return judgeString(source, mention, literal);
  if (node.name === 'Comment') return judgeCommand(source, mention, 'prose');
  const statement = node.name === 'ImportStatement' ? node : ancestor(node, 'ImportStatement');
  if (statement !== undefined) return judgeImport(source, mention, statement);
  if (node.name === 'VariableName') return judgeUse(source, mention, node);
  if (node.name === 'PropertyName') {
    return { ...judgeByForm(source, mention, 'bare'), rewrites: [], ownName: 'An attribute of something else.' };
  }
  return judgeByForm(source, mention, 'bare');
}
