import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Git, GitResult, ScratchGit } from '../../../src/engine/index.ts';
import { EngineError, openSession } from '../../../src/engine/index.ts';
import { createGit } from '../../../src/node/git.ts';
import { configWith } from '../../helpers/engine.ts';
import { temporaryFolders } from '../../node/temporaryFolder.ts';
import type { Content, Files, Scene } from './mergeSetup.ts';
import { history, mergePair, pair } from './mergeSetup.ts';

/** Git as it is, but for the calls that `answer` answers in its repository of its own. */
function withAnswers(git: Git, answer: (args: readonly string[]) => GitResult | undefined): Git {
  const scratch = async (): Promise<ScratchGit> => {
    const real = await git.scratch();
    const run: ScratchGit['run'] = async (args, options) => answer(args) ?? (await real.run(args, options));
    return { run, dispose: () => real.dispose() };
  };
  return { run: (args, options) => git.run(args, options), scratch };
}

const failure = (code: number, stderr: string): GitResult => ({ code, stdout: new Uint8Array(), stderr });

/** A git before 2.38, and `--zdiff3` only where it is older than 2.35. */
function old(git: Git, knowsZdiff3 = true): Git {
  return withAnswers(git, (args) =>
    args.includes('merge-tree') || (!knowsZdiff3 && args.includes('--zdiff3'))
      ? failure(129, 'usage: git …')
      : undefined,
  );
}

const text = (changes: Readonly<Record<number, string>> = {}): string =>
  Array.from({ length: 9 }, (_, i) => `${changes[i] ?? `line_${i} = ${i}`}\n`).join('');
const program = (content: string): Content => ({ content, executable: true });
const binary = (byte: number): Uint8Array => Uint8Array.of(0, byte);
const untouched: Files = { 'untouched.py': text() };

/** Every outcome but a rename. */
const scene: Scene = {
  base: {
    ...untouched,
    'both.py': text(),
    'clash.py': text(),
    'legacyDeleted.py': text(),
    'canonicalDeleted.py': text(),
    'legacyGone.py': text({ 0: 'gone = 1' }),
    'canonicalGone.py': text({ 0: 'gone = 2' }),
    'mode.sh': text({ 0: 'mode' }),
    'bothModes.sh': text({ 0: 'modes' }),
    'one.bin': binary(1),
    'both.bin': binary(1),
    'end.py': 'a = 1\nb = 2\nc = 3\n',
  },
  canonical: {
    ...untouched,
    'both.py': text({ 0: 'import new.app.canonical' }),
    'clash.py': text({ 3: 'same = 1', 4: 'x = "canonical"', 8: 'canonical = 1' }),
    'legacyDeleted.py': text({ 4: 'x = "canonical"' }),
    'legacyGone.py': text({ 0: 'gone = 1' }),
    'mode.sh': text({ 0: 'mode', 7: 'canonical' }),
    'bothModes.sh': program(text({ 0: 'modes' })),
    'one.bin': binary(1),
    'both.bin': binary(2),
    'added.py': 'a = 1\nb = "canonical"\n',
    'addedSame.py': 'a = 1\n',
    'addedMode.sh': program('echo\n'),
    'canonicalNew.py': 'import new.app.x\n',
    'end.py': 'a = 1\nb = 2\nc = 3',
  },
  legacy: {
    ...untouched,
    'both.py': text({ 8: 'import new.app.legacy' }),
    'clash.py': text({ 3: 'same = 1', 4: 'x = "legacy"' }),
    'canonicalDeleted.py': text({ 4: 'x = "legacy"' }),
    'canonicalGone.py': text({ 0: 'gone = 2' }),
    'mode.sh': program(text({ 0: 'mode' })),
    'bothModes.sh': program(text({ 0: 'modes', 3: 'legacy' })),
    'one.bin': binary(3),
    'both.bin': binary(3),
    'added.py': 'a = 1\nb = "legacy"\n',
    'addedSame.py': 'a = 1\n',
    'addedMode.sh': 'echo\n',
    'legacyNew.py': 'import new.app.y\n',
    'end.py': 'a = 0\nb = 2\nc = 3\n',
  },
};

