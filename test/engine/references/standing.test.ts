import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Config } from '../../../src/engine/index.ts';
import { open, referencesOf } from '../../helpers/engine.ts';

async function standings(path: string, text: string, config: Partial<Config> = {}): Promise<string> {
  return (await referencesOf(path, text, config)).map(({ standing }) => standing).join(' ');
}

describe('standing', () => {
  for (const [language, path, line] of [
    ['Python', 'a.py', 'x = "pixsim7_backend.main"  # tree-unifier: keep'],
    ['TypeScript', 'a.ts', 'const x = "pixsim7_backend/main.py"; // tree-unifier: keep'],
    ['batch', 'a.bat', 'REM tree-unifier: keep\ntaskkill pixsim7_backend\\main.py'],
    ['SQL', 'a.sql', '-- tree-unifier: keep\nselect "pixsim7_backend/main.py"'],
    ['Markdown', 'a.md', '<!-- tree-unifier: keep -->\n`pixsim7_backend/main.py`'],
    ['C', 'a.c', '/* tree-unifier: keep */ "pixsim7_backend/main.py"'],
  ] as const) {
    it(`a comment keeps a mention, in ${language}`, async () => {
      assert.equal(await standings(path, `${line}\n`), 'kept');
    });
  }

  it('a comment at the end of a line keeps that line alone', async () => {
    const text = 'a = "pixsim7_backend.main"  # tree-unifier: keep\nb = "pixsim7_backend.main"\n';
    assert.equal(await standings('a.py', text), 'kept live');
  });

  it('the words outside of a comment keep nothing', async () => {
    assert.equal(await standings('a.py', 'x = "tree-unifier: keep pixsim7_backend.main"\n'), 'live');
  });

  it('a comment keeps the line below it with CRLF too', async () => {
    assert.equal(
      await standings('a.py', '# tree-unifier: keep\r\nimport pixsim7_backend.main\r\nimport pixsim7_backend.api\r\n'),
      'kept live',
    );
  });

  it('the keep list takes globs, and a glob with a text', async () => {
    const keep = ['tests/shim/**', 'launcher/**:in cmd'];
    assert.equal(await standings('tests/shim/test_a.py', 'import pixsim7_backend.main\n', { keep }), 'kept');
    assert.equal(
      await standings('launcher/a.py', '"pixsim7_backend.main" in cmd\n"pixsim7_backend.main"\n', { keep }),
      'kept live',
    );
  });

  it("the product's own settings name the legacy tree, other settings refer to it", async () => {
    const text =
      '{\n  // pairs\n  "treeUnifier.pairs": [{ "legacy": { "root": "pixsim7_backend" } }],\n  "x": "pixsim7_backend/main.py"\n}\n';
    assert.equal(await standings('.vscode/settings.json', text), 'kept live');
  });

  it('another folder of the same name is a name of its own', async () => {
    const { session } = await open({
      'tests/pixsim7_backend/data.txt': '',
      'tests/test_a.py': 'x = "../tests/pixsim7_backend"\n',
    });
    assert.deepEqual(
      (await session.referencesIn('tests/test_a.py')).map(({ standing, reason }) => [standing, reason]),
      [['ownName', 'Another folder of this name, `tests/pixsim7_backend`.']],
    );
  });

  it('changelogs, archives and backups record the past', async () => {
    for (const path of ['CHANGELOG.md', 'docs/archive/2024/plan.md', 'scripts/run.sh.bak']) {
      assert.equal(await standings(path, 'pixsim7_backend/main.py\n'), 'historical', path);
    }
  });

  it('the task document and the changelog of the settings tell of the move itself', async () => {
    const config = { taskFile: 'tasks/move.md', changelogFile: 'docs/NEWS.md' };
    assert.equal(await standings('tasks/move.md', '`pixsim7_backend/main.py`\n', config), 'historical');
    assert.equal(await standings('docs/NEWS.md', '`pixsim7_backend/main.py`\n', config), 'historical');
  });

  it('nothing is reported inside the legacy tree, everything inside the canonical one', async () => {
    assert.equal(await standings('pixsim7_backend/a.py', 'import pixsim7_backend.main\n'), '');
    assert.equal(await standings('pixsim7/backend/main/a.py', 'import pixsim7_backend.main\n'), 'live');
  });
});

describe('reason', () => {
  it('a sure reference needs none', async () => {
    const references = await referencesOf(
      'a.py',
      'import pixsim7_backend.main\nopen("pixsim7_backend/main.py")\n"pixsim7_backend.main:app"\n',
    );
    assert.deepEqual(
      references.map(({ reason }) => reason),
      [undefined, undefined, undefined],
    );
  });
});

describe('category and phase', () => {
  for (const [path, category, phase] of [
    ['docker-compose.yml', 'Docker', 'align'],
    ['launcher/gui/services.py', 'Launcher', 'align'],
    ['scripts/manage.sh', 'Scripts', 'align'],
    ['tests/test_a.py', 'Tests', 'canonicalize'],
    ['docs/GUIDE.md', 'Documentation', 'canonicalize'],
    ['pixsim7/backend/main/a.py', 'Backend Code', 'canonicalize'],
    ['pyproject.toml', 'Configuration', 'align'],
    ['web/src/a.ts', 'Frontend', 'canonicalize'],
    ['odd.xyz', 'Other', 'canonicalize'],
  ] as const) {
    it(`${path} is ${category}`, async () => {
      const [reference] = await referencesOf(path, '# pixsim7_backend/main.py\n');
      assert.deepEqual([reference?.category, reference?.phase], [category, phase]);
    });
  }

  it('an import is for canonicalize wherever it stands', async () => {
    const [reference] = await referencesOf('scripts/a.py', 'import pixsim7_backend.main\n');
    assert.equal(reference?.phase, 'canonicalize');
  });
});
