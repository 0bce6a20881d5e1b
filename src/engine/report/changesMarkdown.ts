import { groupBy } from '../groupBy.ts';
import type { Change } from '../plan/model.ts';
import { count, number } from './format.ts';
import { code, table } from './markdown.ts';

/** Files named one by one below a reason that they share; of more, the folder is named and they are counted. */
const namedFiles = 12;

/** A change of a whole file, rather than of words in it. */
export function isOfFile({ kind }: Change): boolean {
  return kind === 'merge' || kind === 'tree' || kind === 'shim';
}

export function isOfReference(change: Change): boolean {
  return change.type === 'edit' && change.reference !== undefined;
}

/**
 * A list of the files, with each reason once.
 *
 * @example
 * - `new/a.py`: Only legacy has it.
 * - `old/` (435 files): Its contents are in new.
 */
export function filesByReason(changes: readonly Change[]): string {
  const groups = groupBy(changes, ({ reason }) => reason);
  return [...groups].map(([reason, same]) => listItem(reason, same)).join('');
}

function listItem(reason: string, changes: readonly Change[]): string {
  const paths = changes.map(({ path }) => path);
  const [only = ''] = paths;
  if (paths.length === 1) return `- ${code(only)}: ${reason}\n`;
  if (paths.length > namedFiles) return `- ${code(commonFolder(paths))} (${count(paths.length, 'file')}): ${reason}\n`;
  return `- ${reason}\n${paths.map((path) => `  - ${code(path)}\n`).join('')}`;
}

/** `a/b/` of `a/b/c.py` and `a/b/d/e.py`; `./` when they share none. */
function commonFolder(paths: readonly string[]): string {
  const [first = [], ...others] = paths.map((path) => path.split('/').slice(0, -1));
  const folders = [...first];
  for (const other of others) {
    const differs = folders.findIndex((name, at) => name !== other[at]);
    if (differs >= 0) folders.length = differs;
  }
  return folders.length === 0 ? './' : `${folders.join('/')}/`;
}

/** How many references were rewritten, by category; `undefined` for none. */
export function rewrittenTable(changes: readonly Change[]): string | undefined {
  const groups = groupBy(changes.filter(isOfReference), ({ category }) => category);
  if (groups.size === 0) return undefined;
  const rows = [...groups].map(([category, inCategory]) => [
    category,
    number(new Set(inCategory.map(({ path }) => path)).size),
    number(inCategory.length),
  ]);
  return table(['Category', 'Files', 'References'], rows);
}
