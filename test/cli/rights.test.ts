import assert from 'node:assert/strict';
import { runWithout } from '../helpers/nobody.ts';
import type { TemporaryFolder } from '../node/temporaryFolder.ts';
import { temporaryFolders } from '../node/temporaryFolder.ts';

interface Plan {
  readonly changes: readonly { readonly type: string; readonly path: string }[];
  readonly blockers: readonly { readonly path: string; readonly reason: string }[];
}

describe('what the command line has no right to read', () => {
  const newFolder = temporaryFolders();

  function repository(): TemporaryFolder {
    const folder = newFolder();
    folder.git('init', '--quiet');
    for (const root of ['pixsim7_backend', 'pixsim7/backend/main'])
      folder.write({
        [`${root}/__init__.py`]: '',
        [`${root}/api/v1/__init__.py`]: '',
        [`${root}/api/a.py`]: 'a = 1\n',
      });
    folder.write({ 'docker-compose.yml': 'services: {}\n', 'run.sh': 'true\n' }).commit('the copy');
    return folder;
  }

  it('does not count a file in a folder as deleted: it blocks', () => {
    const { code, out, errors } = runWithout(
      repository(),
      ['pixsim7_backend/api'],
      ['plan', '--phase', 'canonicalize', '--format', 'json', '--only', 'merge'],
    );
    const { changes, blockers } = JSON.parse(out) as Plan;
    const reason = (file: string): string => `Cannot read ${file}: permission is denied.`;
    assert.deepEqual([code, errors, changes], [1, '', []]);
    assert.deepEqual(
      blockers,
      ['pixsim7_backend/api/a.py', 'pixsim7_backend/api/v1/__init__.py'].map((file) => ({
        path: file,
        reason: reason(file),
      })),
    );
  });

  it('does not take a legacy tree for gone', () => {
    const { code, out } = runWithout(repository(), ['pixsim7_backend'], ['check', '--format', 'json']);
    const { findings } = JSON.parse(out) as { findings: { path: string }[] };
    assert.equal(code, 1);
    assert.deepEqual(
      findings.map((finding) => finding.path),
      ['__init__.py', 'api/a.py', 'api/v1/__init__.py'].map((file) => `pixsim7_backend/${file}`),
    );
    const { out: status } = runWithout(repository(), ['pixsim7_backend'], ['status']);
    assert.match(status, /blocked: pixsim7_backend\/api\/a\.py: It cannot be read/u);
  });

  it('verifies the rest, and names it', () => {
    const { code, out, errors } = runWithout(
      repository(),
      ['run.sh', 'docker-compose.yml'],
      ['verify', 'paths', 'docker'],
    );
    assert.deepEqual([code, errors], [1, '']);
    assert.match(out, /^ {2}run\.sh:1: note: Cannot read run\.sh: permission is denied\.$/mu);
    assert.match(out, /^ {2}docker-compose\.yml:1: /mu);
  });

  for (const [what, forbidden, ...more] of [
    ['a file', 'run.sh'],
    ['a folder', 'pixsim7_backend/api'],
    ['a file, without git', 'run.sh', '--no-git'],
  ] as const)
    it(`takes no checkpoint without ${what}, and applies nothing`, () => {
      const folder = repository().write({ 'use.py': 'import pixsim7_backend.api.a\n' });
      const { code, out, errors } = runWithout(folder, [forbidden], ['apply', '--phase', 'canonicalize', ...more]);
      const file = forbidden === 'run.sh' ? forbidden : `${forbidden}/a.py`;
      const message = `Cannot take a checkpoint: ${file} may not be read. Give yourself the right to, or have git ignore it.`;
      assert.deepEqual([code, out, errors], [2, '', `tree-unifier: ${message}\n`]);
    });
});
