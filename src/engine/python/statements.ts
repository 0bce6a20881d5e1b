/** What decides whether a line begins a statement: quotes, comments, brackets, continued lines; and a line at the margin. */
const MARK = /["'#\\([{)\]}]|\n(?=[^\s#)\]}])/gu;

/** A line at the margin that goes on with the statement before it. */
const GOES_ON = /(?:else|elif|except|finally)\b/uy;

/**
 * Where the statements at the margin begin, but for the first: functions and classes with all that is in them, their
 * decorators included. Offsets from 0 in UTF-16 units. A text that is no Python may have fewer.
 */
export function* statementStarts(text: string): Iterable<number> {
  const mark = new RegExp(MARK);
  let depth = 0;
  let isDecorated = text.startsWith('@');
  for (let found = mark.exec(text); found !== null; found = mark.exec(text)) {
    const at = found.index;
    const sign = found[0];
    if (sign === '\n') {
      if (depth > 0 || goesOn(text, at + 1)) continue;
      if (!isDecorated) yield at + 1;
      isDecorated = text[at + 1] === '@';
    } else if (sign === '"' || sign === "'") mark.lastIndex = stringEnd(text, at);
    else if (sign === '#') mark.lastIndex = lineEnd(text, at);
    else if (sign === '\\') mark.lastIndex = at + (text.startsWith('\r\n', at + 1) ? 3 : 2);
    else if ('([{'.includes(sign)) depth++;
    else depth = Math.max(0, depth - 1);
  }
}

function goesOn(text: string, at: number): boolean {
  GOES_ON.lastIndex = at;
  return GOES_ON.test(text);
}

/** After the string that begins here; a short one that is not closed ends with its line. */
function stringEnd(text: string, start: number): number {
  const quote = text[start] ?? '';
  const closing = text.startsWith(quote.repeat(3), start) ? quote.repeat(3) : quote;
  const sign = closing.length === 1 ? /["'\\\n]/gu : /["'\\]/gu;
  sign.lastIndex = start + closing.length;
  for (let found = sign.exec(text); found !== null; found = sign.exec(text)) {
    if (found[0] === '\\') sign.lastIndex = found.index + 2;
    else if (found[0] === '\n') return found.index;
    else if (text.startsWith(closing, found.index)) return found.index + closing.length;
  }
  return text.length;
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}
