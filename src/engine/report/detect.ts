import type { DetectedPair, Detection } from '../detect/model.ts';
import { number, plain, type Paint } from './format.ts';
import { code, table } from './markdown.ts';

/** The stable shape of `detect`, with the settings that would name the pairs. */
export function detectJson({ pairs }: Detection): string {
  return `${JSON.stringify({ pairs, settings: pairs.length === 0 ? {} : settingsOf(pairs) }, null, 2)}\n`;
}

/** What to put into the workspace's settings. */
function settingsOf(pairs: readonly DetectedPair[]): Record<string, unknown> {
  const tree = ({ root, package: name }: DetectedPair['legacy']): object => ({ root, package: name });
  return {
    'treeUnifier.pairs': pairs.map(({ legacy, canonical }) => ({ legacy: tree(legacy), canonical: tree(canonical) })),
  };
}

const nothing = 'No two folders of this repository look like copies of one Python package.';

export function detectText({ pairs }: Detection, paint: Paint = plain): string {
  if (pairs.length === 0) return `${nothing}\n`;
  const settings = JSON.stringify(settingsOf(pairs), null, 2);
  return `${pairs.map((pair) => pairText(pair, paint)).join('\n')}\nFor .vscode/settings.json:\n${settings}\n`;
}

function pairText(pair: DetectedPair, paint: Paint): string {
  const { legacy, canonical, reasons } = pair;
  const lines = [
    paint('heading', `${legacy.root} → ${canonical.root}`),
    `  legacy     ${legacy.package}, ${number(legacy.files)} files`,
    `  canonical  ${canonical.package}, ${number(canonical.files)} files`,
    `  shared     ${countsText(pair)}`,
    ...reasons.map((reason) => `  - ${reason}`),
  ];
  return `${lines.join('\n')}\n`;
}

function countsText({ shared, identical, equivalent, diverged, share }: DetectedPair): string {
  const same = `${number(identical)} identical, ${number(equivalent)} equivalent, ${number(diverged)} diverged`;
  return `${number(shared)} files (${Math.round(100 * share)} %): ${same}`;
}

export function detectMarkdown({ pairs }: Detection): string {
  if (pairs.length === 0) return `# Tree pairs\n\n${nothing}\n`;
  const head = ['Legacy', 'Canonical', 'Shared', 'Identical', 'Equivalent', 'Diverged', 'Share'];
  const rows = pairs.map(({ legacy, canonical, shared, identical, equivalent, diverged, share }) => [
    `${code(legacy.root)} as ${code(legacy.package)}`,
    `${code(canonical.root)} as ${code(canonical.package)}`,
    ...[shared, identical, equivalent, diverged].map(number),
    `${Math.round(100 * share)} %`,
  ]);
  const reasons = pairs.map(
    ({ legacy, canonical, reasons: why }) =>
      `## ${code(legacy.root)} → ${code(canonical.root)}\n\n${why.map((reason) => `- ${reason}\n`).join('')}`,
  );
  const settings = `## Settings\n\n\`\`\`json\n${JSON.stringify(settingsOf(pairs), null, 2)}\n\`\`\`\n`;
  return [`# Tree pairs\n\n${table(head, rows)}`, ...reasons, settings].join('\n');
}
