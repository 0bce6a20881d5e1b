import * as vscode from 'vscode';
import type { FolderModel, Folders } from '../folders/index.ts';
import { toolNames } from '../ids.ts';
import { askTools, type Ask, type ToolInput } from './tools.ts';

/** The engine for language models: the same questions as on the command line, answered with the same JSON. */
export function registerAgentTools(folders: Folders): vscode.Disposable {
  return vscode.Disposable.from(
    ...toolNames.map((name) => vscode.lm.registerTool<ToolInput>(name, new AgentTool(folders, askTools[name]))),
  );
}

class AgentTool implements vscode.LanguageModelTool<ToolInput> {
  readonly #folders: Folders;
  readonly #ask: Ask;

  constructor(folders: Folders, ask: Ask) {
    this.#folders = folders;
    this.#ask = ask;
  }

  prepareInvocation(): vscode.PreparedToolInvocation {
    return { invocationMessage: this.#ask.doing };
  }

  async invoke(
    { input }: vscode.LanguageModelToolInvocationOptions<ToolInput>,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelToolResult> {
    await this.#folders.idle();
    const folder = this.#folderFor(input.folder);
    const session = folder?.opened?.session;
    const text = session === undefined ? this.#nothing() : await this.#ask.answer(session, input, token);
    return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
  }

  #folderFor(name: string | undefined): FolderModel | undefined {
    const open = this.#folders.all.filter(({ opened }) => opened !== undefined);
    return name === undefined ? open[0] : open.find(({ folder }) => folder.name === name);
  }

  #nothing(): string {
    const names = this.#folders.all.filter(({ opened }) => opened !== undefined).map(({ folder }) => folder.name);
    const error =
      names.length === 0
        ? 'No folder of this workspace holds a legacy and a canonical tree. Name them in the setting treeUnifier.pairs.'
        : `There is no such folder. Those with a tree pair: ${names.join(', ')}.`;
    return JSON.stringify({ error });
  }
}
