/** How a file's bytes became text; only `utf-8` is ever rewritten. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin1';

export interface DecodedText {
  readonly kind: 'text';
  /** With a byte order mark, if the file has one, as its first unit. */
  readonly text: string;
  readonly encoding: Encoding;
}

export interface BinaryContent {
  readonly kind: 'binary';
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const BINARY_PROBE = 8000;

/**
 * Decodes a file. Bytes that are not UTF-8 are read as UTF-16 when a byte order mark says so, else as Latin-1, so that
 * mentions in them can be counted; a NUL byte among the first 8,000 bytes makes it binary, which is git's own rule.
 */
export function decode(bytes: Uint8Array): DecodedText | BinaryContent {
  const encoding = utf16Mark(bytes);
  if (encoding !== undefined) {
    return { kind: 'text', text: new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes), encoding };
  }
  if (bytes.subarray(0, BINARY_PROBE).includes(0)) return { kind: 'binary' };
  try {
    return { kind: 'text', text: utf8.decode(bytes), encoding: 'utf-8' };
  } catch {
    // Fatal decoding failed: not UTF-8. Every byte sequence is valid Latin-1.
    return { kind: 'text', text: new TextDecoder('latin1').decode(bytes), encoding: 'latin1' };
  }
}

function utf16Mark(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** Whether two files hold the same bytes. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
