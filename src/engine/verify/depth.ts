import { findFileSteps } from '../python/fileSteps.ts';
import { isPython } from '../python/syntax.ts';
import { LineMap } from '../text/lines.ts';
import type { TreePair } from '../tree/pair.ts';
import type { DepthFinding } from './model.ts';
import { findScriptSteps } from './scriptSteps.ts';

/**
 * Steps up from a canonical file that leave the tree from its old place and reach another folder from its new one.
 * Steps that stay in the tree mean the same in both places; steps that from the old place would lead out of the
 * repository were written for the new one.
 *
 * @param path inside the canonical tree
 */
export function findDepthSensitive(pair: TreePair, path: string, text: string): DepthFinding[] {
  const legacy = [...pair.legacy.root.split('/'), ...path.split('/')];
  const canonical = [...pair.canonical.root.split('/'), ...path.split('/')];
  const legacyRoot = pair.legacy.root.split('/').length;
  const lines = new LineMap(text);
  const findings: DepthFinding[] = [];
  for (const { from, to, up, deeper } of isPython(path) ? findFileSteps(text) : findScriptSteps(text)) {
    const left = legacy.length - up;
    if (left < 0 || left >= legacyRoot) continue;
    const [legacyFolder, canonicalFolder] = [
      legacy.slice(0, left).join('/'),
      canonical.slice(0, canonical.length - up).join('/'),
    ];
    if (legacyFolder === canonicalFolder) continue;
    const fix = deeper(canonical.length - legacy.length);
    const place = {
      path: `${pair.canonical.root}/${path}`,
      ...lines.position(from),
      offset: from,
      text: text.slice(from, to),
    };
    findings.push({ ...place, legacyFolder, canonicalFolder, ...(fix === undefined ? {} : { fix }) });
  }
  return findings;
}
