import * as vscode from 'vscode';
import type { Reference } from '../../engine/index.ts';
import type { FolderModel } from '../folders/index.ts';
import { groupBy } from '../../engine/index.ts';
import { rangeOf, readText } from '../text/fileText.ts';
import { code, count, sentence, type Row } from '../tree/row.ts';
import { lineLabel } from './lineLabel.ts';

export type Filter = (references: readonly Reference[]) => readonly Reference[];

/** Category → file → reference; with several folders each has a row of its own above its categories. */
export function referenceRows(models: readonly FolderModel[], filter: Filter): Row[] {
  const measured = models.filter((model) => model.measured !== undefined);
  if (measured.length === 1) return measured.flatMap((model) => categoryRows(model, filter));
  return measured.map((model) => ({
    id: model.folder.uri.toString(),
    label: model.folder.name,
    spoken: `References in the folder ${model.folder.name}.`,
    expanded: true,
    children: categoryRows(model, filter),
  }));
}

interface File {
  readonly path: string;
  readonly references: readonly Reference[];
}

function categoryRows(model: FolderModel, filter: Filter): Row[] {
  const files = [...(model.measured?.references ?? [])]
    .map(([path, references]): File => ({ path, references: filter(references) }))
    .filter(({ references }) => references.length > 0);
  const order = (model.opened?.config.categories ?? []).map(({ name }) => name);
  const rank = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  return [...groupBy(files, ({ references }) => references[0]?.category ?? '')]
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([category, inside]) => categoryRow(model, category, inside));
}

function categoryRow(model: FolderModel, category: string, files: readonly File[]): Row {
  const references = files.flatMap((file) => file.references);
  const live = references.filter(({ standing }) => standing === 'live').length;
  const others = references.length - live;
  return {
    id: category,
    label: category,
    description: others === 0 ? String(live) : `${live} live, ${others} other`,
    spoken: `${category}: ${count(live, 'live reference')}${others === 0 ? '' : ` and ${others} other`} in ${count(files.length, 'file')}.`,
    context: 'category',
    children: files.map((file) => fileRow(model, file)),
  };
}

function fileRow(model: FolderModel, { path, references }: File): Row {
  const slash = path.lastIndexOf('/');
  const folder = path.slice(0, Math.max(slash, 0));
  const uri = model.uri(path);
  return {
    id: path,
    label: path.slice(slash + 1),
    description: folder === '' ? String(references.length) : `${references.length} · ${folder}`,
    icon: new vscode.ThemeIcon('file'),
    tooltip: `${code(path)}\n\n${count(references.length, 'reference')}`,
    spoken: `${path} with ${count(references.length, 'reference')}.`,
    context: 'referencingFile',
    subject: { uri },
    children: { of: references, make: () => lineRows(model, path, references) },
  };
}

async function lineRows(model: FolderModel, path: string, references: readonly Reference[]): Promise<Row[]> {
  const file = await readText(model, path);
  const lines = file?.text.replace(/^\uFEFF/u, '').split(/\r\n|\n|\r/u) ?? [];
  const seen = new Map<string, number>();
  return references.map((reference) => {
    const nth = (seen.get(reference.text) ?? 0) + 1;
    seen.set(reference.text, nth);
    return lineRow(model, reference, lines[reference.line - 1], `${reference.text}#${nth}`);
  });
}

function lineRow(model: FolderModel, reference: Reference, line: string | undefined, id: string): Row {
  const uri = model.uri(reference.path);
  const range = rangeOf(model, reference);
  const shown = line === undefined ? undefined : lineLabel(line, range.start.character, reference.text.length);
  const state = stateOf(reference);
  return {
    id,
    ...(shown ?? { label: reference.text }),
    description: [`line ${reference.line}`, state.word].filter((part) => part !== '').join(' · '),
    icon: new vscode.ThemeIcon(state.icon),
    tooltip: tooltip(reference),
    spoken: `Line ${reference.line}: ${sentence(shown?.label ?? reference.text)} ${state.spoken}`,
    context: reference.target === 'resolved' ? 'resolvedReference' : 'reference',
    subject: { uri, range },
    command: { command: 'vscode.open', title: 'Reveal', arguments: [uri, { selection: range }] },
  };
}

/** The one thing to know about a reference at a glance. */
function stateOf({ standing, target, needsReview, rewrite }: Reference): {
  word: string;
  spoken: string;
  icon: string;
} {
  if (standing === 'historical') return { word: 'historical', spoken: 'A record of the past.', icon: 'history' };
  if (standing === 'kept') return { word: 'kept', spoken: 'Marked as intentional.', icon: 'pinned' };
  if (standing === 'ownName') return { word: 'own name', spoken: 'Not the package, but a name like it.', icon: 'tag' };
  if (target === 'missing')
    return { word: 'target missing', spoken: 'The canonical tree has no such target.', icon: 'error' };
  if (needsReview) return { word: 'needs review', spoken: 'The rewrite needs review.', icon: 'question' };
  return { word: '', spoken: rewrite === undefined ? 'Live.' : `Becomes ${rewrite.replacement}.`, icon: 'replace' };
}

function tooltip({ text, rewrite, alternatives, reason, kind }: Reference): string {
  const others = alternatives.map(({ replacement }) => `or ${code(replacement)}`);
  const ways = rewrite === undefined ? others : [`→ ${code(rewrite.replacement)}`, ...others];
  return [code(text), ...ways, ...(reason === undefined ? [] : [reason]), `Kind: ${kind}`].join('\n\n');
}
