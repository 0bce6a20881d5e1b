import { groupBy } from '../../engine/index.ts';
import { code, count, type Row } from './row.ts';

export interface FolderOptions<T> {
  path(file: T): string;
  row(file: T, name: string): Row;
  readonly expanded: boolean;
  /** Of the rows of folders, for `when` clauses of item menus. */
  readonly context?: string;
}

/** Files as folders and files; a folder that holds one folder alone is joined with it: `services/game`. */
export function folderRows<T>(files: readonly T[], options: FolderOptions<T>): Row[] {
  return below(
    files.map((file) => ({ file, segments: options.path(file).split('/') })),
    '',
    options,
  );
}

interface Entry<T> {
  readonly file: T;
  /** What is left of the path below the folder at hand. */
  readonly segments: readonly string[];
}

function below<T>(entries: readonly Entry<T>[], folder: string, options: FolderOptions<T>): Row[] {
  const inFolders = groupBy(
    entries.filter(({ segments }) => segments.length > 1),
    ({ segments }) => segments[0] ?? '',
  );
  const folders = [...inFolders].map(([name, inside]) => folderRow(name, inside, folder, options));
  const files = entries.filter(({ segments }) => segments.length === 1);
  return [...folders, ...files.map(({ file, segments }) => options.row(file, segments[0] ?? ''))];
}

function folderRow<T>(name: string, entries: readonly Entry<T>[], parent: string, options: FolderOptions<T>): Row {
  const inside = entries.map(({ file, segments }) => ({ file, segments: segments.slice(1) }));
  const [next] = inside[0]?.segments ?? [];
  const isJoined = next !== undefined && inside.every(({ segments }) => segments.length > 1 && segments[0] === next);
  if (isJoined) return folderRow(`${name}/${next}`, inside, parent, options);
  const path = `${parent}${name}`;
  return {
    id: `${name}/`,
    label: name,
    tooltip: code(path),
    spoken: `Folder ${path} with ${count(entries.length, 'file')}.`,
    expanded: options.expanded,
    ...(options.context !== undefined && { context: options.context }),
    children: below(inside, `${path}/`, options),
  };
}
