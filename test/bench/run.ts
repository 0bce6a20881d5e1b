import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { noPair } from '../editor/suites.ts';
import { ROOT } from '../host/cache.ts';
import { installServer } from '../host/install.ts';
import { makeSample } from '../fixtures/sample.ts';
import { endAll } from '../host/lifetime.ts';
import { activationMs } from './activation.ts';
import { changedFile, changedPhases, commands, operations, toTheSearchAlone } from './operations.ts';
import { best, finder, take, takeNode, treeDiff, type Taken } from './programs.ts';
import { makeBenchRepository } from './repository.ts';
import { benchMarkdown, withBetweenMarkers, type Bench, type Measured, type Row } from './table.ts';

/**
 * `npm run bench`: times as ratios to what ripgrep and git take on the same files in the same run, so that the machine and
 * what else it does matter little; and memory, growth, activation, sizes. `--write` puts the table into the README.
 * `--sizes 2000,20000`, `--runs 5`, `--seed 2`; `--no-editor` starts no VS Code.
 */
const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '2000,20000,100000' },
    seed: { type: 'string', default: '1' },
    runs: { type: 'string', default: '3' },
    write: { type: 'boolean', default: false },
    'no-editor': { type: 'boolean', default: false },
  },
});
const runs = Number(values.runs);
const search = finder();
const rows = new Map<string, Measured[]>(operations.map(({ name }) => [name, []]));
for (const files of values.sizes.split(',').map(Number)) await measure(files);
const bench: Bench = {
  rows: [...rows].map(([name, measured]): Row => ({ name, measured })),
  peers: `${search.name} and \`git diff --no-index\` on the two trees, together`,
  seed: Number(values.seed),
  runs,
  ...(values['no-editor'] ? {} : { activationMs: await activation() }),
  sizes: await sizes(),
};
const made = benchMarkdown(bench);
console.log(`\n${made}`);
if (values.write) {
  const readme = join(ROOT, 'README.md');
  await writeFile(readme, withBetweenMarkers(await readFile(readme, 'utf8'), made));
}

async function measure(files: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const [root, peakFile] = [join(folder, 'repository'), join(folder, 'peak')];
  try {
    await mkdir(root);
    await makeBenchRepository(root, files, Number(values.seed));
    const taken = new Map<string, Taken[]>();
    const note = (name: string, one: Taken): void => {
      taken.set(name, [...(taken.get(name) ?? []), one]);
    };
    // Side by side: what disturbs one disturbs the other.
    for (let run = 0; run < runs; run++) {
      note('search', take(search.program, root));
      note('diff', take(treeDiff, root));
      for (const command of commands) {
        const args = [join(ROOT, 'out', 'cli.cjs'), ...command.split(' '), '--format', 'json', '--root', root];
        note(command, takeNode(args, root, peakFile));
      }
    }
    const of = (name: string): Taken => best(taken.get(name) ?? []);
    const searched = of('search').seconds;
    const peerSeconds = searched + of('diff').seconds;
    console.log(`${files} files: the search ${searched.toFixed(2)} s, both peers ${peerSeconds.toFixed(2)} s`);
    for (const command of commands) add(`\`${command}\``, { files, ...of(command), peerSeconds });
    add(toTheSearchAlone, { files, ...of('references'), peerSeconds: searched });
    const { shown, phases, peakBytes } = await warm(folder, root, peakFile);
    add(changedFile, { files, seconds: shown / 1000, peakBytes });
    add(changedPhases, { files, seconds: phases / 1000, peakBytes });
  } finally {
    await rm(folder, { recursive: true });
  }
}

function add(name: string, measured: Measured): void {
  rows.get(name)?.push(measured);
  console.log(`  ${name}: ${measured.seconds.toFixed(3)} s, ${Math.round(measured.peakBytes / 1e6)} MB`);
}

/** In ms. Bundled, for what strips the types takes memory of its own. */
async function warm(folder: string, root: string, peakFile: string): Promise<Changed> {
  const program = join(folder, 'warm.cjs');
  await build({
    ...{ entryPoints: [join(import.meta.dirname, 'warm.ts')], outfile: program, mainFields: ['module', 'main'] },
    ...{ bundle: true, platform: 'node', format: 'cjs', target: 'node20' },
  });
  const { stdout, peakBytes } = takeNode([program, root], root, peakFile);
  return { ...(JSON.parse(stdout) as Pick<Changed, 'shown' | 'phases'>), peakBytes };
}

interface Changed {
  readonly shown: number;
  readonly phases: number;
  readonly peakBytes: number;
}

/** Several starts of VS Code each: the best is the least disturbed. */
async function activation(): Promise<NonNullable<Bench['activationMs']>> {
  try {
    await installServer();
    const times: [withoutTrees: number, withTrees: number][] = [];
    for (let run = 0; run < Math.max(5, runs); run++) {
      times.push([await activationMs(noPair, false), await activationMs(makeSample, true)]);
    }
    console.log(`activation, without and with trees: ${times.map((pair) => pair.join(' and ')).join(', ')} ms`);
    return {
      withoutTrees: Math.min(...times.map(([without]) => without)),
      withTrees: Math.min(...times.map(([, withTrees]) => withTrees)),
    };
  } finally {
    await endAll();
  }
}

/** Of the built files; the package is made anew. */
async function sizes(): Promise<Bench['sizes']> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const vsix = join(folder, 'extension.vsix');
  execFileSync(process.execPath, [join(ROOT, 'scripts', 'package.ts'), vsix], { cwd: ROOT, stdio: 'ignore' });
  const bytes = async (file: string): Promise<number> => (await stat(file)).size;
  const [start, features, engine, commandLine] = await Promise.all(
    ['extension', 'features', 'engine', 'cli'].map((name) => bytes(join(ROOT, 'out', `${name}.cjs`))),
  );
  const found = {
    ...{ start: start ?? 0, features: features ?? 0, engine: engine ?? 0, commandLine: commandLine ?? 0 },
    package: await bytes(vsix),
  };
  await rm(folder, { recursive: true });
  return found;
}
