import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A small generator of pseudo-random numbers (mulberry32): the same repository from the same seed, everywhere. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const LEGACY = 'pixsim7_backend';
const CANONICAL = 'pixsim7/backend/main';

/** A file to be: its path and its text. */
export type BenchFile = readonly [path: string, text: string];

/** What tells the roots of the trees, for whoever changes a file of them. */
export const roots = { legacy: LEGACY, canonical: CANONICAL };

/**
 * The files of a repository: two trees of a fifth each, one file in ten of them drifted, and the rest around them, one in
 * ten with references.
 */
export function benchFiles(count: number, seed: number): BenchFile[] {
  const random = randomFrom(seed);
  const files: BenchFile[] = [];
  const modules = Math.floor(count / 5);
  for (let index = 0; index < modules; index++) {
    const path = `part${index % 40}/module${index}.py`;
    const text = moduleText(index, modules, random);
    const copy = text.replaceAll(LEGACY, 'pixsim7.backend.main');
    const drift = index % 10 === 0 ? `\n\ndef drifted_${index}():\n    return ${random(9)}\n` : '';
    files.push([`${LEGACY}/${path}`, text], [`${CANONICAL}/${path}`, copy + drift]);
  }
  for (let index = files.length; index < count; index++) files.push(otherFile(index, modules, random));
  return files;
}

/** Makes a git repository of {@link benchFiles}, with all of them committed. */
export async function makeBenchRepository(root: string, count: number, seed: number): Promise<void> {
  const files = benchFiles(count, seed);
  for (let at = 0; at < files.length; at += 200) {
    await Promise.all(
      files.slice(at, at + 200).map(async ([path, text]) => {
        await mkdir(dirname(join(root, path)), { recursive: true });
        await writeFile(join(root, path), text);
      }),
    );
  }
  const git = (...args: string[]): void => {
    execFileSync('git', ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.invalid', ...args], {
      cwd: root,
      stdio: 'ignore',
    });
  };
  git('init', '--quiet');
  git('add', '-A');
  git('commit', '--quiet', '-m', 'Both trees');
}

function moduleText(index: number, modules: number, random: (below: number) => number): string {
  const imports = Array.from({ length: 1 + random(4) }, () => random(modules)).map(
    (other) => `from ${LEGACY}.part${other % 40}.module${other} import value_${other}`,
  );
  const body = Array.from(
    { length: 5 + random(20) },
    (_, at) =>
      `def step_${at}(left, right=${random(100)}):\n    """Adds what is given to ${at}."""\n    return left + right * ${random(1000)}\n`,
  );
  return `${imports.join('\n')}\n\nvalue_${index} = ${random(1000)}\n\n\n${body.join('\n\n')}`;
}

function otherFile(index: number, modules: number, random: (below: number) => number): BenchFile {
  const other = random(modules);
  const refers = index % 10 === 0;
  const filler = Array.from(
    { length: 20 + random(60) },
    (_, at) => `line ${at} has ${random(100000)} and some more words in it`,
  );
  switch (index % 4) {
    case 0:
      return [
        `tests/test_${index}.py`,
        `${refers ? `from ${LEGACY}.part${other % 40}.module${other} import value_${other}\n` : ''}"""\n${filler.join('\n')}\n"""\n`,
      ];
    case 1:
      return [
        `docs/section${index % 30}/page${index}.md`,
        `# Page\n\n${refers ? `See \`${LEGACY}/part${other % 40}/module${other}.py\`.\n` : ''}${filler.join('\n')}\n`,
      ];
    case 2:
      return [
        `scripts/run${index}.sh`,
        `${refers ? `python ${LEGACY}/part${other % 40}/module${other}.py\n` : ''}# ${filler.join('\n# ')}\n`,
      ];
    default:
      return [`web/src/part${index % 50}/view${index}.ts`, `// ${filler.join('\n// ')}\n`];
  }
}
