import { lossText } from '../../verify/failingImports.ts';
import type { ImportFinding } from '../../verify/model.ts';
import type { Finding } from '../finding.ts';
import type { FindingSource, GateWorld } from '../world.ts';

/**
 * Imports of the canonical packages that fail. Without anything to compare with, those alone that the move to one tree
 * costs: what failed before it, in both trees, must not keep the gate shut for ever.
 */
export const failingImports: FindingSource = {
  find: async (world, token) => (await world.failingImports(token)).map((one) => findingOf(one, world)),
  // Whatever the importing file is, another one may have taken away what it asks for.
  mayBeNew: () => true,
};

function findingOf(failing: ImportFinding, { rules }: GateWorld): Finding {
  const { path, line, column, module, name, optional } = failing;
  return {
    rule: 'unresolved-import',
    path,
    region: { line, column, endLine: line },
    kind: 'brokenImport',
    category: rules.category(path),
    text: `${module}${name === undefined ? '' : `.${name}`}${optional ? ' (optional)' : ''}`,
    size: 1,
    message: lossText(failing),
    level: optional ? 'warning' : 'error',
  };
}
