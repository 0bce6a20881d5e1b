import type { CancellationToken, Config, FileSystem, Refreshed } from '../../engine/index.ts';
import { MANY, type Changed } from './changeQueue.ts';
import { knownBelow, type Measured } from './measured.ts';

/**
 * The files that changed. A folder that was made, moved or deleted is told of by its own name alone: it stands for the
 * files that are listed below it now, or that we knew there before.
 */
export async function filesOf(
  changed: Changed,
  files: FileSystem,
  known: Measured,
  token: CancellationToken,
): Promise<Changed> {
  if (changed === 'all') return 'all';
  const paths = new Set<string>();
  const folders: string[] = [];
  for (const path of changed) {
    const { kind } = await files.stat(path);
    if (kind === 'directory') folders.push(`${path}/`);
    else paths.add(path);
    if (kind === 'missing') for (const gone of knownBelow(known, path)) paths.add(gone);
  }
  const listed = folders.length === 0 ? [] : await files.list(token);
  for (const path of listed) if (folders.some((folder) => path.startsWith(folder))) paths.add(path);
  return paths.size > MANY ? 'all' : [...paths];
}

/** Whether anything that is shown may look different now. Most of what people type is about neither tree nor legacy name. */
export function isNews(refreshed: Refreshed, scope: Changed, known: Measured, { taskFile }: Config): boolean {
  if (refreshed.inventory || refreshed.references.length > 0 || scope === 'all') return true;
  return scope.some((path) => path === taskFile || known.references.has(path));
}
