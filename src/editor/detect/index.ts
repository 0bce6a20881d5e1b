import * as vscode from 'vscode';
import type { DetectedPair } from '../../engine/index.ts';
import type { Adapters } from '../adapters.ts';
import { assertTrusted, atWork, explained } from '../apply/atWork.ts';
import { loadEngine } from '../engine.ts';
import { assertFolder } from '../folders/asking.ts';
import { commandIds, section } from '../ids.ts';
import { count } from '../tree/row.ts';

/** "Detect Trees": proposes tree pairs, and writes the chosen ones into the settings of the folder. */
export function registerDetect(adapters: Adapters): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.detect, async () => {
    const folder = await explained(pickFolder);
    const found =
      folder && (await atWork(`Looking for copies in ${folder.name}`, (_, token) => detect(folder, adapters, token)));
    if (folder === undefined || found === undefined) return;
    if (found.length === 0) {
      void vscode.window.showInformationMessage(
        `No two folders of "${folder.name}" look like copies of one Python package.`,
      );
      return;
    }
    const chosen = await choose(found);
    if (chosen !== undefined && chosen.length > 0) await explained(() => writePairs(folder, chosen));
  });
}

async function detect(
  folder: vscode.WorkspaceFolder,
  adapters: Adapters,
  token: vscode.CancellationToken,
): Promise<readonly DetectedPair[]> {
  const root = folder.uri.fsPath;
  // As everywhere, git is not shown an untrusted repository.
  const git = vscode.workspace.isTrusted ? await adapters.findGit(root) : undefined;
  const files = adapters.createFileSystem(root, git === undefined ? {} : { git });
  const { detectPairs } = await loadEngine();
  return (await detectPairs({ files, ...(git === undefined ? {} : { git }) }, token)).pairs;
}

async function choose(found: readonly DetectedPair[]): Promise<readonly DetectedPair[] | undefined> {
  const items = found.map((pair, at) => ({
    label: `${pair.legacy.root} → ${pair.canonical.root}`,
    description: `${count(pair.shared, 'file')} in both, ${Math.round(pair.share * 100)} %`,
    detail: pair.reasons.join(' '),
    picked: at === 0,
    pair,
  }));
  const options = {
    canPickMany: true,
    title: 'Tree Pairs',
    placeHolder: 'Legacy → canonical: which ones are to become one?',
  } as const;
  return (await vscode.window.showQuickPick(items, options))?.map(({ pair }) => pair);
}

/** @throws EngineError `unwritable` in Restricted Mode. */
async function writePairs(folder: vscode.WorkspaceFolder, pairs: readonly DetectedPair[]): Promise<void> {
  assertTrusted();
  const value = pairs.map(({ legacy, canonical }) => ({
    legacy: { root: legacy.root, package: legacy.package },
    canonical: { root: canonical.root, package: canonical.package },
  }));
  const configuration = vscode.workspace.getConfiguration(section, folder.uri);
  await configuration.update('pairs', value, vscode.ConfigurationTarget.WorkspaceFolder);
  const names = pairs.map(({ legacy, canonical }) => `${legacy.root} → ${canonical.root}`).join(', ');
  void vscode.window.showInformationMessage(`Chosen, and written into the settings of "${folder.name}": ${names}.`);
}

async function pickFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const all = vscode.workspace.workspaceFolders ?? [];
  assertFolder(all);
  return all.length < 2 ? all[0] : await vscode.window.showWorkspaceFolderPick({ placeHolder: 'Which folder?' });
}
