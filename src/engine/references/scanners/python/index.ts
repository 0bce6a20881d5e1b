import type { SyntaxNode, Tree } from '@lezer/common';
import { statementStarts } from '../../../python/statements.ts';
import { ancestor, parsePython } from '../../../python/syntax.ts';
import { onlyPiecesWith } from '../../../text/pieces.ts';
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
  const nodeIn = (tree: Tree, mention: Mention): SyntaxNode => tree.resolveInner(mention.start, 1);
  let whole: Tree | undefined;
  const parseWhole = (): Tree => (whole ??= parsePython(source.text));
  // No mention shows a name of several segments that is written in pieces: it may stand anywhere in the file.
  const maySplit = source.names.hasPieces;
  const tree = maySplit ? parseWhole() : parseNeeded(source);
  // What a name is bound to is the whole file's to say.
  const judged = source.mentions.map(
    (mention) =>
      judgeAt(source, mention, nodeIn(tree, mention)) ??
      judgeAt(source, mention, nodeIn(parseWhole(), mention)) ??
      judgeUse(source, mention, nodeIn(parseWhole(), mention)),
  );
  return maySplit ? [...judged, ...findSplitImports(source, tree), ...findSplitPaths(source, tree)] : judged;
}

/** The statements with mentions alone: most of a file has none, and a parse costs more than all else. */
function parseNeeded({ text, mentions }: Source): Tree {
  const offsets = mentions.map(({ start }) => start);
  return parsePython(onlyPiecesWith(offsets, text, statementStarts(text)));
}

/** `undefined` for a use of what an import bound. */
function judgeAt(source: Source, mention: Mention, node: SyntaxNode): Judgement | undefined {
  if (node.name === 'String' || node.name === 'FormatString') return judgeString(source, mention, node);
  if (node.name === 'Comment') return judgeCommand(source, mention, 'prose');
  const statement = node.name === 'ImportStatement' ? node : ancestor(node, 'ImportStatement');
  if (statement !== undefined) return judgeImport(source, mention, statement);
  if (node.name === 'VariableName') return undefined;
  if (node.name === 'PropertyName') {
    return { ...judgeByForm(source, mention, 'bare'), rewrites: [], ownName: 'An attribute of something else.' };
  }
  return judgeByForm(source, mention, 'bare');
}
