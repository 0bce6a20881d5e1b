import { hasConflictMarkers } from '../../text/conflictMarkers.ts';
import { decode } from '../../text/decode.ts';
import { LineMap } from '../../text/lines.ts';
import { containsAscii } from '../../text/search.ts';
import { mapBounded } from '../../tree/files.ts';
import { pathInTree } from '../../tree/pair.ts';
import type { Finding } from '../finding.ts';
import type { FindingSource, GateWorld } from '../world.ts';
import { isInChangedFile } from '../world.ts';

/** Merge conflicts that somebody left in one of the trees. */
export const conflicts: FindingSource = {
  find: async (world, token) => {
    const trees = world.config.pairs.flatMap(({ legacy, canonical }) => [legacy, canonical]);
    const listed = await world.files.list(token);
    const paths = listed.filter(
      (path) => world.isAsked(path) && trees.some((tree) => pathInTree(tree, path) !== undefined),
    );
    return (await mapBounded(paths, async (path) => await conflictsIn(path, world), token)).flat();
  },
  mayBeNew: isInChangedFile,
};

const OPENING = '<<<<<<< ';

async function conflictsIn(path: string, { files, rules }: GateWorld): Promise<Finding[]> {
  const bytes = await files.bytes(path);
  if (bytes === undefined || !containsAscii(bytes, OPENING)) return [];
  const decoded = decode(bytes);
  if (decoded.kind === 'binary' || !hasConflictMarkers(decoded.text)) return [];
  const lines = new LineMap(decoded.text);
  return [...decoded.text.matchAll(/^<{7} .*$/gmu)].map(({ index, 0: marker }): Finding => {
    const { line, column } = lines.position(index);
    return {
      rule: 'conflict-markers',
      path,
      region: { line, column, endLine: line, endColumn: column + marker.length },
      kind: 'conflict',
      category: rules.category(path),
      text: OPENING.trimEnd(),
      size: 1,
      message: 'A merge conflict starts here and is not resolved.',
      level: 'error',
    };
  });
}
