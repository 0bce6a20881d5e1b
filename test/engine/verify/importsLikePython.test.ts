import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { after, before, describe, it } from 'mocha';
import { findImportSites, guessImports } from '../../../src/engine/python/importSites.ts';
import { readNamespace } from '../../../src/engine/python/namespace.ts';
import { WorkspaceFiles } from '../../../src/engine/tree/files.ts';
import { ImportScan } from '../../../src/engine/verify/imports.ts';
import type { ImportFinding } from '../../../src/engine/verify/model.ts';
import { findSyntaxError } from '../../../src/engine/verify/syntax.ts';
import { pair } from '../../helpers/engine.ts';
import { MemoryFiles } from '../../helpers/memory.ts';

/** Packages of the standard library, each checked as if it were a canonical tree. */
const PACKAGES =
  'email asyncio xml json concurrent unittest importlib logging multiprocessing http urllib ctypes encodings collections html dbm curses wsgiref sqlite3 xmlrpc zoneinfo tkinter idlelib lib2to3 distutils ensurepip venv tomllib re';
const LEFT_OUT = new Set(['site-packages', '__pycache__', 'test', 'tests']);

/** Those whose imports are asked again after each removal: they run anew in Python, whatever the platform. */
const MUTATED = ['email', 'json', 'xml', 'logging', 'unittest', 'http', 'urllib', 'concurrent', 'asyncio', 'wsgiref'];
const MUTATIONS = 220;
const SEED = 34;

type Complaint = [module: string | null, name: string | null];
type Verdict = [path: string, line: number, module: string, name: string | null, complaint: Complaint | null];
interface Mutation {
  path: string;
  lines: [number, number] | null;
  complaints: [module: string, name: string | null, complaint: Complaint | null][];
}

async function askPython(...args: string[]): Promise<unknown> {
  const oracle = path.join(import.meta.dirname, 'importOracle.py');
  const { stdout } = await promisify(execFile)('python3', ['-I', oracle, ...args], { maxBuffer: 1 << 28 });
  return JSON.parse(stdout);
}

/** The Python files below a folder, path → text. */
function readTree(root: string, folder = '', into = new Map<string, string>()): Map<string, string> {
  for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
    const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory() && !LEFT_OUT.has(entry.name)) readTree(root, name, into);
    else if (entry.isFile() && /\.(?:py|so|pyd)$/u.test(entry.name))
      into.set(name, entry.name.endsWith('.py') ? readFileSync(path.join(root, name), 'utf8') : '');
  }
  return into;
}

function scanOf(files: ReadonlyMap<string, string>, packages: readonly string[]) {
  const memory = new MemoryFiles(Object.fromEntries(files));
  const listed = new WorkspaceFiles(memory);
  return {
    memory,
    listed,
    scan: new ImportScan(
      packages.map((one) => pair(`old-${one}`, 'old', one, one)),
      listed,
    ),
  };
}

function target({ module, name }: Pick<ImportFinding, 'module' | 'name'>): string {
  return name === undefined ? module : `${module} ${name}`;
}

/** A missing name of Python's is a submodule as well: `No module named 'a.b'` for `from a import b`. */
function blames([module, name]: Complaint): string[] {
  if (module === null) return [];
  const parts = module.split('.');
  return name === null ? [module, `${parts.slice(0, -1).join('.')} ${parts.at(-1) ?? ''}`] : [`${module} ${name}`];
}

