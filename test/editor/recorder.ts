import * as vscode from 'vscode';
import { noteUse } from '../host/uses.ts';

/**
 * Notes every command and every tool that has run to its end from now on, whoever asked for it: VS Code hands the tests
 * the same API object as the extension that they belong to.
 */
export function recordUses(): void {
  const { executeCommand } = vscode.commands;
  const { invokeTool } = vscode.lm;
  const recorded: Pick<typeof vscode.commands, 'executeCommand'> = {
    executeCommand: async <T>(command: string, ...args: unknown[]) => {
      const answer = await executeCommand<T>(command, ...args);
      noteUse('command', command);
      return answer;
    },
  };
  const recordedTools: Pick<typeof vscode.lm, 'invokeTool'> = {
    invokeTool: async (name, options, token) => {
      const answer = await invokeTool(name, options, token);
      noteUse('tool', name);
      return answer;
    },
  };
  Object.assign(vscode.commands, recorded);
  Object.assign(vscode.lm, recordedTools);
}
