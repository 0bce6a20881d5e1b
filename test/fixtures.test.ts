import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './fixtures/repository.ts';
import { makeSample, sampleFacts as facts } from './fixtures/sample.ts';
import { makeSecondPair, secondPairFacts } from './fixtures/secondPair.ts';

const folders: string[] = [];

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tree-unifier-fixtures-'));
  folders.push(folder);
  return folder;
}

after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

describe('the sample', () => {
  let sample: string;
  before(async () => {
    sample = await newFolder();
    await makeSample(sample);
  });

  it('has the same commits every time, and a clean work tree', async () => {
    const again = join(await newFolder(), 'made', 'here');
    await makeSample(again);
    assert.equal(await run(again, ['rev-parse', 'HEAD']), await run(sample, ['rev-parse', 'HEAD']));
    assert.equal(await run(again, ['status', '--porcelain']), '');
  });

  it('goes into an empty folder only', async () => {
    await assert.rejects(makeSample(sample), /not empty/);
  });

  it('has the same files without git', async () => {
    const plain = await newFolder();
    await makeSample(plain, { git: false });
    for (const path of await listed(sample)) {
      assert.ok((await readFile(join(plain, path))).equals(await readFile(join(sample, path))), path);
    }
  });

  it('has as many occurrences as its facts say', async () => {
    const { byFile, lines } = await count(sample, facts.legacy);
    assert.deepEqual(byFile, facts.occurrencesByFile);
    assert.equal(sum(byFile), facts.occurrences);
    assert.equal(lines, facts.linesWithOccurrences);
  });

  it('has an occurrence at every place that its facts name', async () => {
    for (const { path, line } of [...facts.kept, ...facts.ownNames, ...facts.missing, ...facts.shadowed]) {
      assert.match((await textOf(sample, path)).split('\n')[line - 1] ?? '', /\bpixsim7_backend\b/, `${path}:${line}`);
    }
    assert.match(await textOf(sample, facts.ignored), /\bpixsim7_backend\b/);
  });

  it('has depth-sensitive places in the canonical tree where its facts name them', async () => {
    for (const { path, text } of facts.depthSensitive) {
      assert.ok((await textOf(sample, `${facts.canonical.root}/${path}`)).includes(text), path);
    }
  });

  it('has the trees that its facts describe', async () => {
    assert.deepEqual(await compare(sample, facts), { ...treesOf(facts), ...statusesOf(facts) });
  });

  it('has the copy as the commit that its facts call the base', async () => {
    const subjects = (
      await run(sample, ['log', '--format=%s', '--diff-filter=A', '--', 'pixsim7/backend/main/main.py'])
    ).trim();
    assert.equal(subjects, facts.base.subject);
  });

  it('runs from both trees, with the same answers', async () => {
    const legacy = await askBackend(sample, ['pixsim7_backend/main.py']);
    const canonical = await askBackend(sample, ['-m', 'pixsim7.backend.main.main']);
    assert.deepEqual(canonical, legacy);
    assert.deepEqual(legacy, {
      health: { status: 'ok', version: '0.7.0', plugins: facts.plugins },
      routes: facts.routes,
    });
  });

  it('passes its own tests', async () => {
    const python = startPython(sample, ['-m', 'unittest', 'discover', '-s', 'tests', '-t', '.']);
    assert.deepEqual(await once(python, 'exit'), [0, null]);
  });
});

describe('the second pair', () => {
  it('is what its facts say', async () => {
    const dir = await newFolder();
    await makeSecondPair(dir);
    const { byFile } = await count(dir, secondPairFacts.legacy);
    assert.deepEqual(byFile, secondPairFacts.occurrencesByFile);
    assert.equal(sum(byFile), secondPairFacts.occurrences);
    assert.deepEqual(await compare(dir, secondPairFacts), {
      ...treesOf(secondPairFacts),
      ...statusesOf(secondPairFacts),
    });
  });
});

interface Tree {
  readonly root: string;
  readonly package: string;
  readonly files: number;
  readonly pythonFiles: number;
}

interface Facts {
  readonly legacy: Tree;
  readonly canonical: Tree;
  readonly counts: Readonly<Record<string, number>>;
  readonly equivalent: readonly string[];
  readonly drifted: readonly { readonly path: string; readonly status: string }[];
}

async function listed(dir: string): Promise<string[]> {
  return (await run(dir, ['ls-files', '-z'])).split('\0').filter(Boolean).sort();
}

/** Bytes as characters, so that a file in any encoding counts. */
async function textOf(dir: string, path: string): Promise<string> {
  return readFile(join(dir, path), 'latin1');
}

