import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import process from 'node:process';
import { temporaryFolders } from '../node/temporaryFolder.ts';

const cli = path.join(import.meta.dirname, '../../src/cli.ts');

describe('the command line as a process', () => {
  const newFolder = temporaryFolders();

  it('ends quietly when its reader goes away', async () => {
    const references = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [`docs/${i}.md`, '`pixsim7_backend/main.py`\n'.repeat(20)]),
    );
    const folder = newFolder().write({
      ...references,
      'pixsim7_backend/main.py': '',
      'pixsim7/backend/main/main.py': '',
    });
    const child = spawn(process.execPath, [cli, 'references', '--format', 'json'], { cwd: folder.path });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.stdout.once('data', () => {
      child.stdout.destroy();
    });
    const [code] = (await once(child, 'close')) as [number];
    assert.deepEqual([code, errors], [1, '']);
  });
});
