/**
 * Where blocks of a document begin that nothing before them can hold: lines at the margin after a blank one, outside of
 * fences. Offsets from 0 in UTF-16 units. `undefined` for a document with something in it that is told only by a parse
 * of the whole: HTML that goes on over blank lines, a fence that may be in a list or not.
 */
export function blockStarts(text: string): number[] | undefined {
  const starts: number[] = [];
  let afterBlank = false;
  for (let at = 0; at < text.length;) {
    const line = readLine(text, at);
    if (line.depth === 0 && afterBlank) starts.push(at);
    afterBlank = line.depth === 'blank';
    let end: number | undefined = line.end;
    const fence = fenceOf(line);
    if (fence !== undefined) end = fenceEnd(text, line, fence);
    else if (isHtml(line)) end = htmlEnd(text, line);
    if (end === undefined) return undefined;
    at = end + 1;
  }
  return starts;
}

interface Line {
  /** Offset of its end, without the line ending. */
  readonly end: number;
  /** Without what it is indented by. */
  readonly text: string;
  /** In columns; from four on nothing but a list gives a line a meaning of its own. */
  readonly depth: 0 | 'some' | 'deep' | 'blank';
}

function readLine(text: string, start: number): Line {
  const next = text.indexOf('\n', start);
  const end = next < 0 ? text.length : next;
  let first = start;
  while (first < end && ' \t\r'.includes(text.charAt(first))) first++;
  if (first === end) return { end, text: '', depth: 'blank' };
  const isDeep = first - start > 3 || text.slice(start, first).includes('\t');
  return { end, text: text.slice(first, end), depth: first === start ? 0 : isDeep ? 'deep' : 'some' };
}

/** The backticks or tildes that open a fence. */
function fenceOf({ text, depth }: Line): string | undefined {
  if (depth === 'deep' || !(text.startsWith('```') || text.startsWith('~~~'))) return undefined;
  return /^(?<fence>`{3,}(?=[^`]*$)|~{3,})/u.exec(text)?.groups?.['fence'];
}

/**
 * The end of the line that closes the fence, or of the text. A fence that does not begin at the margin may be in a list:
 * `undefined` where that makes a difference.
 */
function fenceEnd(text: string, opener: Line, fence: string): number | undefined {
  for (let at = opener.end + 1; at < text.length;) {
    const line = readLine(text, at);
    const closes = isClosing(line.text, fence);
    if (opener.depth !== 0 && (line.depth === 0 || (closes && line.depth === 'deep'))) return undefined;
    if (closes && line.depth !== 'deep') return line.end;
    at = line.end + 1;
  }
  return text.length;
}

function isClosing(line: string, fence: string): boolean {
  return line.startsWith(fence) && line.trimEnd() === fence.charAt(0).repeat(line.trimEnd().length);
}

function isHtml({ text, depth }: Line): boolean {
  return depth !== 'deep' && /^<[A-Za-z/!?]/u.test(text);
}

/** The end of its line: most HTML ends with the next blank line, as a paragraph does. */
function htmlEnd(text: string, line: Line): number | undefined {
  const goesOn = /^<(?:!|\?|(?:pre|script|style|textarea)(?:[\s>]|$))/iu.test(line.text);
  if (goesOn && !/^<!--.*-->/u.test(line.text)) return undefined;
  // Up to there a fence is none.
  for (let at = line.end + 1; at < text.length;) {
    const next = readLine(text, at);
    if (next.depth === 'blank') break;
    if (fenceOf(next) !== undefined) return undefined;
    at = next.end + 1;
  }
  return line.end;
}
