import * as vscode from 'vscode';
import type { Adapters } from './adapters.ts';
import { registerAgentTools } from './agentTools/index.ts';
import { registerCheckpoints } from './checkpoints/index.ts';
import { registerCodeActions } from './codeActions/index.ts';
import { registerDetect } from './detect/index.ts';
import { registerExplain } from './diagnostics/explain.ts';
import { registerImportDiagnostics } from './diagnostics/imports.ts';
import { registerDiagnostics } from './diagnostics/index.ts';
import { registerDiff } from './diff/index.ts';
import { Folders } from './folders/index.ts';
import { commandIds, section } from './ids.ts';
import { registerInventoryTree } from './inventoryTree/index.ts';
import { registerPhaseCommands } from './phases/commands.ts';
import { registerPhasesTree } from './phases/index.ts';
import { Ticks } from './phases/ticks.ts';
import { registerReconcile } from './reconcile/index.ts';
import { registerReferencesTree } from './references/index.ts';
import { registerStatusBar } from './statusBar/index.ts';
import { registerShownLinks } from './text/shownLinks.ts';
import { ShownTexts } from './text/shownTexts.ts';
import type { Place } from './tree/rowTree.ts';
import { snapshot, type RowSnapshot } from './tree/snapshot.ts';
import { registerVerify } from './verify/index.ts';
import { registerVerifyProblems } from './verify/problems.ts';
import { Verifications } from './verify/verifications.ts';

/** What the extension tells its tests; nothing else depends on it. */
export interface EditorApi {
  /** Resolves when all folders have been measured, and every change known so far. */
  ready(): Promise<void>;
  /** The rows that a view shows. */
  rows(view: 'inventory' | 'references' | 'phases'): Promise<readonly RowSnapshot[]>;
  /** The same as menus hand it to commands. */
  places(view: 'inventory' | 'references' | 'phases', parent?: Place): Promise<readonly Place[]>;
}

/** Builds the features on the adapters, and starts to measure. */
export function startEditor(context: vscode.ExtensionContext, adapters: Adapters): EditorApi {
  const log = vscode.window.createOutputChannel('Backend Trees', { log: true });
  const folders = new Folders(adapters, log);
  const texts = new ShownTexts();
  const inventory = registerInventoryTree(folders);
  const references = registerReferencesTree(folders, context.workspaceState);
  const verifications = new Verifications(folders, adapters);
  const phases = registerPhasesTree(folders, verifications, new Ticks(context.extension, log));
  context.subscriptions.push(
    log,
    folders,
    inventory.disposable,
    references.disposable,
    phases.disposable,
    texts,
    registerDiff(folders),
    registerReconcile(folders, texts),
    registerPhaseCommands(folders, texts),
    registerCheckpoints(folders),
    verifications,
    registerVerify({ folders, verifications, texts, adapters, reveal: phases.reveal }),
    registerVerifyProblems(verifications),
    registerShownLinks(folders),
    registerDetect(adapters),
    registerAgentTools(folders),
    registerDiagnostics(folders),
    registerImportDiagnostics(folders),
    registerExplain(context.extensionUri),
    registerCodeActions(folders),
    registerStatusBar(folders),
    vscode.commands.registerCommand(commandIds.showLog, () => {
      log.show();
    }),
    vscode.commands.registerCommand(commandIds.openSettings, () =>
      vscode.commands.executeCommand('workbench.action.openSettings', `@ext:${context.extension.id} ${section}`),
    ),
  );
  folders.start();
  const trees = { inventory: inventory.tree, references: references.tree, phases: phases.tree };
  return {
    ready: () => folders.idle(),
    rows: (view) => snapshot(trees[view].rows),
    places: (view, parent) => trees[view].getChildren(parent),
  };
}
