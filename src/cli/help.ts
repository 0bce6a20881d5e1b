import type { Command } from './command.ts';

/** What `--help` prints, for all commands or for one. */
export function helpText(commands: readonly Command[], command: Command | undefined): string {
  const operands = command?.operands === undefined ? '' : ` ${command.operands.name}`;
  const usage = `Usage: tree-unifier ${command?.name ?? '<command>'}${operands} [options]\n`;
  const own = command?.options ?? [];
  const about =
    command === undefined
      ? `Turns two drifted copies of one Python package into one, and loses nothing on the way.\n\nCommands:\n${rows(
          commands.map(({ name, summary }) => [name, summary]),
        )}`
      : `${command.name}: ${command.summary}.\n`;
  const options = own.map(({ name, value, summary }): Row => [
    value === undefined ? `--${name}` : `--${name} ${value}`,
    summary,
  ]);
  const more = command?.notes === undefined ? '' : `${command.notes}\n\n`;
  return `${usage}\n${about}\nOptions:\n${rows([...options, ...commonOptions])}\n${more}${notes}`;
}

type Row = readonly [string, string];

export const commonOptions: readonly Row[] = [
  ['--root DIR', 'the repository; the current folder when absent'],
  ['--format FORMAT', 'text (the default), json, markdown; plan also diff, check also sarif'],
  ['--pair OLD=NEW', 'the legacy and the canonical root, each with :package where that is not the root with dots'],
  ['--no-git', 'do not run git: no merge base, .gitignore files are read instead'],
  ['--verbose', 'show where an error comes from'],
  ['--help', 'show this text'],
  ['--version', 'show the version'],
];

const notes = `Settings treeUnifier.* are read from .vscode/settings.json; options win.
Exit code: 0 clean or done, 1 something found or left to do, 2 error.
`;

function rows(all: readonly Row[]): string {
  const width = Math.max(...all.map(([name]) => name.length));
  return all.map(([name, summary]) => `  ${name.padEnd(width)}  ${summary}\n`).join('');
}
