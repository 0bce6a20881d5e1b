/** Of a longer text, this much is shown. */
const LONGEST = 160;

/**
 * JSON for a reader: of each list the item that has most to show, and how many more there are, in a comment.
 * `[{"a": 1}, {"a": 2, "b": 3}]` → `[{"a": 2, "b": 3} // and 1 more]`, over several lines.
 */
export function abridged(value: unknown, indent = ''): string {
  if (typeof value === 'string') return JSON.stringify(value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) return list(value, indent, inner);
  const lines = Object.entries(value).map(([key, item]) => `${inner}${JSON.stringify(key)}: ${abridged(item, inner)}`);
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n${indent}}`;
}

function list(items: readonly unknown[], indent: string, inner: string): string {
  if (items.length === 0) return '[]';
  const shown = items.reduce((best, item) => (richness(item) > richness(best) ? item : best));
  const more = items.length === 1 ? '' : ` // and ${items.length - 1} more`;
  return `[\n${inner}${abridged(shown, inner)}${more}\n${indent}]`;
}

/** How many keys there are, here and below; an empty list or object shows nothing. */
function richness(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const items = Object.values(value);
  const below = Array.isArray(value) ? Math.max(0, ...items.map(richness)) : items.map(richness).reduce(plus, 0);
  return (items.length === 0 ? -1 : Array.isArray(value) ? 1 : items.length) + below;
}

const plus = (a: number, b: number): number => a + b;
