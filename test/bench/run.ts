import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeBenchRepository } from './repository.ts';

/** `npm run bench -- --files 20000`: the command line's time and memory as ratios to a peer in the same run. */
const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    runs: { type: 'string', default: '5' },
  },
});
const cli = join(import.meta.dirname, '../../out/cli.cjs');
const root = await mkdtemp(join(tmpdir(), 'bench-'));
try {
  await makeBenchRepository(root, Number(values.files), Number(values.seed));
  const runs = Number(values.runs);
  const search = seconds(runs, finder(), root);
  const diff = seconds(runs, ['git', 'diff', '--no-index', '--stat', 'pixsim7_backend', 'pixsim7/backend/main'], root);
  console.log(
    `${values.files} files, seed ${values.seed}, best of ${runs} cold runs; peers: ${finder()[0]} ${search.toFixed(2)} s, git diff --no-index ${diff.toFixed(2)} s`,
  );
  for (const [command, peer, name] of [
    ['references', search, finder()[0]],
    ['inventory', diff, 'git diff --no-index'],
  ] as const) {
    const took = seconds(runs, [process.execPath, cli, command, '--format', 'json', '--root', root], root);
    console.log(`${command.padEnd(10)} ${took.toFixed(2)} s  ${(took / peer).toFixed(1)} times ${name}`);
  }
} finally {
  await rm(root, { recursive: true });
}

/** ripgrep where the machine has it, else git's own search. */
function finder(): readonly [string, ...string[]] {
  const hasRipgrep = spawnSync('rg', ['--version']).status === 0;
  return hasRipgrep
    ? ['rg', '-ow', '--hidden', '-g', '!.git', 'pixsim7_backend']
    : ['git', 'grep', '-ow', 'pixsim7_backend'];
}

/** The best of several runs, in seconds: the others were disturbed. Exit code 1 is an answer, not a failure. */
function seconds(runs: number, [program, ...args]: readonly string[], cwd: string): number {
  let best = Infinity;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    try {
      execFileSync(program ?? '', args, { cwd, stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 30 });
    } catch (error) {
      if ((error as { status?: number }).status !== 1) throw error;
    }
    best = Math.min(best, (performance.now() - start) / 1000);
  }
  return best;
}
