import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { commands } from '../../src/cli/commands.ts';
import { ROOT } from '../host/cache.ts';
import { temporaryFolder, type TemporaryFolder } from '../host/temporaryFolder.ts';

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string }>>;
  readonly runs: {
    readonly steps: readonly { readonly run?: string; readonly env?: Readonly<Record<string, string>> }[];
  };
}

const text = readFileSync(join(ROOT, 'action.yml'), 'utf8');
const action = parse(text) as Action;
const scripts = action.runs.steps.map(({ run = '' }) => run).join('\n');

/** The options of a command, and those of all. */
function optionsOf(name: string): string[] {
  const own = commands.find((command) => command.name === name)?.options ?? [];
  return [...own.map((option) => option.name), 'root', 'format', 'pair', 'no-git', 'verbose'];
}

describe('the GitHub Action', () => {
  it('gives the check only options that it has', () => {
    const given = [...scripts.matchAll(/(?<=\(| )--(?<name>[a-z-]+) "\$/gu)].map(
      ({ groups }) => groups?.['name'] ?? '',
    );
    assert.deepEqual(given, ['root', 'format', 'baseline', 'since', 'only']);
    assert.deepEqual(
      given.filter((name) => !optionsOf('check').includes(name)),
      [],
    );
    assert.match(scripts, /^arguments=\(check /mu);
  });

  it('uses every input that it has, and none that it has not', () => {
    const used = [...text.matchAll(/\$\{\{ inputs\.(?<name>\w+) \}\}/gu)].map(({ groups }) => groups?.['name']);
    assert.deepEqual(used.sort(), Object.keys(action.inputs).sort());
  });

  it('reads no input as a command', () => {
    assert.doesNotMatch(scripts, /\$\{\{/u);
  });

  it('builds what it runs', () => {
    const build = readFileSync(join(ROOT, 'esbuild.config.mjs'), 'utf8');
    assert.match(scripts, /node esbuild\.config\.mjs$/mu);
    for (const [, file = ''] of scripts.matchAll(/\bout\/([\w.]+)/gu)) assert.ok(build.includes(`'out/${file}'`), file);
  });
});

describe('the pre-commit hook', () => {
  const hooks = parse(readFileSync(join(ROOT, '.pre-commit-hooks.yaml'), 'utf8')) as { entry: string }[];
  const [program = '', command, ...rest] = (hooks[0]?.entry ?? '').split(' ');
  let folder: TemporaryFolder;
  before(async () => {
    folder = await temporaryFolder('hook');
  });
  after(async () => {
    await folder.remove();
  });

  it('runs a command that there is', () => {
    assert.ok(commands.some(({ name }) => name === command));
    assert.deepEqual(rest, []);
  });

  it('has its program once pre-commit has packed and installed it', async () => {
    const shell = process.platform === 'win32'; // npm is a batch file there
    const npm = async (...args: string[]): Promise<string> =>
      (await promisify(execFile)('npm', args, { cwd: ROOT, shell })).stdout;
    // pre-commit takes all that is printed for the name of the file.
    const packed = (await npm('pack', '--pack-destination', folder.path)).trim();
    assert.match(packed, /^backend-tree-unifier-[\d.]+\.tgz$/u);
    await npm('install', '--global', '--prefix', folder.path, '--no-audit', '--no-fund', join(folder.path, packed));
    const installed = join(folder.path, shell ? `${program}.cmd` : `bin/${program}`);
    const { stdout } = await promisify(execFile)(installed, [command ?? '', '--help'], { shell });
    assert.match(stdout, /^Usage: tree-unifier check /u);
  });
});