/** All but git's words. */
async function merged(folder: string, files: ReturnType<typeof history>, git: Git): Promise<unknown> {
  const session = await openSession({ files, git }, configWith({ pairs: [pair] }));
  const [result] = await session.merge();
  assert.ok(result !== undefined, folder);
  return result.map(({ path: file, result: what, version }) => ({
    file,
    what,
    executable: version?.executable,
    text: version && Buffer.from(version.bytes).toString('latin1'),
  }));
}

describe('the three-way merge with a git before 2.38', () => {
  const newFolder = temporaryFolders();

  it('gives the same where nothing was renamed', async () => {
    const folder = newFolder();
    const files = history(folder, scene);
    // Not committed: no history tells which mode was first.
    files.files.set('new/app/fresh.sh', program('echo\n')).set('old_app/fresh.sh', 'echo\n');
    const git = createGit(folder.path);
    const expected = await merged(folder.path, files, git);
    assert.equal((expected as unknown[]).length, 16);
    assert.deepEqual(await merged(folder.path, files, old(git)), expected);
  });

  it('gives the same for a file where the other side has a folder', async () => {
    for (const [canonical, legacy] of [
      [{ 'a.py': text({ 1: 'changed = 1' }) }, { 'a.py/inner.py': 'i = 1\n' }],
      [{ 'a.py/inner.py': 'i = 1\n' }, { 'a.py': text({ 1: 'changed = 1' }) }],
      [{ 'a.py': text() }, { 'a.py/inner.py': 'i = 1\n' }],
    ] as const) {
      const folder = newFolder();
      const files = history(folder, {
        base: { ...untouched, 'a.py': text() },
        canonical: { ...untouched, ...canonical },
        legacy: { ...untouched, ...legacy },
      });
      const git = createGit(folder.path);
      assert.deepEqual(await merged(folder.path, files, old(git)), await merged(folder.path, files, git));
    }
  });

  it('shows more of a conflict where it knows no zdiff3', async () => {
    const folder = newFolder();
    const base = { ...untouched, 'a.py': text() };
    const files = history(folder, {
      base,
      canonical: { ...base, 'a.py': text({ 3: 'same = 1', 4: 'x = "canonical"' }) },
      legacy: { ...base, 'a.py': text({ 3: 'same = 1', 4: 'x = "legacy"' }) },
    });
    const conflict = (before: string, ours: string, base_: string, theirs: string): string =>
      text({
        3: `${before}<<<<<<< canonical\n${ours}\n||||||| base\n${base_}\n=======\n${theirs}\n>>>>>>> legacy`,
      }).replace('line_4 = 4\nline_5', 'line_5');
    const [short] = (await mergePair(folder, files, { git: old(createGit(folder.path)) })) ?? [];
    assert.equal(
      Buffer.from(short?.version?.bytes ?? []).toString(),
      conflict('same = 1\n', 'x = "canonical"', 'line_3 = 3\nline_4 = 4', 'x = "legacy"').replace(
        'line_3 = 3\nline_5',
        'line_3 = 3\nline_4 = 4\nline_5',
      ),
    );
    const [long] = (await mergePair(folder, files, { git: old(createGit(folder.path), false) })) ?? [];
    assert.equal(
      Buffer.from(long?.version?.bytes ?? []).toString(),
      conflict('', 'same = 1\nx = "canonical"', 'line_3 = 3\nline_4 = 4', 'same = 1\nx = "legacy"').replace(
        'line_3 = 3\nline_5',
        'line_3 = 3\nline_4 = 4\nline_5',
      ),
    );
  });
});

