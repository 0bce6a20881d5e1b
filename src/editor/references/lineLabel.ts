const BEFORE = 40;
const LONGEST = 200;

export interface LineLabel {
  readonly label: string;
  readonly highlights: [number, number][];
}

/**
 * One line of a file as a label: without its indentation, cut where it is long, the reference marked.
 * `lineLabel('    import old.a', 11, 5)` → label `import old.a`, highlight `[7, 12]`.
 * @param start of the reference in the line, from 0 in UTF-16 units.
 */
export function lineLabel(line: string, start: number, length: number): LineLabel {
  const indentation = /^\s*/u.exec(line)?.[0].length ?? 0;
  const isFar = start - indentation > BEFORE && line.length - indentation > LONGEST;
  const from = isFar ? start - BEFORE : Math.min(indentation, start);
  const lead = isFar ? '…' : '';
  const cut = line.slice(from, from + LONGEST);
  const label = lead + (from + LONGEST < line.length ? `${cut}…` : cut.trimEnd());
  const at = lead.length + start - from;
  return { label, highlights: [[at, Math.min(at + length, label.length)]] };
}
