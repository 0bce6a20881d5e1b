/**
 * The text with nothing left of it but the pieces that hold one of the offsets: blanks stand in the place of the others,
 * so that all offsets stay, and a parser has little to do.
 * @param starts where pieces begin, in order; the first begins at 0 in any case
 * @param offsets in order; from 0, in UTF-16 units
 */
export function onlyPiecesWith(offsets: readonly number[], text: string, starts: Iterable<number>): string {
  const last = offsets.at(-1) ?? -1;
  const kept: string[] = [];
  let done = 0;
  let next = 0;
  const take = (from: number, to: number): void => {
    const before = next;
    while ((offsets[next] ?? Infinity) < to) next++;
    if (next === before) return;
    if (from > done) kept.push(blank(from - done));
    kept.push(text.slice(from, to));
    done = to;
  };
  let from = 0;
  for (const to of starts) {
    take(from, to);
    from = to;
    if (to > last) return kept.join('');
  }
  take(from, text.length);
  return kept.join('');
}

function blank(length: number): string {
  return `${' '.repeat(length - 1)}\n`;
}