describe('the three-way merge leaves nothing behind', () => {
  const newFolder = temporaryFolders();
  let temporary: string;
  let before: string | undefined;

  beforeEach(() => {
    temporary = mkdtempSync(path.join(os.tmpdir(), 'merge-leaves-'));
    before = process.env['TMPDIR'];
  });
  afterEach(() => {
    setVariable('TMPDIR', before);
    rmSync(temporary, { recursive: true });
  });

  /** Every file below a folder with what it holds. */
  function snapshot(folder: string): Record<string, string> {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => !one.isDirectory());
    return Object.fromEntries(
      files
        .map((one) => path.join(one.parentPath, one.name))
        .sort()
        .map((file) => [path.relative(folder, file), createHash('sha256').update(readFileSync(file)).digest('hex')]),
    );
  }

  it('in the user’s repository, nor in the temporary folder', async () => {
    const folder = newFolder();
    const files = history(folder, scene);
    const repository = path.join(folder.path, '.git');
    const was = snapshot(repository);
    process.env['TMPDIR'] = temporary;
    for (const git of [createGit(folder.path), old(createGit(folder.path))]) {
      assert.ok((await mergePair(folder, files, { git })) !== undefined);
      assert.deepEqual(snapshot(repository), was);
      assert.deepEqual(readdirSync(temporary), []);
    }
  });

  it('when git fails, at whatever step', async () => {
    const folder = newFolder();
    const files = history(folder, scene);
    process.env['TMPDIR'] = temporary;
    const messages = {
      'fast-import': 'Git cannot take the trees to merge: no.',
      'merge-tree': 'Git cannot merge the trees: no.',
      'diff-tree': 'Git cannot read what it merged: no.',
      'cat-file': 'Cannot read from the git history: no.',
    };
    for (const [step, message] of Object.entries(messages)) {
      const git = withAnswers(createGit(folder.path), (args) => (args.includes(step) ? failure(128, 'no') : undefined));
      await assert.rejects(mergePair(folder, files, { git }), new EngineError('git', message));
      assert.deepEqual(readdirSync(temporary), []);
    }
    const steps = {
      'ls-tree': 'Git cannot read what it is to merge: no.',
      'unpack-file': 'Git cannot read a file to merge: no.',
      'merge-file': 'Git cannot merge a file: no.',
    };
    for (const [step, message] of Object.entries(steps)) {
      const git = withAnswers(old(createGit(folder.path)), (args) =>
        args.includes(step) ? failure(128, 'no') : undefined,
      );
      await assert.rejects(mergePair(folder, files, { git }), new EngineError('git', message));
      assert.deepEqual(readdirSync(temporary), []);
    }
  });

  it('when it is cancelled, at whatever step', async () => {
    const folder = newFolder();
    const files = history(folder, scene);
    process.env['TMPDIR'] = temporary;
    for (const step of ['fast-import', 'merge-tree', 'diff-tree', 'cat-file']) {
      const token = { isCancellationRequested: false };
      const git = withAnswers(createGit(folder.path), (args) => {
        if (args.includes(step)) token.isCancellationRequested = true;
        return undefined;
      });
      const session = await openSession({ files, git }, configWith({ pairs: [pair] }));
      await assert.rejects(session.merge(token), { name: 'CancelledError' }, step);
      assert.deepEqual(readdirSync(temporary), []);
      token.isCancellationRequested = false;
      const again = withAnswers(createGit(folder.path), () => undefined);
      assert.ok((await mergePair(folder, files, { git: again })) !== undefined);
    }
  });
});

