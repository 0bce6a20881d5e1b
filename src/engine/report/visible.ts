/** What moves the cursor, ends a line or turns the writing round: a name on a disk may hold any of it. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/gu;
const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The same report with such characters written out: each entry stays one line, and none speaks to the terminal. */
export function visible<T>(report: T): T {
  return written(report) as T;
}

function written(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(UNSEEN, escape);
  if (Array.isArray(value)) return value.map(written);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, written(one)]));
}

function escape(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  return short[character] ?? (hex.length > 2 ? `\\u${hex.padStart(4, '0')}` : `\\x${hex.padStart(2, '0')}`);
}
