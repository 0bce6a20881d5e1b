import * as vscode from 'vscode';
import type { ComparedFile, FileStatus, PairInventory, Problem } from '../../engine/index.ts';
import type { FolderModel, Measured } from '../folders/index.ts';
import { commandIds } from '../ids.ts';
import { folderRows } from '../tree/folders.ts';
import { count, sentence, type Row } from '../tree/row.ts';
import { describe, iconOf, speak, tooltip, type ShownFile } from './fileText.ts';

const groups: readonly { status: FileStatus; label: string; spoken: string; expanded: boolean }[] = [
  { status: 'diverged', label: 'Diverged', spoken: 'with differences', expanded: true },
  { status: 'legacyOnly', label: 'Only in legacy', spoken: 'without a canonical copy', expanded: true },
  { status: 'canonicalOnly', label: 'Only in canonical', spoken: 'without a legacy copy', expanded: true },
  { status: 'equivalent', label: 'Equivalent', spoken: 'that say the same in both trees', expanded: false },
];

/** Opening more folders than this at once makes the view slow: each costs VS Code a round trip. */
const MOST_EXPANDED = 60;

const MOST_LISTED = 20;

interface MeasuredFolder {
  readonly model: FolderModel;
  readonly measured: Measured;
}

/** One pair's groups stand at the top; with several pairs each has a row of its own above them. */
export function inventoryRows(models: readonly FolderModel[]): Row[] {
  const folders = models.flatMap((model): MeasuredFolder[] =>
    model.measured === undefined ? [] : [{ model, measured: model.measured }],
  );
  const pairs = folders.flatMap(({ model, measured }) => measured.inventory.pairs.map((pair) => ({ model, pair })));
  const isAlone = pairs.length === 1;
  const rows = pairs.flatMap(({ model, pair }) => (isAlone ? groupRows(model, pair) : [pairRow(model, pair)]));
  return [...rows, ...folders.flatMap((folder) => problemRows(folder, folders.length > 1))];
}

function pairRow(model: FolderModel, pair: PairInventory): Row {
  return {
    id: `${model.folder.uri.toString()}#${pair.legacy.root}`,
    label: `${pair.legacy.root} ↔ ${pair.canonical.root}`,
    description: model.folder.name,
    spoken: `Trees ${pair.legacy.root} and ${pair.canonical.root} in ${model.folder.name}: ${pair.counts.diverged} diverged, ${pair.counts.legacyOnly} only in legacy, ${pair.counts.canonicalOnly} only in canonical.`,
    expanded: true,
    children: groupRows(model, pair),
  };
}

function groupRows(model: FolderModel, pair: PairInventory): Row[] {
  return groups.flatMap(({ status, label, spoken, expanded }) => {
    const files = pair.files.filter((file) => file.status === status);
    if (files.length === 0 && status !== 'diverged') return [];
    const options = {
      path: (file: ComparedFile) => file.path,
      row: (file: ComparedFile, name: string) => fileRow(model, pair, file, name),
      expanded: files.length <= MOST_EXPANDED,
      ...(status !== 'equivalent' && { context: DRIFTED_FOLDER }),
    };
    return [
      {
        id: status,
        label,
        description: String(files.length),
        spoken: `${label}: ${count(files.length, 'file')} ${spoken}.`,
        expanded: expanded && files.length > 0,
        ...(status !== 'equivalent' && files.length > 0 && { context: DRIFTED_FOLDER }),
        ...(files.length > 0 && { children: folderRows(files, options) }),
      },
    ];
  });
}

function fileRow(model: FolderModel, pair: PairInventory, file: ComparedFile, name: string): Row {
  const root = file.status === 'legacyOnly' ? pair.legacy.root : pair.canonical.root;
  const uri = model.uri(`${root}/${file.path}`);
  const isInBoth = file.status === 'diverged' || file.status === 'equivalent';
  const command = isInBoth
    ? { command: commandIds.compareWithLegacy, title: 'Compare with Legacy', arguments: [uri] }
    : { command: 'vscode.open', title: 'Open', arguments: [uri] };
  const place = `${pair.canonical.root}/${file.path}`;
  const merged = model.measured?.merged.get(place);
  const shown: ShownFile = { file, merged, isMarked: model.measured?.marked.has(place) === true };
  const description = describe(shown);
  return {
    id: name,
    label: name,
    ...(description !== '' && { description }),
    icon: iconOf(shown),
    tooltip: tooltip(pair, shown),
    spoken: speak(shown),
    context: contextOf(shown, isInBoth),
    subject: { uri },
    command,
  };
}

const DRIFTED_FOLDER = 'folder.drifted';

/** Words that the `when` clauses of the item menus look for: `inBothTrees.drifted.conflict`. */
function contextOf({ file, merged, isMarked }: ShownFile, isInBoth: boolean): string {
  const words = [isInBoth ? 'inBothTrees' : 'inOneTree'];
  if (file.status !== 'equivalent') words.push('drifted');
  if (isMarked) words.push('marked');
  else if (file.status !== 'equivalent' && merged?.result === 'conflict') words.push('conflict');
  return words.join('.');
}

/** What limits the comparison, without a pop-up: the files that could not be read in one row, anything else by itself. */
function problemRows({ model: { folder }, measured: { problems } }: MeasuredFolder, isNamed: boolean): Row[] {
  const id = `${folder.uri.toString()}#problems`;
  const row = (label: string, about: readonly Problem[]): Row => ({
    id: `${id}#${label}`,
    label,
    ...(isNamed && { description: folder.name }),
    spoken: sentence(isNamed ? `${folder.name}: ${label}` : label),
    icon: new vscode.ThemeIcon('info'),
    tooltip: about
      .slice(0, MOST_LISTED)
      .map(({ message }) => `- ${message}`)
      .join('\n'),
    command: { command: commandIds.showLog, title: 'Show Log' },
  });
  const files = problems.filter(({ path }) => path !== undefined);
  const others = problems.filter(({ path }) => path === undefined);
  return [
    ...(files.length === 0 ? [] : [row(`${count(files.length, 'file')} could not be read or rewritten`, files)]),
    ...others.map((problem) => row(problem.message, [problem])),
  ];
}