describe('the three-way merge goes by no setting but its own', () => {
  const newFolder = temporaryFolders();
  const saved = new Map<string, string | undefined>();

  function set(name: string, value: string): void {
    if (!saved.has(name)) saved.set(name, process.env[name]);
    process.env[name] = value;
  }

  afterEach(() => {
    for (const [name, value] of saved) setVariable(name, value);
    saved.clear();
  });

  /** With a rename, so that a setting that turns renames off would show. */
  const renamed: Scene = {
    base: { ...scene.base, 'old.py': text({ 0: 'import new.app.old' }) },
    canonical: { ...scene.canonical, 'old.py': text({ 0: 'import new.app.old', 8: 'canonical = 1' }) },
    legacy: { ...scene.legacy, 'new.py': text({ 0: 'import new.app.old' }), '.gitattributes': '*.py merge=ours\n' },
  };

  const config = `[merge]
  conflictStyle = merge
  renames = false
  directoryRenames = false
  renormalize = true
[diff]
  renames = false
  external = ./mark.sh
[core]
  autocrlf = true
  eol = crlf
  fsmonitor = ./mark.sh
  hooksPath = hooks
  attributesFile = attributes
[merge "ours"]
  driver = ./mark.sh
[merge "mark"]
  driver = ./mark.sh
[merge]
  default = mark
[filter "mark"]
  clean = ./mark.sh
  smudge = ./mark.sh
  required = true
[init]
  defaultBranch = canonical
  templateDir = template
`;
  const attributes = '* merge=mark filter=mark text eol=crlf\n*.py merge=union\n';

  it('of the repository or the user, in files or in the environment, and starts no program', async () => {
    const folder = newFolder();
    const files = history(folder, renamed);
    const git = createGit(folder.path);
    const expected = await merged(folder.path, files, git);
    assert.equal((expected as { file: string; what: string }[]).find(({ file }) => file === 'new.py')?.what, 'merged');

    const started = path.join(folder.path, 'started');
    const mark = path.join(folder.path, 'mark.sh');
    const home = path.join(folder.path, 'home');
    const hook = `#!/bin/sh\ntouch "${started}"\nexit 1\n`;
    folder.write({
      'mark.sh': hook,
      'hooks/post-checkout': hook,
      'hooks/reference-transaction': hook,
      'template/hooks/reference-transaction': hook,
      '.git/hooks/reference-transaction': hook,
      '.git/info/attributes': attributes,
      attributes,
      '.gitattributes': attributes,
      'home/.gitconfig': config
        .replaceAll('./mark.sh', mark)
        .replace('templateDir = template', `templateDir = ${path.join(folder.path, 'template')}`),
      'home/.config/git/attributes': attributes,
      'home/.config/git/config': config.replaceAll('./mark.sh', mark),
    });
    for (const program_ of [
      'mark.sh',
      'hooks/post-checkout',
      'hooks/reference-transaction',
      'template/hooks/reference-transaction',
      '.git/hooks/reference-transaction',
    ])
      chmodSync(path.join(folder.path, program_), 0o755);
    const own = path.join(folder.path, '.git/config');
    writeFileSync(own, readFileSync(own, 'utf8') + config.replaceAll('./mark.sh', mark));

    set('HOME', home);
    set('XDG_CONFIG_HOME', path.join(home, '.config'));
    set('GIT_CONFIG_GLOBAL', path.join(home, '.gitconfig'));
    set('GIT_CONFIG_SYSTEM', path.join(home, '.gitconfig'));
    set('GIT_CONFIG_COUNT', '1');
    set('GIT_CONFIG_KEY_0', 'merge.renames');
    set('GIT_CONFIG_VALUE_0', 'false');
    set('GIT_CONFIG_PARAMETERS', "'merge.conflictStyle'='merge'");
    set('GIT_EXTERNAL_DIFF', mark);
    set('GIT_DIR', path.join(folder.path, 'nowhere'));
    set('GIT_WORK_TREE', home);
    set('GIT_INDEX_FILE', path.join(folder.path, 'index'));
    set('GIT_OBJECT_DIRECTORY', path.join(folder.path, 'objects'));
    set('GIT_TEMPLATE_DIR', path.join(folder.path, 'template'));
    mkdirSync(path.join(folder.path, 'objects'));

    assert.deepEqual(await merged(folder.path, files, git), expected);
    assert.deepEqual(await merged(folder.path, files, git), expected);
    assert.equal(existsSync(started), false);
    assert.deepEqual(readdirSync(path.join(folder.path, 'objects')), []);
  });
});

function setVariable(name: string, value: string | undefined): void {
  if (value === undefined) Reflect.deleteProperty(process.env, name);
  else process.env[name] = value;
}
