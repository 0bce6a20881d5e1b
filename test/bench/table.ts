/** One operation at one size. */
export interface Measured {
  readonly files: number;
  readonly seconds: number;
  readonly peakBytes: number;
  /** What the peers took on the same files in the same run; absent for what no peer does. */
  readonly peerSeconds?: number;
}

/** One operation, by size. */
export interface Row {
  /** In Markdown. */
  readonly name: string;
  readonly measured: readonly Measured[];
}

/** All that the bench found. */
export interface Bench {
  readonly rows: readonly Row[];
  /** In words: what the ratios are to. */
  readonly peers: string;
  readonly seed: number;
  readonly runs: number;
  /** In ms, as VS Code tells it; absent where none was started. */
  readonly activationMs?: { readonly withoutTrees: number; readonly withTrees: number };
  /** In bytes. */
  readonly sizes: {
    /** What every window loads. */
    readonly start: number;
    readonly features: number;
    readonly engine: number;
    readonly commandLine: number;
    readonly package: number;
  };
}

const BEGIN = '<!-- bench: made by npm run bench -- --write -->';
const END = '<!-- /bench -->';

/**
 * By how much the time grows when the files become ten times as many; 10 is linear. From the two largest sizes, since in
 * small ones the start of the program counts for most.
 */
export function growthPerTenfold(measured: readonly Measured[]): number | undefined {
  const [before, last] = [...measured].sort((a, b) => a.files - b.files).slice(-2);
  if (before === undefined || last === undefined) return undefined;
  return (last.seconds / before.seconds) ** (1 / Math.log10(last.files / before.files));
}

/** What is printed, and stands in the README. */
export function benchMarkdown({ rows, peers, seed, runs, activationMs, sizes }: Bench): string {
  const counts = rows[0]?.measured.map(({ files }) => `${files.toLocaleString('en')} files`) ?? [];
  const table = [
    ['operation', ...counts, 'ten times the files', 'most memory'],
    ['---', ...counts.map(() => '--:'), '--:', '--:'],
    ...rows.map((row) => [row.name, ...row.measured.map(timeOf), growthOf(row), memoryOf(row)]),
  ];
  const activation =
    activationMs === undefined
      ? '—'
      : `${Math.round(activationMs.withoutTrees)} ms in a folder without trees, ${Math.round(activationMs.withTrees)} ms in one that has them`;
  return [
    `Times of ${peers}, best of ${runs} runs on made repositories (seed ${seed}):`,
    '',
    ...table.map((cells) => `| ${cells.join(' | ')} |`),
    '',
    `Activation in VS Code: ${activation}. Sizes: ${kilobytes(sizes.start)} to start; with trees, ${kilobytes(sizes.features)} for the features and ` +
      `${kilobytes(sizes.engine)} for the engine; ${kilobytes(sizes.commandLine)} for the command line; the package has ${kilobytes(sizes.package)}.`,
    '',
  ].join('\n');
}

function timeOf({ seconds, peerSeconds }: Measured): string {
  return peerSeconds === undefined ? `${(seconds * 1000).toFixed(1)} ms` : (seconds / peerSeconds).toFixed(1);
}

function growthOf({ measured }: Row): string {
  const growth = growthPerTenfold(measured);
  return growth === undefined ? '—' : growth.toFixed(1);
}

function memoryOf({ measured }: Row): string {
  return `${Math.round(Math.max(...measured.map(({ peakBytes }) => peakBytes)) / 1e6)} MB`;
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000)} kB`;
}

/**
 * What stands between the markers of a text, or the text with something else there.
 * @throws Error for a text without the markers.
 */
export function betweenMarkers(text: string): string {
  const [from, to] = placeOf(text);
  return text.slice(from, to);
}

export function withBetweenMarkers(text: string, made: string): string {
  const [from, to] = placeOf(text);
  return `${text.slice(0, from)}${made}${text.slice(to)}`;
}

function placeOf(text: string): [number, number] {
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`There are no lines ${BEGIN} and ${END} around the place of the table.`);
  return [from + BEGIN.length + 1, to];
}

/** A text with a sign in place of every figure: two outputs of the bench have the same. */
export function shapeOf(text: string): string {
  return text.replace(/\d+(?:[.,]\d+)*/gu, '#');
}
