import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { applyEdits, parseConfig, parsePairFlag, EngineError } from '../../src/engine/index.ts';
import { defaultPair } from '../../src/engine/config.ts';
import { comparisonLines, setAside } from '../../src/engine/compare/lines.ts';
import { updateTaskFile } from '../../src/engine/document/taskFile.ts';
import { phaseName } from '../../src/engine/document/phases.ts';
import { definitionLines } from '../../src/engine/python/definitions.ts';
import { judgeAll } from '../../src/engine/references/finder.ts';
import { Names } from '../../src/engine/tree/names.ts';
import { findDepthSensitive } from '../../src/engine/verify/depth.ts';
import { findSyntaxError } from '../../src/engine/verify/syntax.ts';
import { anyValue, random, soup } from './soup.ts';

/** Inputs of each parser. */
const inputs = 20_000;

/** Far more than it takes: a parser that hangs must not hang the tests. */
const limitMs = 120_000;

const names = new Names(defaultPair);

const files: readonly [language: string, path: string][] = [
  ['python', 'a/b.py'],
  ['markdown', 'README.md'],
  ['yaml', 'docker-compose.yml'],
  ['yaml', '.github/workflows/ci.yml'],
  ['toml', 'pyproject.toml'],
  ['json', 'package.json'],
  ['json', '.vscode/launch.json'],
  ['json', 'broken.ipynb'],
  ['shell', 'run.sh'],
  ['batch', 'run.bat'],
  ['powershell', 'run.ps1'],
  ['dockerfile', 'Dockerfile'],
  ['ini', 'setup.cfg'],
  ['shell', 'Makefile'],
  ['markdown', 'notes.txt'],
];

describe('random texts', () => {
  for (const [seed, [language, path]] of files.entries()) {
    it(`in ${path}: every mention is judged once, and every rewrite can be applied`, async () => {
      const next = random(seed + 1);
      for (let i = 0; i < inputs; i++) {
        const text = soup(language, next);
        const judgements = await judgeAll(path, text, names, { runStyle: 'module' });
        const starts = judgements.map(({ mention }) => mention.start);
        assert.equal(new Set(starts).size, starts.length, JSON.stringify(text));
        for (const { rewrites } of judgements) for (const { edits } of rewrites) applyEdits(text, edits);
      }
    }).timeout(limitMs);
  }

  it('in the cells of a notebook: every mention is judged once, and a rewritten one is a notebook still', async () => {
    const next = random(300);
    for (let i = 0; i < inputs; i++) {
      const cells = ['code', 'markdown', 'code'].map((type) => ({
        cell_type: type,
        source: soup(type === 'code' ? 'python' : 'markdown', next).split(/(?<=\n)/u),
      }));
      const text = JSON.stringify({ cells }, undefined, 1);
      const judgements = await judgeAll('a.ipynb', text, names, { runStyle: 'module' });
      const starts = new Set(judgements.map(({ mention }) => mention.start));
      assert.equal(starts.size, judgements.length, text);
      for (const { start } of names.findLegacy(text)) assert.ok(starts.has(start), text);
      JSON.parse(
        applyEdits(
          text,
          judgements.flatMap(({ rewrites }) => rewrites[0]?.edits ?? []),
        ),
      );
    }
  }).timeout(limitMs);

  it('as Python: definitions, syntax, steps and comparison lines', () => {
    const next = random(100);
    for (let i = 0; i < inputs; i++) {
      const text = soup('python', next);
      definitionLines(text);
      findSyntaxError('a.py', text);
      findDepthSensitive(defaultPair, 'a/b.py', text);
      const lines = comparisonLines(setAside(text, [names]), true);
      assert.equal(
        lines.reduce((sum, { count }) => sum + count, 0),
        setAside(text, [names]).split('\n').length,
      );
    }
  }).timeout(limitMs);

  it('as a task file: written twice is written once', () => {
    const next = random(200);
    const name = phaseName({ pairs: [defaultPair] }, 'align');
    for (let i = 0; i < inputs; i++) {
      const text = soup('markdown', next);
      const entry = {
        name,
        body: 'Done.',
        mode: 'replace',
        isComplete: true,
        date: '2026-01-01',
      } as const;
      const once = updateTaskFile(text, entry, [name]);
      assert.equal(updateTaskFile(once, entry, [name]), once, JSON.stringify([text, entry.body]));
    }
  }).timeout(limitMs);
});

describe('random settings', () => {
  const settings = [
    'pairs',
    'categories',
    'historical',
    'keep',
    'exclude',
    'kinds',
    'severities',
    'taskFile',
    'runStyle',
    'mergeBase',
  ];

  it('are read, or refused in sentences', () => {
    const next = random(300);
    for (let i = 0; i < inputs; i++) {
      const given = Object.fromEntries(settings.filter(() => next() < 0.4).map((name) => [name, anyValue(next)]));
      for (const { message } of parseConfig(given).problems) assert.match(message, /\S.*\.$/su);
    }
  }).timeout(limitMs);

  it('as pairs on the command line too', () => {
    const next = random(400);
    for (let i = 0; i < inputs; i++) {
      const text = soup('shell', next);
      try {
        parsePairFlag(text);
      } catch (error) {
        assert.ok(error instanceof EngineError, String(error));
      }
    }
  }).timeout(limitMs);
});
