import type { ComparedFile } from '../../compare/model.ts';
import type { TreePair } from '../../tree/pair.ts';
import type { Finding, Region } from '../finding.ts';
import type { FindingSource, GateWorld } from '../world.ts';

/** Files in which the two trees differ, however that came about. */
export const divergence: FindingSource = {
  find: async (world, token) => {
    const pairs = await world.pairs(token);
    return pairs.flatMap(({ pair, files }) => files.flatMap((file) => findingOf(pair, file, world)));
  },
  mayBeNew: ({ path, related = [] }, changes) => [path, ...related].some((one) => changes.isChanged(one)),
};

function findingOf(pair: TreePair, file: ComparedFile, world: GateWorld): Finding[] {
  const path = `${pair.legacy.root}/${file.path}`;
  const canonical = `${pair.canonical.root}/${file.path}`;
  const isAsked = world.isAsked(path) || world.isAsked(canonical);
  const judged = isAsked ? judge(file, canonical) : undefined;
  return judged === undefined
    ? []
    : [{ path, category: world.rules.category(path), text: '', related: [canonical], ...judged }];
}

type Judged = Pick<Finding, 'rule' | 'kind' | 'region' | 'size' | 'level' | 'message'>;

/** A file that only canonical has is what the move leads to: nothing of it can be lost. */
function judge(file: ComparedFile, canonical: string): Judged | undefined {
  switch (file.status) {
    case 'diverged':
      return diverged(file, canonical);
    case 'legacyOnly':
      return {
        rule: 'legacy-only-file',
        kind: 'legacyOnly',
        size: 1,
        level: 'warning',
        message: `Only the legacy tree has this file.${aheadText(file)}`,
      };
    case 'canonicalOnly':
    case 'identical':
    case 'equivalent':
      return undefined;
  }
}

function diverged(file: ComparedFile, canonical: string): Judged {
  const hunks = file.hunks ?? [];
  const lines = hunks.reduce((sum, { legacyLines, canonicalLines }) => sum + legacyLines + canonicalLines, 0);
  const what = hunks.length === 0 ? 'it is binary' : `${plural(lines, 'line')} in ${plural(hunks.length, 'place')}`;
  const [first] = hunks;
  return {
    rule: 'diverged-file',
    kind: 'diverged',
    ...(first === undefined ? {} : { region: linesRegion(first.legacyStart, first.legacyLines) }),
    size: Math.max(1, lines),
    level: 'warning',
    message: `This file differs from ${canonical}: ${what}.${aheadText(file)}`,
  };
}

/** Whole lines; where the legacy side has none of its own, the line that stands there. */
function linesRegion(start: number, lines: number): Region {
  const line = Math.max(1, start);
  return { line, column: 1, endLine: line + Math.max(1, lines) - 1 };
}

const aheadTexts = {
  legacy: ' Legacy changed it since the copy.',
  canonical: ' Canonical changed it since the copy.',
  both: ' Both sides changed it since the copy.',
  unknown: '',
} as const;

function aheadText({ ahead = 'unknown' }: ComparedFile): string {
  return aheadTexts[ahead];
}

function plural(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
