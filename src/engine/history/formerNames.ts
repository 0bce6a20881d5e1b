import type { TextEdit } from '../text/edit.ts';
import { applyEdits } from '../text/edit.ts';
import { decode } from '../text/decode.ts';
import type { Mention } from '../tree/names.ts';
import { Names } from '../tree/names.ts';
import type { TreePair } from '../tree/pair.ts';

/**
 * A file of the legacy tree from the time when that was in another folder, and its package had that folder's name: with
 * the names of today. `import backend.x` becomes `import old_app.x`. The name alone stays, as do files that are not UTF-8.
 */
export function withPresentNames(bytes: Uint8Array, formerRoot: string, pair: TreePair): Uint8Array {
  if (formerRoot === '' || formerRoot === pair.legacy.root) return bytes;
  const decoded = decode(bytes);
  if (decoded.kind === 'binary' || decoded.encoding !== 'utf-8') return bytes;
  const former = { root: formerRoot, package: formerRoot.replaceAll('/', '.') };
  const mentions = new Names({ legacy: former, canonical: pair.canonical }).findLegacy(decoded.text);
  const edits = mentions.flatMap((mention) => presentName(mention, pair) ?? []);
  return edits.length === 0 ? bytes : new TextEncoder().encode(applyEdits(decoded.text, edits));
}

function presentName({ start, end, form, separator }: Mention, { legacy }: TreePair): TextEdit | undefined {
  if (form === 'bare') return undefined;
  return { start, end, newText: form === 'dotted' ? legacy.package : legacy.root.split('/').join(separator) };
}
