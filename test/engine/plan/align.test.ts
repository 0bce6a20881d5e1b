import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { openWorkspace } from '../../helpers/workspace.ts';
import { temporaryFolders } from '../../node/temporaryFolder.ts';

describe('aligning scripts', () => {
  const newFolder = temporaryFolders();

  async function checklist(canonicalRoot: string, name: string): Promise<readonly string[]> {
    const folder = newFolder().write({
      'old/__init__.py': '',
      'old/main.py': '',
      [`${canonicalRoot}/__init__.py`]: '',
      [`${canonicalRoot}/main.py`]: '',
      'run.sh': 'python -m old.main\n',
    });
    const pairs = [{ legacy: { root: 'old' }, canonical: { root: canonicalRoot, package: name } }];
    const { session } = await openWorkspace(folder.path, { pairs });
    return (await session.plan('align')).checklist;
  }

  it('tells of a package that is found from another folder now', async () => {
    assert.deepEqual(await checklist('src/acme/app', 'acme.app'), [
      '`old` was imported from the root, `acme.app` is from src: where it is not installed, name that folder (PYTHONPATH=src, uvicorn --app-dir src).',
    ]);
  });

  it('has nothing to tell where both are found from the same folder', async () => {
    assert.deepEqual(await checklist('acme/app', 'acme.app'), []);
  });
});
