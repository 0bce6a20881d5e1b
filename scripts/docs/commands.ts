import type { commandIds } from '../../src/editor/ids.ts';
import { code, keys, table } from './markdown.ts';
import type { Manifest, ManifestCommand, MenuItem } from './manifest.ts';

type CommandId = (typeof commandIds)[keyof typeof commandIds];
/** Only code calls these, so that no person meets them. */
type Inner = typeof commandIds.rewriteAll | typeof commandIds.keep;

/** What the title alone does not tell. */
const does: Readonly<Record<Exclude<CommandId, Inner>, string>> = {
  'treeUnifier.refresh': 'Measures every folder anew; files that change are followed without it.',
  'treeUnifier.openSettings': 'Opens the settings editor on `treeUnifier`.',
  'treeUnifier.showLog': 'Opens the output channel, which names every failure in full.',
  'treeUnifier.compareWithLegacy':
    'A diff of the legacy file, written in the canonical namespace, against the canonical file, which can be edited.',
  'treeUnifier.compareCopies': 'The same diff, from whichever copy is at hand.',
  'treeUnifier.openLegacy': 'Opens the copy in the legacy tree.',
  'treeUnifier.openCanonical': 'Opens the copy in the canonical tree.',
  'treeUnifier.showRawLegacy': 'In a comparison: the legacy file as it is on the disk.',
  'treeUnifier.showRewrittenLegacy': 'In a comparison: the legacy file in the canonical namespace again.',
  'treeUnifier.showLiveOnly': 'Leaves out records of the past, kept mentions and own names.',
  'treeUnifier.showAllStandings': 'Shows them again.',
  'treeUnifier.openTarget': 'Opens what the rewritten reference points at.',
  'treeUnifier.takeLegacy': 'Both copies say afterwards what the legacy one says, in the names of each tree.',
  'treeUnifier.takeCanonical': 'Both copies say afterwards what the canonical one says.',
  'treeUnifier.merge': 'Both copies say afterwards what git’s three-way merge of them gives.',
  'treeUnifier.resolveConflict': 'Opens the merge editor on the two sides and their base.',
  'treeUnifier.writeMarkers': 'Writes the conflict into the canonical file with markers, to be resolved as text.',
  'treeUnifier.completeMerge': 'In the merge editor: its result becomes both copies.',
  'treeUnifier.takeLegacyHunk': 'Settles the hunk at the cursor for the legacy side, in both copies.',
  'treeUnifier.takeCanonicalHunk': 'Settles the hunk at the cursor for the canonical side, in both copies.',
  'treeUnifier.previewPhase': 'Plans a phase and opens the refactor preview; what needs review starts unticked.',
  'treeUnifier.applyPhase': 'Plans a phase, takes a checkpoint and applies what is sure.',
  'treeUnifier.restoreCheckpoint': 'Puts every file back as it was at a checkpoint; that can be taken back too.',
  'treeUnifier.resolveInterrupted': 'After an apply that was killed on its way: finish it, or take it back.',
  'treeUnifier.verify': 'Resolves every import of the canonical package; checks paths and containers.',
  'treeUnifier.verifyPhase': 'Makes the checks that belong to a phase, all but those that start programs.',
  'treeUnifier.verifyCheck': 'Makes one check again.',
  'treeUnifier.verifyBackends':
    'Starts the backends, after showing each command, and compares what they answer: health, routes, plugins.',
  'treeUnifier.showVerification': 'Opens the report of what was verified last.',
  'treeUnifier.detect': 'Proposes tree pairs in an unknown repository, and writes the settings.',
};

export function commandsSection(manifest: Manifest): string {
  const { commands, keybindings } = manifest.contributes;
  const rows = commands.map((command) => {
    const binding = keybindings.find((one) => one.command === command.command);
    return [
      `*${command.title}*`,
      does[command.command as keyof typeof does],
      placesOf(command, manifest).join('; '),
      binding === undefined ? '' : `${code(keys(binding.key))}<br>macOS ${code(keys(binding.mac))}`,
    ];
  });
  return table(['command', 'what it does', 'where', 'keys'], rows);
}

/** Menus by what people call them. */
const menuNames: Readonly<Record<string, string>> = {
  'explorer/context': 'the Explorer’s context menu',
  'editor/context': 'the editor’s context menu',
  'editor/title/context': 'the context menu of a tab',
  'editor/title': 'the editor’s title',
};

function placesOf({ command }: ManifestCommand, manifest: Manifest): string[] {
  const { menus } = manifest.contributes;
  const isHidden = (menus['commandPalette'] ?? []).some((item) => item.command === command && item.when === 'false');
  const places = Object.entries(menus).flatMap(([menu, items]) =>
    items.filter((item) => item.command === command).flatMap((item) => placeOf(menu, item, manifest)),
  );
  return [...new Set([...(isHidden ? [] : ['palette']), ...places])];
}

function placeOf(menu: string, { when = '', group = '' }: MenuItem, { contributes }: Manifest): string[] {
  if (menu === 'commandPalette') return [];
  const id = /\bview == (?<view>[\w.]+)/u.exec(when)?.groups?.['view'];
  const view = contributes.views.treeUnifier.find((one) => one.id === id)?.name ?? '';
  if (menu === 'view/title') return [`title of *${view}*`];
  if (menu === 'view/item/context') return [group.startsWith('inline') ? `button in *${view}*` : `menu in *${view}*`];
  return [menuNames[menu] ?? menu];
}
