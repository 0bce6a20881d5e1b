import { commandLineSection } from './commandLine.ts';
import { commandsSection } from './commands.ts';
import { code, MADE, table } from './markdown.ts';
import { describe, readManifest, type Manifest } from './manifest.ts';
import { settingsSection } from './settings.ts';

/** `docs/reference.md`: every name that package.json and the command line have. */
export function referencePage(): string {
  const manifest = readManifest();
  const sections = [
    ['Settings', `${SETTINGS}\n\n${settingsSection(manifest)}`],
    ['Commands', `${COMMANDS}\n\n${commandsSection(manifest)}`],
    ['Views', viewsSection(manifest)],
    ['Tools for language models', `${TOOLS}\n\n${toolsSection(manifest)}`],
    ['Command line', `${COMMAND_LINE}\n\n${commandLineSection()}`],
    ['Problem codes', 'Each has its section in [Problems](problems.md).\n'],
  ] as const;
  const contents = sections.map(([title]) => `[${title}](#${title.toLowerCase().replaceAll(' ', '-')})`).join(' · ');
  return `${HEAD}\n\n${contents}\n\n${sections.map(([title, text]) => `## ${title}\n\n${text}`).join('\n')}`;
}

const HEAD = `${MADE}\n\n# Reference`;

const SETTINGS = `All begin with \`treeUnifier.\` and belong in the \`.vscode/settings.json\` of the repository, where the command line reads them too. Each
folder of a workspace may have its own. A value that cannot be used is named in the editor and ends the command line with code 2; the editor
goes on with the default.`;

const COMMANDS = `In the palette they begin with *Backend Trees:*. Commands that change files are off in Restricted Mode.`;

const TOOLS = `For chat participants and agents inside VS Code. They read and never write, and answer JSON in the shapes of the
[command line](command-line.md#json).`;

const COMMAND_LINE = `\`tree-unifier <command> [options]\`. Exit code 0: clean or done; 1: something found or left to do; 2: an error, in one line on standard
error. [What the answers look like](command-line.md).`;

function viewsSection({ contributes }: Manifest): string {
  const shows: Readonly<Record<string, string>> = {
    Inventory: 'the files of both trees, by status: who is ahead, how many hunks, what the merge gives',
    'Legacy References': 'every mention of the legacy name, by category and file',
    Phases: 'the four phases as they are measured: what is left, what blocks',
  };
  const rows = contributes.views.treeUnifier.map(({ name }) => [`*${name}*`, shows[name] ?? '']);
  return `In the activity bar, under *Backend Trees*.\n\n${table(['view', 'what it shows'], rows)}`;
}

function toolsSection({ contributes }: Manifest): string {
  const rows = contributes.languageModelTools.map(({ name, toolReferenceName, modelDescription, inputSchema }) => [
    `${code(`#${toolReferenceName}`)}<br>${code(name)}`,
    modelDescription,
    Object.entries(inputSchema.properties ?? {})
      .map(([input, schema]) => `${code(input)}: ${describe(schema)}`)
      .join('\n'),
  ]);
  return table(['tool', 'what it answers', 'inputs'], rows);
}
