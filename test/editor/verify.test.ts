import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { VerifyReport } from '../../src/engine/index.ts';
import { toolNames } from '../../src/editor/ids.ts';
import { sampleFacts } from '../fixtures/sample.ts';
import {
  activated,
  ask,
  becomes,
  closeEditors,
  execute,
  freshPath,
  problems,
  remove,
  uriOf,
  write,
} from './support.ts';

const canonical = sampleFacts.canonical.package;

describe('verification', () => {
  before(activated);
  afterEach(closeEditors);

  it('shows an import of the canonical package that would fail, and forgets it when it is mended', async () => {
    const path = freshPath('tests/probe_imports.py');
    await write(path, `from ${canonical}.nowhere import x\nfrom ${canonical}.main import app\n`);
    await becomes(() => problems(path), ['1:6 unresolved-import Error']);
    await write(path, `from ${canonical}.main import app\n`);
    await becomes(() => problems(path), []);
    await remove(path);
  });

  it('makes the checks that start nothing, and opens their report', async () => {
    const report = await execute<VerifyReport>('verify');
    assert.deepEqual(Object.keys(report), ['imports', 'syntax', 'paths', 'docker']);
    assert.equal(report.paths?.findings.length, sampleFacts.depthSensitive.length);
    assert.match(
      vscode.window.activeTextEditor?.document.getText() ?? '',
      /^# Verification of .+\n\n## Imports resolve\n/u,
    );
  });
});

describe('a report that is shown', () => {
  before(activated);
  afterEach(closeEditors);

  it('leads to each place that it names', async () => {
    await execute('verify', ['paths']);
    const shown = vscode.window.activeTextEditor?.document;
    assert.ok(shown);
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', shown.uri);
    // The report holds what other checks found before as well.
    const paths = /^## Paths [^]*?(?=^## |$(?![^]))/mu.exec(shown.getText());
    const [from, to] = [paths?.index ?? 0, (paths?.index ?? 0) + (paths?.[0].length ?? 0)];
    const found = links
      .filter(({ range }) => shown.offsetAt(range.start) >= from && shown.offsetAt(range.end) <= to)
      .map(({ range, target }): [string, string | undefined] => [shown.getText(range), target?.toString()]);
    const expected = [
      ['api/v1/services.py', 9] as const,
      ['infrastructure/database/alembic.ini', 3],
      ['infrastructure/database/backup.sh', 4],
      ['infrastructure/database/migrations/env.py', 5],
      ['main.py', 11],
      ['services/storage.py', 4],
    ].map(([path, line]) => {
      const place = `pixsim7/backend/main/${path}`;
      return [
        `${place}:${line}`,
        uriOf(place)
          .with({ fragment: `L${line}` })
          .toString(),
      ];
    });
    assert.deepEqual(found, expected);
  });
});

describe('tools for language models', () => {
  before(activated);

  it('are all there', () => {
    const ours = vscode.lm.tools.map(({ name }) => name).filter((name) => name.startsWith('tree-unifier_'));
    assert.deepEqual(ours.sort(), [...toolNames].sort());
  });

  it('answer with the JSON of the command line', async () => {
    const { pairs } = await ask('tree-unifier_inventory', {});
    assert.deepEqual((pairs as { counts: unknown }[])[0]?.counts, sampleFacts.counts);
    const { occurrences, references, left } = await ask('tree-unifier_references', { path: 'Makefile', limit: 2 });
    assert.deepEqual([occurrences, (references as unknown[]).length, left], [5, 2, 3]);
    const { conflicts } = await ask('tree-unifier_plan', { phase: 'canonicalize' });
    assert.equal((conflicts as unknown[]).length, 4);
    const { phases } = await ask('tree-unifier_status', {});
    assert.equal((phases as unknown[]).length, 4);
    const { checks } = await ask('tree-unifier_verify', {});
    assert.deepEqual(Object.keys(checks as object), ['imports', 'paths']);
  });

  it('say what they need', async () => {
    assert.deepEqual(await ask('tree-unifier_plan', { phase: 'later' }), {
      error: 'Say which phase: inventory, canonicalize, align, deduplicate.',
    });
    const { error } = await ask('tree-unifier_status', { folder: 'nowhere' });
    assert.match(String(error), /^There is no such folder\. Those with a tree pair: /u);
  });
});
