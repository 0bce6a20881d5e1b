import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { ROOT } from '../host/cache.ts';
import {
  benchMarkdown,
  betweenMarkers,
  growthPerTenfold,
  shapeOf,
  withBetweenMarkers,
  type Bench,
  type Measured,
} from './table.ts';
import { operations } from './operations.ts';

function measured(files: number, seconds: number, peerSeconds?: number): Measured {
  return { files, seconds, peakBytes: files * 1000, ...(peerSeconds === undefined ? {} : { peerSeconds }) };
}

const bench: Bench = {
  rows: [
    { name: '`check`', measured: [measured(2000, 1, 0.25), measured(20_000, 6, 2)] },
    { name: 'a changed file', measured: [measured(2000, 0.0024), measured(20_000, 0.003)] },
  ],
  peers: 'ripgrep and git',
  seed: 7,
  runs: 3,
  activationMs: { withoutTrees: 9.4, withTrees: 31.7 },
  sizes: { start: 5_249, features: 205_749, engine: 489_222, commandLine: 600_967, package: 448_000 },
};

describe('the table of the bench', () => {
  it('has ratios where there is a peer, milliseconds where there is none, growth and memory', () => {
    assert.equal(
      benchMarkdown(bench),
      [
        'Times of ripgrep and git, best of 3 runs on made repositories (seed 7):',
        '',
        '| operation | 2,000 files | 20,000 files | ten times the files | most memory |',
        '| --- | --: | --: | --: | --: |',
        '| `check` | 4.0 | 3.0 | 6.0 | 20 MB |',
        '| a changed file | 2.4 ms | 3.0 ms | 1.3 | 20 MB |',
        '',
        'Activation in VS Code: 9 ms in a folder without trees, 32 ms in one that has them. Sizes: 5 kB to start; with trees, 206 kB for the features and 489 kB for the engine; 601 kB for the command line; the package has 448 kB.',
        '',
      ].join('\n'),
    );
  });

  it('says nothing of an activation that was not measured', () => {
    const { rows, peers, seed, runs, sizes } = bench;
    assert.match(benchMarkdown({ rows, peers, seed, runs, sizes }), /^Activation in VS Code: —\./mu);
  });

  it('tells growth by the two largest sizes, whatever the step between them', () => {
    assert.equal(growthPerTenfold([measured(100, 9), measured(1000, 2), measured(100_000, 200)]), 10);
    assert.equal(growthPerTenfold([measured(1000, 2)]), undefined);
  });

  it('replaces what stands between the markers, and nothing else', () => {
    const text = 'before\n<!-- bench: made by npm run bench -- --write -->\nold\n<!-- /bench -->\nafter\n';
    assert.equal(betweenMarkers(text), 'old\n');
    assert.equal(withBetweenMarkers(text, 'new\n'), text.replace('old', 'new'));
    assert.throws(() => betweenMarkers('nothing'), /There are no lines/u);
  });

  it('is in the README, as the bench prints it now', async () => {
    const made = betweenMarkers(await readFile(join(ROOT, 'README.md'), 'utf8'));
    const rows = operations.map(({ name, isAbsolute }) => ({
      name,
      measured: [2000, 20_000, 100_000].map((files) => measured(files, 1, isAbsolute ? undefined : 1)),
    }));
    const peers = /^Times of (?<peers>.*), best of/u.exec(made)?.groups?.['peers'] ?? '';
    assert.equal(shapeOf(made), shapeOf(benchMarkdown({ ...bench, rows, peers })));
  });
});