describe('imports, as Python itself takes them', function () {
  this.timeout(60_000);
  let root: string;
  let verdicts: Verdict[];
  let library: Map<string, string>;
  let packages: string[];

  before(async () => {
    const answer = (await askPython('imports', ...PACKAGES.split(' '))) as { root: string; imports: Verdict[] };
    ({ root, imports: verdicts } = answer);
    library = readTree(root);
    packages = PACKAGES.split(' ').filter((one) => library.has(`${one}/__init__.py`));
  });

  it('no import that Python takes is a finding, among more than 1,000 of the standard library', async () => {
    const found = await scanOf(library, packages).scan.all();
    const refused = verdicts.filter((one) => one[4] !== null).map(([file, line]) => `${file}:${line}`);
    // A name in an import over several lines is told with its own line.
    const starts = new Map(
      verdicts.map(([file, line, module, name]) => [`${file} ${module} ${name ?? ''}`, `${file}:${line}`]),
    );
    const placed = found.map(
      (one) => starts.get(`${one.path} ${one.module} ${one.name ?? ''}`) ?? `${one.path}:${one.line}`,
    );
    assert.deepEqual(
      placed.filter((place) => !refused.includes(place)),
      [],
    );
    assert.ok(verdicts.length > 1000, `only ${verdicts.length} imports`);
  });

  it('every import is seen, by the quick look and by the parse', () => {
    const seen = new Set<string>();
    for (const file of new Set(verdicts.map(([one]) => one))) {
      const text = library.get(file) ?? '';
      for (const { level, segments, names = [undefined] } of guessImports(text))
        for (const name of names) seen.add(`guess ${file} ${absolute(file, level, segments)} ${name ?? ''}`);
      for (const { level, segments, names = [undefined] } of findImportSites(text))
        for (const name of names) seen.add(`site ${file} ${absolute(file, level, segments)} ${name?.name ?? ''}`);
    }
    const missed = verdicts.flatMap(([file, , module, name]) =>
      ['guess', 'site'].map((how) => `${how} ${file} ${module} ${name ?? ''}`).filter((one) => !seen.has(one)),
    );
    assert.deepEqual(missed, []);
  });

  it('every file of the packages parses', () => {
    const own = [...library].filter(([file]) => packages.includes(file.split('/')[0] ?? ''));
    assert.ok(own.length > 300, `only ${own.length} files`);
    const refused = own.filter(([file, text]) => findSyntaxError(file, text) !== undefined && !text.includes('\uFFFD'));
    assert.deepEqual(
      refused.map(([file]) => file),
      [],
    );
  });

  describe('after something was taken away', () => {
    let copy: string;
    before(() => {
      copy = mkdtempSync(path.join(tmpdir(), 'imports-'));
      for (const name of MUTATED)
        cpSync(path.join(root, name), path.join(copy, name), {
          recursive: true,
          filter: (file) => !LEFT_OUT.has(path.basename(file)),
        });
    });
    after(() => {
      rmSync(copy, { recursive: true });
    });

    it(`says what Python says, ${MUTATIONS} times`, async () => {
      const files = readTree(copy);
      const mutations = (await askPython('mutations', copy, `${SEED}`, `${MUTATIONS}`, ...MUTATED)) as Mutation[];
      const { memory, listed, scan } = scanOf(files, MUTATED);
      const untouched = new Set((await scan.all()).map(target));
      let blamed = 0;
      for (const mutation of mutations) {
        const text = files.get(mutation.path) ?? '';
        if (mutation.lines === null) memory.files.delete(mutation.path);
        else memory.files.set(mutation.path, without(text, mutation.lines));
        await listed.relist();
        await scan.refresh([mutation.path]);
        const found = (await scan.all()).map(target).filter((one) => !untouched.has(one));
        blamed += disagreements(mutation, found, files);
        memory.files.set(mutation.path, text);
        await listed.relist();
        await scan.refresh([mutation.path]);
      }
      assert.deepEqual(new Set((await scan.all()).map(target)), untouched);
      assert.ok(blamed >= 120, `only ${blamed} complaints of Python's were compared`);
    });
  });
});

/** What the check does not claim to know: the names of a module that may put some in place by hand. */
function isDynamic([module, name]: Complaint, files: ReadonlyMap<string, string>): boolean {
  const file = (module ?? '').replaceAll('.', '/');
  return name !== null && readNamespace(files.get(`${file}/__init__.py`) ?? files.get(`${file}.py`) ?? '').dynamic;
}

/** Fails when the two differ over what is missing; answers how many complaints of Python's there were. */
function disagreements(
  { path: file, lines, complaints }: Mutation,
  found: readonly string[],
  files: ReadonlyMap<string, string>,
): number {
  const own = complaints.flatMap(([, , complaint]) =>
    complaint !== null && MUTATED.includes(complaint[0]?.split('.')[0] ?? '') && !isDynamic(complaint, files)
      ? [blames(complaint)]
      : [],
  );
  const what = `${file} ${lines === null ? 'deleted' : `without lines ${lines.join('-')}`}`;
  const missed = own.filter((names) => !names.some((name) => found.includes(name)));
  assert.deepEqual([...new Set(missed.map(([name]) => name))], [], `${what}: Python complains, the check does not`);
  const failing = new Set(
    complaints.flatMap(([module, name, complaint]) =>
      complaint === null ? [] : [name === null ? module : `${module} ${name}`],
    ),
  );
  const taken = complaints
    .filter(([, , complaint]) => complaint === null)
    .map(([module, name]) => (name === null ? module : `${module} ${name}`));
  const wrong = found.filter((one) => !failing.has(one) && taken.includes(one));
  assert.deepEqual(wrong, [], `${what}: the check complains, Python does not`);
  return new Set(own.map(([name]) => name)).size;
}

function without(text: string, [first, last]: [number, number]): string {
  const lines = text.split('\n');
  return lines.map((line, at) => (at >= first - 1 && at < last ? '' : line)).join('\n');
}

function absolute(file: string, level: number, segments: readonly string[]): string {
  const folder = file.split('/').slice(0, -1);
  return [...(level === 0 ? [] : folder.slice(0, folder.length - level + 1)), ...segments].join('.');
}
