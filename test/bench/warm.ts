import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openSession, parseConfig, type Session } from '../../src/engine/index.ts';
import { createFileSystem } from '../../src/node/fileSystem.ts';
import { findGit } from '../../src/node/git.ts';
import { roots } from './repository.ts';

/**
 * `node test/bench/warm.ts ROOT`: a session as an editor keeps it, in which files change: one outside of the trees, one in
 * each tree, and one of the canonical tree that drifted. Prints, as JSON, what bringing it up to date took, in ms: the
 * median of several changes, of the slowest kind of file.
 */
const RUNS = 9;

async function main(root: string): Promise<void> {
  const git = await findGit(root);
  const ports = { files: createFileSystem(root, { git }), ...(git && { git }) };
  const session = await openSession(ports, parseConfig({}).config);
  await session.status();
  await session.depthSensitive();
  const { references } = await session.references();
  const outside = references.find(({ path }) => path.startsWith('tests/'))?.path ?? '';
  const inTrees = [`${roots.legacy}/part1/module1.py`, `${roots.canonical}/part1/module1.py`];
  const slowest = { shown: 0, phases: 0 };
  for (const path of [outside, ...inTrees, `${roots.canonical}/part0/module0.py`]) {
    const found = await change(session, root, path);
    slowest.shown = Math.max(slowest.shown, found.shown);
    slowest.phases = Math.max(slowest.phases, found.phases);
  }
  console.log(JSON.stringify(slowest));
}

/** `shown`: what the lists of files and references show; `phases`: that and what the phases say, the merge included. */
async function change(session: Session, root: string, path: string): Promise<{ shown: number; phases: number }> {
  const file = join(root, path);
  const text = await readFile(file, 'utf8');
  const [shown, phases]: number[][] = [[], []];
  try {
    for (let run = 0; run < RUNS; run++) {
      await writeFile(file, `${text}\nimport ${roots.legacy}.part2.module2\nedited = ${run}\n`);
      const start = performance.now();
      await lists(session, path);
      shown?.push(performance.now() - start);
      await session.status();
      phases?.push(performance.now() - start);
    }
  } finally {
    await writeFile(file, text);
    await session.refresh([path]);
  }
  return { shown: median(shown ?? []), phases: median(phases ?? []) };
}

async function lists(session: Session, path: string): Promise<void> {
  await session.refresh([path]);
  await session.inventory();
  await session.references();
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

void main(process.argv[2] ?? '');
