import type { Inventory, PairInventory } from '../compare/model.ts';
import { isSure, type Reference } from '../references/model.ts';
import { count, countAhead, number, sentenceList } from './format.ts';
import type { Summary } from './inventoryMarkdown.ts';
import { code } from './markdown.ts';
import { labelOf } from '../tree/pair.ts';

/** What the figures say, as sentences; each holds for this repository and none is general. */
export function keyFindings({ inventory, references, canonicalUses }: Summary): string[] {
  const live = references.references.filter(({ standing }) => standing === 'live');
  return [
    ...inventory.pairs.flatMap(pairFindings),
    ...(canonicalUses === undefined ? [] : categoryFindings(live, canonicalUses, inventory)),
    ...referenceFindings(live, references.references.length),
  ];
}

function pairFindings(pair: PairInventory): string[] {
  const { legacy, canonical, counts } = pair;
  if (counts.diverged + counts.legacyOnly + counts.canonicalOnly === 0) {
    return [`**The trees are the same**: ${code(canonical.root)} lacks nothing of ${code(legacy.root)}.`];
  }
  return [divergence(pair), ...symbolFindings(pair), ...aloneFindings(pair), ...direction(pair)];
}

function divergence(pair: PairInventory): string {
  const { legacy, canonical, both } = countAhead(pair, 'diverged');
  const sides = [
    ...(legacy > 0 ? [`${number(legacy)} only in ${code(pair.legacy.root)}`] : []),
    ...(canonical > 0 ? [`${number(canonical)} only in ${code(pair.canonical.root)}`] : []),
    ...(both > 0 ? [`${number(both)} in both`] : []),
  ];
  const who = pair.base === null || sides.length === 0 ? '' : `; changed since the copy: ${sentenceList(sides)}`;
  return `**Code has diverged** in ${count(pair.counts.diverged, 'file')}${who}.`;
}

function aloneFindings({ legacy, canonical, counts }: PairInventory): string[] {
  if (counts.legacyOnly + counts.canonicalOnly === 0) return [];
  const sides = `${number(counts.legacyOnly)} in ${code(legacy.root)}, ${number(counts.canonicalOnly)} in ${code(canonical.root)}`;
  return [`**Files in one tree alone**: ${sides}.`];
}

/** Whether one tree could simply take the other's place. */
function direction(pair: PairInventory): string[] {
  if (pair.base === null) return [`**Which side changed is unknown**: ${pair.noBase ?? 'no merge base was found.'}`];
  const { legacy, canonical, both } = countAhead(pair, 'diverged', 'legacyOnly', 'canonicalOnly');
  if (legacy + both === 0 || canonical + both === 0) return [];
  const why = 'copying either over the other would lose work, so they need a three-way merge';
  return [`**Both trees are under development**: ${why}.`];
}

function symbolFindings({ files, legacy, canonical }: PairInventory): string[] {
  const only = (side: 'legacyOnly' | 'canonicalOnly'): number =>
    files.reduce((sum, { symbols }) => sum + (symbols?.[side].length ?? 0), 0);
  const [inLegacy, inCanonical] = [only('legacyOnly'), only('canonicalOnly')];
  if (inLegacy + inCanonical === 0) return [];
  return [
    `**Definitions on one side alone**: ${number(inLegacy)} in ${code(legacy.root)}, ${number(inCanonical)} in ${code(canonical.root)}.`,
  ];
}

/** Which categories use which name, in three groups. */
function categoryFindings(
  live: readonly Reference[],
  canonicalUses: NonNullable<Summary['canonicalUses']>,
  { pairs }: Inventory,
): string[] {
  const legacy = new Set(live.map(({ category }) => category));
  const canonical = new Set(Object.keys(canonicalUses).filter((name) => (canonicalUses[name] ?? []).length > 0));
  const name = (side: 'legacy' | 'canonical'): string => code(pairs[0] === undefined ? '' : labelOf(pairs[0], side));
  const groups: [string, string[]][] = [
    [`Only ${name('canonical')} is used by`, [...canonical].filter((one) => !legacy.has(one))],
    [`Only ${name('legacy')} is used by`, [...legacy].filter((one) => !canonical.has(one))],
    ['Both names are used by', [...legacy].filter((one) => canonical.has(one))],
  ];
  return groups.filter(([, names]) => names.length > 0).map(([what, names]) => `${what} **${sentenceList(names)}**.`);
}

function referenceFindings(live: readonly Reference[], all: number): string[] {
  if (live.length === 0) return ['**No live reference** to the legacy name is left.'];
  const files = new Set(live.map(({ path }) => path)).size;
  const missing = live.filter(({ target }) => target === 'missing').length;
  const sure = live.filter(isSure).length;
  return [
    `**${count(live.length, 'live reference')}** in ${count(files, 'file')} (of ${number(all)} mentions); ${number(sure)} can be rewritten without a look.`,
    ...(missing > 0
      ? [
          `**${count(missing, 'live reference')}** ${missing === 1 ? 'names' : 'name'} something that the canonical tree does not have: no rename mends them.`,
        ]
      : []),
  ];
}
