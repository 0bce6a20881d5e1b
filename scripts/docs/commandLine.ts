import type { Command, CommandOption } from '../../src/cli/command.ts';
import { commonFormats } from '../../src/cli/arguments.ts';
import { commands } from '../../src/cli/commands.ts';
import { commonOptions } from '../../src/cli/help.ts';
import { code, table } from './markdown.ts';

export function commandLineSection(): string {
  const own = commands.map((command) => `${commandPart(command)}\n`).join('');
  return `${own}### Options of every command\n\n${table(
    ['option', 'what it does'],
    commonOptions.map(([option, summary]) => [code(option), summary]),
  )}`;
}

function commandPart({ name, summary, operands, options, formats = commonFormats }: Command): string {
  const usage = ['tree-unifier', name, operands?.name ?? ''].filter((word) => word !== '').join(' ');
  const title = summary.charAt(0).toUpperCase() + summary.slice(1);
  const head = `### ${code(usage)}\n\n${title}. Formats: ${formats.join(', ')}.\n`;
  return options.length === 0 ? head : `${head}\n${table(['option', 'what it does'], options.map(optionRow))}`;
}

function optionRow({ name, value, summary }: CommandOption): string[] {
  return [code(value === undefined ? `--${name}` : `--${name} ${value}`), summary];
}
