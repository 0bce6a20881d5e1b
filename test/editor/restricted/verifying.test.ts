import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { VerifyReport } from '../../../src/engine/index.ts';
import { wholeTree } from '../../node/wholeTree.ts';
import { activated, becomes, execute, placeIn, uriOf, write } from '../support.ts';

const align = '34.3 Align Dev Scripts, Launcher & Docker';

/** Programs that a verification could start, each of which notes that it was. */
class Tripwires {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'tree-unifier-'));
  readonly #path = process.env['PATH'] ?? '';
  readonly #notes = path.join(this.#folder, 'notes.txt');

  set(): void {
    const folder = path.join(this.#folder, 'bin');
    mkdirSync(folder);
    for (const name of ['python3', 'python', 'git', 'docker', 'uvicorn', 'sh']) {
      const file = path.join(folder, name);
      writeFileSync(file, `#!/bin/sh\necho ${name} >> ${this.#notes}\n`);
      chmodSync(file, 0o755);
    }
    process.env['PATH'] = `${folder}${path.delimiter}${this.#path}`;
  }

  notes(): string {
    return existsSync(this.#notes) ? readFileSync(this.#notes, 'utf8') : '';
  }

  remove(): void {
    process.env['PATH'] = this.#path;
    rmSync(this.#folder, { recursive: true });
  }
}

describe('in restricted mode nothing is started', () => {
  const wires = new Tripwires();
  before(async () => {
    await activated();
    const entryPoints = [{ name: 'Evil', module: 'evil', args: ['; touch pwned'] }];
    const settings = { 'treeUnifier.entryPoints': entryPoints, 'treeUnifier.exclude': ['nothing'] };
    await write('.vscode/settings.json', JSON.stringify(settings));
    await becomes(() => setting('exclude'), ['nothing']);
    await write('evil.py', 'open("pwned", "w").close()\n');
    await write('scripts/$(touch pwned).sh', 'python -m evil; touch pwned\npython pixsim7/backend/main/gone.py\n');
    await (await activated()).ready();
    wires.set();
  });
  after(() => {
    wires.remove();
  });

  /** Runs a command; answers what it answers, after seeing that it had no effect. */
  async function harmless(command: string, argument?: unknown): Promise<unknown> {
    const before = wholeTree(uriOf('').fsPath, []);
    const answer = await execute<unknown>(command, argument);
    assert.deepEqual(wholeTree(uriOf('').fsPath, []), before);
    assert.equal(wires.notes(), '');
    return answer;
  }

  it('whatever is called would be noticed', () => {
    const own = new Tripwires();
    own.set();
    execFileSync('docker');
    assert.equal(own.notes(), 'docker\n');
    own.remove();
  });

  it('by verify, which reads', async () => {
    const report = (await harmless('verify')) as VerifyReport;
    assert.deepEqual(Object.keys(report), ['imports', 'syntax', 'paths', 'docker']);
  });

  for (const phase of ['canonicalize', 'align', 'deduplicate']) {
    it(`by verifyPhase ${phase}, which reads`, async () => {
      const report = (await harmless('verifyPhase', { phase })) as VerifyReport;
      assert.equal(report.backend, undefined);
    });
  }

  it('by verifyCheck, which reads', async () => {
    const place = await placeIn(await activated(), 'phases', align, 'Paths');
    const report = (await harmless('verifyCheck', place)) as VerifyReport;
    const found = report.paths?.findings.map((finding) => finding.path) ?? [];
    assert.ok(found.includes('scripts/$(touch pwned).sh'), found.join('\n'));
  });

  it('by showVerification', async () => {
    assert.equal(await harmless('showVerification'), undefined);
  });

  it('by verifyBackends, whoever calls it, and however', async () => {
    const place = await placeIn(await activated(), 'phases', align, 'Backends');
    assert.equal(place.row.description, 'needs a trusted workspace');
    for (const argument of [undefined, place, { isConfirmed: true }, { isConfirmed: true, folder: uriOf('') }])
      assert.equal(await harmless('verifyBackends', argument), undefined);
    assert.equal(await harmless('verifyCheck', place), undefined);
    assert.deepEqual(await harmless('verify', ['backend']), {});
  });

  it('and a workspace has no say in what would be', () => {
    assert.deepEqual(setting('entryPoints'), []);
  });
});

function setting(name: string): unknown {
  return vscode.workspace.getConfiguration('treeUnifier', uriOf('')).get(name);
}
