/** Bytes of source text from rare to common, as far as names use them; any other byte counts as rarer still. */
const COMMON = '7463589021zqjxkvwybghfpm_cdlunsiarotne';

/**
 * Whether the bytes hold the ASCII text. Goes from one occurrence of the text's rarest byte to the next, which the
 * runtime finds natively: most files are passed over without being decoded.
 */
export function containsAscii(bytes: Uint8Array, text: string): boolean {
  const needle = new TextEncoder().encode(text);
  const rarest = rarestIndex(text);
  const wanted = needle[rarest];
  if (wanted === undefined) return true;
  for (let at = bytes.indexOf(wanted, rarest); at >= 0; at = bytes.indexOf(wanted, at + 1)) {
    const start = at - rarest;
    let matched = 0;
    while (matched < needle.length && bytes[start + matched] === needle[matched]) matched++;
    if (matched === needle.length) return true;
  }
  return false;
}

/** Whether a file may hold one of the ASCII words: UTF-16 spells them in other bytes, and is always looked into. */
export function mayHold(bytes: Uint8Array, words: readonly string[]): boolean {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return utf16 || words.some((word) => containsAscii(bytes, word));
}

function rarestIndex(text: string): number {
  let best = 0;
  for (let at = 1; at < text.length; at++) {
    if (COMMON.indexOf(text[at] ?? '') < COMMON.indexOf(text[best] ?? '')) best = at;
  }
  return best;
}
