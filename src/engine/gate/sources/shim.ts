import { readShimExpiry } from '../../shim/marker.ts';
import type { Tree } from '../../tree/pair.ts';
import type { Finding } from '../finding.ts';
import type { FindingSource, GateWorld } from '../world.ts';
import { isInChangedFile } from '../world.ts';

/** Shims that were to be gone by now. */
export const expiredShims: FindingSource = {
  find: async (world) => {
    const found: Finding[] = [];
    for (const { legacy } of world.config.pairs) found.push(...(await expiredShim(legacy, world)));
    return found;
  },
  mayBeNew: isInChangedFile,
};

async function expiredShim({ root }: Tree, world: GateWorld): Promise<Finding[]> {
  const path = `${root}/__init__.py`;
  if (!world.files.has(path) || !world.isAsked(path)) return [];
  const text = (await world.files.text(path))?.text ?? '';
  const end = readShimExpiry(text);
  if (end === undefined || end >= world.today) return [];
  return [
    {
      rule: 'expired-shim',
      path,
      kind: 'shim',
      category: world.rules.category(path),
      text: end,
      size: 1,
      message: `The shim had its last day on ${end}: remove it.`,
      level: 'error',
    },
  ];
}
