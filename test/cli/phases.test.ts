import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { makeSample } from '../fixtures/sample.ts';
import { TemporaryFolder } from '../node/temporaryFolder.ts';
import { wholeTree } from '../node/wholeTree.ts';
import { runIn } from './commandLine.ts';

interface ApplyJson {
  readonly applied: number;
  readonly checkpoint: string | null;
  readonly conflicts: readonly string[];
  readonly state: string;
  readonly left: readonly string[];
  readonly blockers: readonly { readonly path: string; readonly reason: string }[];
  readonly commitMessage?: string;
}

const task = 'claude-tasks/34-backend-tree-unification.md';

/** What a person decides: the conflicts. */
const decisions = [
  'routes/websocket/__init__.py=legacy',
  'routes/websocket/manifest.py=legacy',
  'services/generation_service.py=canonical',
  'services/llm/offline.py=canonical',
].flatMap((choice) => ['--choose', choice]);

describe('all four phases on the sample, by the command line alone', () => {
  let folder: TemporaryFolder;
  let start: ReturnType<typeof wholeTree>;
  let first: string | null;

  before(async () => {
    folder = new TemporaryFolder();
    await makeSample(folder.path);
    mkdirSync(path.join(folder.path, '.vscode'), { recursive: true });
    writeFileSync(path.join(folder.path, '.vscode/settings.json'), `{ "treeUnifier.taskFile": "${task}" }\n`);
    start = wholeTree(folder.path);
  });
  after(() => folder.remove());

  async function apply(phase: string, ...more: string[]): Promise<ApplyJson> {
    const { out, errors } = await runIn(folder, ['apply', '--phase', phase, '--format', 'json', ...more]);
    assert.equal(errors, '');
    return JSON.parse(out) as ApplyJson;
  }

  const boxes = (): string[] =>
    execFileSync('git', ['grep', '--no-index', '-hE', '^- \\[.\\] ', '--', task], {
      cwd: folder.path,
      encoding: 'utf8',
    })
      .trim()
      .split('\n')
      .map((line) => line.slice(2, 5));

  it('is refused at the end first: nothing is proven', async () => {
    const { applied, blockers } = await apply('deduplicate');
    assert.equal(applied, 0);
    const reasons = new Map(blockers.map(({ path: file, reason }) => [file, reason]));
    assert.equal(reasons.get('pixsim7_backend/.env.example'), 'Only the legacy tree has it.');
    assert.equal(reasons.get('pixsim7_backend/api/v1/assets.py'), 'It has changes that the canonical copy lacks.');
    assert.match(reasons.get('scripts/manage.sh') ?? '', /^It still refers to `pixsim7_backend/u);
  });

  it('writes the inventory', async () => {
    const { applied, checkpoint } = await apply('inventory');
    first = checkpoint;
    assert.deepEqual([applied, boxes()], [1, ['[X]', '[ ]', '[ ]', '[ ]']]);
    const again = await runIn(folder, ['apply', '--phase', 'inventory']);
    assert.deepEqual([again.code, again.out], [0, 'inventory: nothing to do, it is done\n']);
  });

  it('merges and rewrites; conflicts and what is lost wait for a person', async () => {
    const { conflicts, blockers } = await apply('canonicalize');
    assert.deepEqual(conflicts, [
      'pixsim7/backend/main/routes/websocket/__init__.py',
      'pixsim7/backend/main/routes/websocket/manifest.py',
      'pixsim7/backend/main/services/generation_service.py',
      'pixsim7/backend/main/services/llm/offline.py',
    ]);
    assert.deepEqual(
      blockers.map(({ path: file }) => file),
      conflicts,
    );
    assert.deepEqual((await apply('canonicalize')).applied, 0);
    const { out } = await runIn(folder, ['apply', '--phase', 'canonicalize']);
    assert.match(
      out,
      /^canonicalize: nothing was changed\n(?: {2}blocked: .+\n){4} {2}decide for a file: --choose PATH=/u,
    );
    const decided = await apply('canonicalize', '--include-review', ...decisions);
    assert.deepEqual([decided.conflicts, decided.blockers], [[], []]);
  });

  it('aligns scripts, launcher, Docker and configuration', async () => {
    const { commitMessage } = await apply('align', '--include-review');
    assert.match(commitMessage ?? '', /^Phase 34\.3: scripts, launcher and Docker use pixsim7\.backend\.main\n/u);
    assert.equal((await apply('align', '--include-review')).applied, 0);
  });

  it('leaves what no tool can rewrite to a person', async () => {
    const { out } = await runIn(folder, ['references', '--standing', 'live', '--format', 'json']);
    const { references } = JSON.parse(out) as { references: { path: string; replacement: string | null }[] };
    assert.deepEqual(
      references.filter(({ replacement }) => replacement !== null),
      [],
    );
    for (const { path: file } of references) {
      // By hand: whatever stands for the old name.
      const absolute = path.join(folder.path, file);
      writeFileSync(absolute, readFileSync(absolute, 'latin1').replaceAll('pixsim7_backend', 'an_old_name'), 'latin1');
    }
    await apply('canonicalize', '--include-review');
    assert.deepEqual(boxes(), ['[X]', '[X]', '[X]', '[ ]']);
  });

  it('puts a shim in the place of the legacy tree', async () => {
    const { applied, blockers, left, state } = await apply('deduplicate');
    assert.deepEqual([blockers, state], [[], 'done']);
    assert.ok(applied > 50);
    assert.match(left.join(), /^The shim in pixsim7_backend stays until \d{4}-\d\d-\d\d\.$/u);
    assert.deepEqual(boxes(), ['[X]', '[X]', '[X]', '[X]']);
    const kept = readdirSync(path.join(folder.path, 'pixsim7_backend'), { recursive: true, withFileTypes: true });
    for (const entry of kept.filter((one) => one.isFile())) assert.match(entry.name, /\.py$/u);
    const again = await runIn(folder, ['apply', '--phase', 'deduplicate']);
    assert.deepEqual([again.code, again.out.split('\n')[0]], [0, 'deduplicate: nothing to do, it is done']);
    assert.equal((await runIn(folder, ['status'])).code, 0);
  });

  it('runs as before, under both names', () => {
    const python = (...args: string[]): string =>
      execFileSync('python3', ['-B', '-W', 'ignore', ...args], { cwd: folder.path, encoding: 'utf8', stdio: 'pipe' });
    python('-m', 'compileall', '-q', '.');
    python('-m', 'unittest', '-q', 'pixsim7_backend.test_shim');
    const same = 'import pixsim7_backend.main as a, pixsim7.backend.main.main as b; print(a is b)';
    assert.equal(python('-c', same), 'True\n');
  });

  it('is taken back to the start, bit for bit', async () => {
    assert.ok(first);
    execFileSync('find', ['.', '-name', '__pycache__', '-prune', '-exec', 'rm', '-r', '{}', '+'], { cwd: folder.path });
    const { code } = await runIn(folder, ['restore', first]);
    assert.equal(code, 0);
    assert.deepEqual(wholeTree(folder.path), start);
  });
});