async function count(dir: string, legacy: Tree): Promise<{ byFile: Record<string, number>; lines: number }> {
  const name = new RegExp(`(?<![A-Za-z0-9_])${legacy.package}(?![A-Za-z0-9_])`, 'g');
  const byFile: Record<string, number> = {};
  let lines = 0;
  for (const path of await listed(dir)) {
    if (path.startsWith(`${legacy.root}/`)) continue;
    const text = await textOf(dir, path);
    const found = text.match(name)?.length ?? 0;
    if (found > 0) byFile[path] = found;
    lines += text.split('\n').filter((line) => line.match(name) !== null).length;
  }
  return { byFile, lines };
}

function sum(byFile: Readonly<Record<string, number>>): number {
  return Object.values(byFile).reduce((total, found) => total + found, 0);
}

function treesOf({ legacy, canonical }: Facts): object {
  return { legacy: [legacy.files, legacy.pythonFiles], canonical: [canonical.files, canonical.pythonFiles] };
}

function statusesOf({ counts, equivalent, drifted }: Facts): object {
  const statuses = [
    ...equivalent.map((path) => ({ path, status: 'equivalent' })),
    ...drifted.map(({ path, status }) => ({ path, status })),
  ];
  return { counts, statuses: statuses.sort(byPath) };
}

/** A second opinion on the trees, as plain as can be. */
async function compare(dir: string, { legacy, canonical }: Facts): Promise<object> {
  const files = await listed(dir);
  const legacyFiles = below(files, legacy);
  const canonicalFiles = below(files, canonical);
  const counts: Record<string, number> = { identical: 0, equivalent: 0, diverged: 0, legacyOnly: 0, canonicalOnly: 0 };
  const statuses: { path: string; status: string }[] = [];
  for (const path of new Set([...legacyFiles, ...canonicalFiles])) {
    const status = await statusOf(path);
    counts[status] = (counts[status] ?? 0) + 1;
    if (status !== 'identical') statuses.push({ path, status });
  }
  return { legacy: size(legacyFiles), canonical: size(canonicalFiles), counts, statuses: statuses.sort(byPath) };

  async function statusOf(path: string): Promise<string> {
    if (!legacyFiles.includes(path)) return 'canonicalOnly';
    if (!canonicalFiles.includes(path)) return 'legacyOnly';
    const one = await textOf(dir, `${legacy.root}/${path}`);
    const other = await textOf(dir, `${canonical.root}/${path}`);
    if (one === other) return 'identical';
    return plain(one) === plain(other) ? 'equivalent' : 'diverged';
  }

  function plain(text: string): string {
    return text
      .replace(/^\u00ef\u00bb\u00bf/, '')
      .replaceAll('\r\n', '\n')
      .replaceAll(canonical.package, legacy.package)
      .replaceAll(canonical.root, legacy.root)
      .replace(/import \(\s*([^)]*?),?\s*\)/g, (_, names: string) => `import ${names.replace(/\s+/g, ' ')}`);
  }
}

function below(files: readonly string[], tree: Tree): string[] {
  return files.filter((path) => path.startsWith(`${tree.root}/`)).map((path) => path.slice(tree.root.length + 1));
}

function size(files: readonly string[]): [number, number] {
  return [files.length, files.filter((path) => path.endsWith('.py')).length];
}

function byPath(one: { path: string }, other: { path: string }): number {
  return one.path < other.path ? -1 : 1;
}

function startPython(dir: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.platform === 'win32' ? 'python' : 'python3', args, {
    cwd: dir,
    env: { ...process.env, PYTHONPATH: '', PYTHONDONTWRITEBYTECODE: '1', ...env },
    stdio: 'ignore',
  });
}

async function askBackend(dir: string, args: readonly string[]): Promise<{ health: unknown; routes: string[] }> {
  const port = await freePort();
  const python = startPython(dir, args, { PORT: String(port) });
  const ended = once(python, 'exit');
  try {
    const health: unknown = await (await untilAnswered(`http://127.0.0.1:${port}/health`)).json();
    const document = (await (await fetch(`http://127.0.0.1:${port}/openapi.json`)).json()) as OpenApi;
    return { health, routes: routesOf(document) };
  } finally {
    python.kill();
    await ended;
  }
}

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

function routesOf({ paths }: OpenApi): string[] {
  return Object.entries(paths)
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`))
    .sort();
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function untilAnswered(url: string): Promise<Response> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    try {
      return await fetch(url);
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
