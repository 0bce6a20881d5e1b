import { appendFileSync } from 'node:fs';

/** Names the file into which a run writes what it used of the manifest, a line each: `command treeUnifier.refresh`. */
export const USES_FILE = 'TREE_UNIFIER_USES_FILE';

export type UseKind = 'command' | 'setting' | 'tool' | 'view' | 'welcome' | 'keybinding';

/** Notes that a test has really used this, in a VS Code that really ran. */
export function noteUse(kind: UseKind, name: string): void {
  const file = process.env[USES_FILE] ?? '';
  if (file !== '') appendFileSync(file, `${kind} ${name}\n`);
}

/** By which a welcome text is known: what stands below are its buttons. */
export function firstLine(contents: string): string {
  return contents.split('\n')[0] ?? '';
}

/** The part of package.json that a person or an agent can use. */
export interface Contributes {
  readonly commands: readonly { command: string }[];
  readonly views: Readonly<Record<string, readonly { name: string }[]>>;
  readonly viewsWelcome: readonly { contents: string }[];
  readonly keybindings: readonly { key: string }[];
  readonly languageModelTools: readonly { name: string }[];
  readonly configuration: { readonly properties: Readonly<Record<string, { properties?: object }>> };
}

/** What is offered of these kinds and is not among the lines of what was used. */
export function unused(contributes: Contributes, kinds: readonly UseKind[], used: string): string[] {
  const lines = new Set(used.split('\n'));
  const offered = kinds.flatMap((kind) => offeredBy[kind](contributes).map((name) => `${kind} ${name}`));
  return offered.filter((line) => !lines.has(line));
}

const offeredBy: Readonly<Record<UseKind, (from: Contributes) => readonly string[]>> = {
  command: ({ commands }) => commands.map(({ command }) => command),
  setting: ({ configuration }) => Object.entries(configuration.properties).flatMap(keysOf),
  tool: ({ languageModelTools }) => languageModelTools.map(({ name }) => name),
  view: ({ views }) =>
    Object.values(views)
      .flat()
      .map(({ name }) => name),
  welcome: ({ viewsWelcome }) => viewsWelcome.map(({ contents }) => firstLine(contents)),
  keybinding: ({ keybindings }) => keybindings.map(({ key }) => key),
};

/** A setting that is an object of known keys is as many settings. */
function keysOf([name, { properties }]: [string, { properties?: object }]): string[] {
  return properties === undefined ? [name] : Object.keys(properties).map((key) => `${name}.${key}`);
}
