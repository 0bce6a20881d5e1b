/**
 * Valid Python that the grammar does not know, written as something of the same length that it does: a tree of the
 * result has the offsets of the original. Only what stands in a tree's place is changed, never a quote, so that text in
 * strings and comments may be changed too: who reads it slices the original.
 *
 * - `yield` alone → a name: `Yield`
 * - `1.`, `1.e5` → `10`, `10e5`
 * - `for a, *b in c` → `for a,  b in c`
 * - `case A():`, `case {}:` → `case A  :`, `case 00:`
 * - `Generic[*Ts]` → `Generic[ Ts]`
 * - `lambda a, /, b: a` → `lambda a   , b: a`
 * - `rf"\\{{"` → `rf"_{{"`
 * - a page break at the end of a line, or alone on it → a blank
 * - `with f() as x.y:`, `as x[0]:` → one name
 * - `with (a as b, c as d):` over several lines → the same without parentheses, on one line
 */
export function bridgeGaps(text: string): string {
  let bridged = text;
  for (const [pattern, replace] of SHORT_GAPS) bridged = bridged.replace(pattern, replace);
  if (text.includes('with')) bridged = bridgeWith(bridged);
  return bridged;
}

/** What comes before is looked at last: an expression that begins with a look behind takes it at every place. */
const SHORT_GAPS: readonly (readonly [RegExp, (match: string) => string])[] = [
  [/\byield(?=[ \t]*(?:[)\]},;#\r\n]|$))/gu, () => 'Yield'],
  [/\d(?<![\w.]\d)[\d_]*\.(?=[eEjJ]|[^\w.]|$)/gu, (number) => `${number.slice(0, -1)}0`],
  [/\bfor[ \t(](?:(?!\bin\b)[^:=\n*])*\*(?:(?!\bin\b)[^:=\n])*\bin\b/gu, (target) => target.replaceAll('*', ' ')],
  [
    /^[ \t]*case\b[^\r\n]*(?:\(\)|\{\}|\[\])[^\r\n]*/gmu,
    (line) => line.replaceAll('()', '  ').replace(/\{\}|\[\]/gu, '00'),
  ],
  [/\*(?=[\p{L}_])(?<=[\w\]]\[(?:[^[\]\n]*,)?[ \t]*\*)/gu, () => ' '],
  [/,(?=\s*\/\s*[,:])(?<=\blambda\b[^:\n]*,)\s*\//gu, (marker) => ' '.repeat(marker.length)],
  [/\\(?=\{\{|\}\})/gu, () => '_'],
  [/\f(?=[ \t\f]*(?:[\r\n]|$))/gu, () => ' '],
];

/** A `with` statement's head; where its items begin. */
const WITH = /with\b(?<=^[ \t]*(?:async[ \t]+)?with)/gmu;

function bridgeWith(text: string): string {
  let bridged = '';
  let done = 0;
  for (const { index } of text.matchAll(WITH)) {
    const start = index + 'with'.length;
    if (start < done) continue;
    const end = headEnd(text, start);
    if (end === undefined) continue;
    const head = text.slice(start, end);
    if (!/\bas\b/u.test(head)) continue;
    bridged += text.slice(done, start) + bridgeTargets(unwrapItems(head));
    done = end;
  }
  return bridged + text.slice(done);
}

/** Offset of the colon that ends a statement's head, brackets and strings passed over. */
function headEnd(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const unit = text[at] ?? '';
    if ('([{'.includes(unit)) depth++;
    else if (')]}'.includes(unit)) depth--;
    else if (unit === '"' || unit === "'") {
      const close = stringEnd(text, at);
      if (close === undefined) return undefined;
      at = close;
    } else if (unit === '#') {
      at = lineEnd(text, at) - 1;
    } else if (depth === 0 && unit === ':') return at;
    else if (depth === 0 && unit === '\n' && text[at - 1] !== '\\') return undefined;
    if (depth < 0) return undefined;
  }
  return undefined;
}

/** Offset of the last quote of the string that begins here; `undefined` for one that is not closed on its line. */
function stringEnd(text: string, start: number): number | undefined {
  const quote = text[start] ?? '';
  if (text.startsWith(quote.repeat(3), start)) return undefined;
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === quote) return at;
    else if (text[at] === '\n') return undefined;
  }
  return undefined;
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}

/** `(a as b,\n c as d,)` → ` a as b,  c as d  ` */
function unwrapItems(head: string): string {
  const trimmed = head.trim();
  if (!trimmed.startsWith('(') || !trimmed.endsWith(')') || !closesAtEnd(trimmed)) return head;
  const open = head.indexOf('(');
  const close = head.lastIndexOf(')');
  const inside = head.slice(open + 1, close);
  if (!/\bas\b/u.test(inside)) return head;
  const flat = inside
    .replace(/#[^\r\n]*/gu, (comment) => ' '.repeat(comment.length))
    .replace(/[\r\n]/gu, ' ')
    .replace(/,(\s*)$/u, ' $1');
  return `${head.slice(0, open)} ${flat} ${head.slice(close + 1)}`;
}

function closesAtEnd(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text[at] ?? '';
    if (unit === '"' || unit === "'") at = stringEnd(text, at) ?? at;
    else if (unit === '#') at = lineEnd(text, at);
    else if ('([{'.includes(unit)) depth++;
    else if (')]}'.includes(unit) && --depth === 0) return at === text.length - 1;
  }
  return false;
}

/** `as self.x`, `as x[0]`, `as (a, b)`, `as [a]` → `as self_x`, `as x_0_`, `as _a__b_`, `as _a_` */
function bridgeTargets(head: string): string {
  return head.replace(/(?<=\bas[ \t]+)(?:\([^()]*\)|\[[^[\]\n]*\]|[\w.]+(?:\[[^\]\n]*\])?)/gu, (target) =>
    target.replace(/\W/gu, '_'),
  );
}
