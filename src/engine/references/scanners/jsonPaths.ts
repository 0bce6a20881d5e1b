import { visit, type JSONPath } from 'jsonc-parser';

/**
 * The path of keys and indices at each of some offsets in a JSON text, broken or not: what `getLocation` of jsonc-parser
 * says, for all of them in one reading. A file may name the package thousands of times.
 * @param offsets from 0, in UTF-16 units, in ascending order
 */
export function jsonPaths(text: string, offsets: readonly number[]): JSONPath[] {
  const found: JSONPath[] = [];
  const segments: JSONPath = [];
  /** Those up to here are where the reading is now. */
  const upTo = (end: number): void => {
    while (found.length < offsets.length && (offsets[found.length] ?? 0) <= end) found.push([...segments]);
  };
  const closes = (offset: number): void => {
    upTo(offset);
    segments.pop();
  };
  const opens =
    (first: string | number) =>
    (offset: number): void => {
      upTo(offset);
      segments.push(first);
    };
  visit(text, {
    onObjectBegin: opens(''),
    onObjectProperty: (name, offset, length) => {
      upTo(offset - 1);
      segments[segments.length - 1] = name;
      upTo(offset + length);
    },
    onObjectEnd: closes,
    onArrayBegin: opens(0),
    onArrayEnd: closes,
    onLiteralValue: (_, offset, length) => {
      upTo(offset + length);
    },
    onSeparator: (separator, offset) => {
      upTo(offset);
      const last = segments.at(-1);
      if (separator === ',') segments[segments.length - 1] = typeof last === 'number' ? last + 1 : '';
    },
  });
  upTo(Infinity);
  return found;
}
