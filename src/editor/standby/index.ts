import * as vscode from 'vscode';
import type { TreePair } from '../../engine/index.ts';
import { hasRoots, watchRoots } from '../folders/roots.ts';
import { setValues } from '../folders/settings.ts';
import { commandIds, contextKeys, section, toolNames, viewIds } from '../ids.ts';
import type { EditorApi } from '../index.ts';

/** Loads the features; `start` registers them. */
export type LoadFeatures = () => Promise<{ start(context: vscode.ExtensionContext): EditorApi }>;

/**
 * Starts the features where a folder has its trees or somebody set something. Elsewhere, which is in most windows, they are
 * not even loaded until a folder comes to have trees, or somebody asks for one of their commands or tools.
 */
export async function startWhenNeeded(context: vscode.ExtensionContext, load: LoadFeatures): Promise<EditorApi> {
  if (await isNeeded()) return (await load()).start(context);
  const standby = new Standby(context, load);
  context.subscriptions.push(standby);
  return standby;
}

/** Stands in for all that the manifest promises: empty views, and commands and tools that start the features first. */
class Standby implements EditorApi, vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #load: LoadFeatures;
  readonly #standIns: vscode.Disposable;
  #watching: vscode.Disposable | undefined;
  #checking: Promise<void> = Promise.resolve();
  #started: Promise<EditorApi> | undefined;

  constructor(context: vscode.ExtensionContext, load: LoadFeatures) {
    this.#context = context;
    this.#load = load;
    const check = (): void => {
      this.#checking = this.#checking.then(() => this.#check());
    };
    const watch = (): void => {
      this.#watching?.dispose();
      this.#watching = vscode.Disposable.from(
        ...foldersOf().map((folder) => watchRoots(folder, defaultPairs(folder), check)),
      );
    };
    this.#standIns = vscode.Disposable.from(
      ...Object.values(viewIds).map((id) => vscode.window.registerTreeDataProvider(id, new Nothing())),
      ...Object.values(commandIds).map((id) => this.#command(id)),
      ...toolNames.map((name) => this.#tool(name)),
      vscode.workspace.onDidChangeWorkspaceFolders(() => {
        watch();
        check();
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(section)) check();
      }),
    );
    watch();
    void vscode.commands.executeCommand('setContext', contextKeys.state, 'noPair');
  }

  async ready(): Promise<void> {
    await this.#checking;
    await (await this.#started)?.ready();
  }

  async rows(view: keyof typeof viewIds): ReturnType<EditorApi['rows']> {
    return (await (await this.#started)?.rows(view)) ?? [];
  }

  async places(...asked: Parameters<EditorApi['places']>): ReturnType<EditorApi['places']> {
    return (await (await this.#started)?.places(...asked)) ?? [];
  }

  dispose(): void {
    this.#watching?.dispose();
    this.#standIns.dispose();
  }

  #command(id: string): vscode.Disposable {
    return vscode.commands.registerCommand(id, async (...args: readonly unknown[]) => {
      await this.#start();
      return await vscode.commands.executeCommand(id, ...args);
    });
  }

  #tool(name: string): vscode.Disposable {
    return vscode.lm.registerTool<object>(name, {
      invoke: async (options, token) => {
        await this.#start();
        return await vscode.lm.invokeTool(name, options, token);
      },
    });
  }

  async #check(): Promise<void> {
    if (this.#started === undefined && (await isNeeded())) await this.#start();
  }

  #start(): Promise<EditorApi> {
    this.#started ??= this.#load().then((features) => {
      // Nothing may be registered twice.
      this.dispose();
      return features.start(this.#context);
    });
    return this.#started;
  }
}

class Nothing implements vscode.TreeDataProvider<never> {
  getChildren(): never[] {
    return [];
  }

  getTreeItem(row: never): vscode.TreeItem {
    return row;
  }
}

/** Whether some folder is, or may be, our business. */
async function isNeeded(): Promise<boolean> {
  const looks = foldersOf().map(
    async (folder) => Object.keys(setValues(folder)).length > 0 || (await hasRoots(disk(folder), defaultPairs(folder))),
  );
  return (await Promise.all(looks)).includes(true);
}

function foldersOf(): readonly vscode.WorkspaceFolder[] {
  return vscode.workspace.workspaceFolders ?? [];
}

/** As the manifest has them. */
function defaultPairs({ uri }: vscode.WorkspaceFolder): readonly TreePair[] {
  return vscode.workspace.getConfiguration(section, uri).inspect<readonly TreePair[]>('pairs')?.defaultValue ?? [];
}

function disk({ uri }: vscode.WorkspaceFolder): Parameters<typeof hasRoots>[0] {
  return {
    stat: async (path) => {
      // What cannot be looked at is no tree either.
      const found = await vscode.workspace.fs.stat(vscode.Uri.joinPath(uri, path)).then(undefined, () => undefined);
      return { kind: found === undefined ? 'missing' : 'directory', size: 0 };
    },
  };
}
