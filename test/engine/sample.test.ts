import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { Inventory, Reference, Session } from '../../src/engine/index.ts';
import { applyEdits, groupBy, isSure, openSession, parseConfig } from '../../src/engine/index.ts';
import { createFileSystem } from '../../src/node/fileSystem.ts';
import { findGit } from '../../src/node/git.ts';
import { makeSample, sampleFacts } from '../fixtures/sample.ts';
import { makeSecondPair, secondPairFacts } from '../fixtures/secondPair.ts';

async function openAt(root: string, settings: Record<string, unknown> = {}): Promise<Session> {
  const git = await findGit(root);
  assert.ok(git !== undefined);
  return await openSession({ files: createFileSystem(root, { git }), git }, parseConfig(settings).config);
}

describe('the sample repository', () => {
  let root: string;
  let session: Session;
  let inventory: Inventory;
  let references: readonly Reference[];

  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'sample-'));
    await makeSample(root);
    session = await openAt(root);
    inventory = await session.inventory();
    ({ references } = await session.references());
  });
  after(async () => {
    await rm(root, { recursive: true });
  });

  const at = (place: { path: string; line: number }): Reference[] =>
    references.filter(({ path, line }) => path === place.path && line === place.line);

  it('counts files, finds the base, and gives every file its status and who is ahead', () => {
    const [pair] = inventory.pairs;
    assert.deepEqual(pair?.legacy, sampleFacts.legacy);
    assert.deepEqual(pair.canonical, sampleFacts.canonical);
    assert.deepEqual(pair.counts, sampleFacts.counts);
    const subject = execFileSync('git', ['show', '-s', '--format=%s', pair.base?.commit ?? ''], {
      cwd: root,
      encoding: 'utf8',
    });
    assert.deepEqual([subject.trim(), pair.base?.legacyRoot], [sampleFacts.base.subject, sampleFacts.base.legacyRoot]);
    assert.deepEqual(
      pair.files.filter(({ status }) => status === 'equivalent').map(({ path }) => path),
      sampleFacts.equivalent,
    );
    assert.deepEqual(
      pair.files.filter(({ ahead }) => ahead !== undefined).map(({ path, status, ahead }) => ({ path, status, ahead })),
      sampleFacts.drifted.map(({ path, status, ahead }) => ({ path, status, ahead })),
    );
  });

  it('names the definitions that one side alone has, and who imports them', () => {
    const files = inventory.pairs[0]?.files ?? [];
    for (const { path, name } of sampleFacts.symbols.legacyOnly) {
      assert.ok(
        files.find((file) => file.path === path)?.symbols?.legacyOnly.some((symbol) => symbol.name === name),
        name,
      );
    }
    for (const { path, name, importedBy } of sampleFacts.symbols.canonicalOnly) {
      const found = files
        .find((file) => file.path === path)
        ?.symbols?.canonicalOnly.find((symbol) => symbol.name === name);
      assert.deepEqual(found?.importedBy, importedBy);
    }
  });

  it('finds as many occurrences as people counted, file by file', () => {
    assert.equal(references.length, sampleFacts.occurrences);
    const byFile: Record<string, number> = {};
    for (const { path } of references) byFile[path] = (byFile[path] ?? 0) + 1;
    assert.deepEqual(byFile, sampleFacts.occurrencesByFile);
  });

  it('keeps, remembers and leaves alone what people marked so', () => {
    for (const place of sampleFacts.kept)
      assert.deepEqual(
        at(place).map(({ standing }) => standing),
        ['kept'],
        JSON.stringify(place),
      );
    for (const place of sampleFacts.ownNames) {
      assert.ok(
        at(place).some(({ standing }) => standing === 'ownName'),
        JSON.stringify(place),
      );
    }
    for (const place of sampleFacts.shadowed) {
      assert.ok(
        at(place).every(({ standing, rewrite }) => standing === 'ownName' && rewrite === undefined),
        JSON.stringify(place),
      );
    }
    for (const file of sampleFacts.historical) {
      assert.ok(
        references.filter(({ path }) => path === file).every(({ standing }) => standing === 'historical'),
        file,
      );
    }
  });

  it('says which targets are missing', () => {
    for (const { text, ...place } of sampleFacts.missing) {
      const found = at(place).find((one) => one.text === text || one.text.startsWith(text));
      assert.deepEqual([found?.target, found?.needsReview], ['missing', true], JSON.stringify(place));
    }
  });

  it('finds every path that counts steps and lost its way, and nothing else', async () => {
    const findings = await session.depthSensitive();
    const { root: canonical } = sampleFacts.canonical;
    assert.deepEqual(
      findings.map(({ path, legacyFolder, canonicalFolder }) => ({ path, legacyFolder, canonicalFolder })),
      sampleFacts.depthSensitive.map(({ path, legacyFolder, canonicalFolder }) => ({
        path: `${canonical}/${path}`,
        legacyFolder,
        canonicalFolder,
      })),
    );
  });

  it('reports a file that is not UTF-8 and rewrites nothing in it', () => {
    const found = references.filter(({ path }) => path === sampleFacts.notUtf8);
    assert.deepEqual(
      found.map(({ rewrite, needsReview }) => [rewrite, needsReview]),
      [[undefined, true]],
    );
  });
});

describe('after every sure rewrite', () => {
  it('exactly the review, kept, historical and own-name references are left', async () => {
    const root = await mkdtemp(join(tmpdir(), 'rewritten-'));
    await makeSample(root);
    const before = (await (await openAt(root)).references()).references;
    for (const [path, references] of groupBy(before.filter(isSure), (reference) => reference.path)) {
      const file = join(root, path);
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await readFile(file));
      await writeFile(
        file,
        applyEdits(
          text,
          references.flatMap(({ rewrite }) => rewrite?.edits ?? []),
        ),
      );
    }
    const after = (await (await openAt(root)).references()).references;
    const left = (references: readonly Reference[]): string[] =>
      references.map(({ path, line, text, standing, reason }) => `${path}:${line} ${text} ${standing} ${reason ?? ''}`);
    assert.deepEqual(left(after), left(before.filter((reference) => !isSure(reference))));
    await rm(root, { recursive: true });
  });
});

describe('another pair by settings alone', () => {
  it('is measured by the same engine', async () => {
    const root = await mkdtemp(join(tmpdir(), 'second-'));
    await makeSecondPair(root);
    const session = await openAt(root, {
      pairs: [
        {
          legacy: { root: 'src/acme_api', package: 'acme_api' },
          canonical: { root: 'services/api/src/acme/api', package: 'acme.api' },
        },
      ],
    });
    const [pair] = (await session.inventory()).pairs;
    assert.deepEqual(pair?.counts, secondPairFacts.counts);
    assert.equal((await session.references()).occurrences, secondPairFacts.occurrences);
    await rm(root, { recursive: true });
  });
});
