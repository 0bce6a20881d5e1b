import * as vscode from 'vscode';
import type { Blocker } from '../../engine/index.ts';
import type { FolderModel } from '../folders/index.ts';
import { commandIds } from '../ids.ts';
import { code, plain, sentence, type Row } from '../tree/row.ts';

const looks = { blocker: { icon: 'error', word: 'Blocker' }, left: { icon: 'circle-outline', word: 'Left' } } as const;

/** A row for each place, which leads there: to the comparison of both copies where it is about the whole file. */
export function placeRows(model: FolderModel, places: readonly Blocker[], kind: keyof typeof looks): Row[] {
  const diverged = divergedPaths(model);
  return places.map((place): Row => {
    const isCompared = place.line === undefined && diverged.has(place.path);
    return { ...placeRow(place, kind), command: isCompared ? compare(model, place) : open(model, place) };
  });
}

/** `manage.sh:17`, and why; the tooltip has the whole path. */
function placeRow({ path, line, reason }: Blocker, kind: keyof typeof looks): Row {
  const { icon, word } = looks[kind];
  const place = line === undefined ? path : `${path}:${line}`;
  return {
    id: `${kind}#${place}#${reason}`,
    label: place.slice(place.lastIndexOf('/') + 1),
    description: reason,
    icon: new vscode.ThemeIcon(icon),
    tooltip: `${code(place)}\n\n${plain(reason)}`,
    spoken: sentence(`${word} in ${path}${line === undefined ? '' : `, line ${line}`}: ${reason}`),
  };
}

function open(model: FolderModel, { path, line = 1 }: Blocker): vscode.Command {
  const options = { selection: new vscode.Range(line - 1, 0, line - 1, 0) };
  return { command: 'vscode.open', title: 'Open', arguments: [model.uri(path), options] };
}

function compare(model: FolderModel, { path }: Blocker): vscode.Command {
  return { command: commandIds.compareCopies, title: 'Compare the Two Copies', arguments: [model.uri(path)] };
}

function divergedPaths({ measured }: FolderModel): ReadonlySet<string> {
  const pairs = measured?.inventory.pairs ?? [];
  return new Set(
    pairs.flatMap(({ legacy, canonical, files }) =>
      files
        .filter(({ status }) => status === 'diverged')
        .flatMap(({ path }) => [`${legacy.root}/${path}`, `${canonical.root}/${path}`]),
    ),
  );
}
