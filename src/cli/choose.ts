import { choices, pathInTree } from '../engine/index.ts';
import type { Choice, Config } from '../engine/index.ts';
import type { CommandContext } from './command.ts';
import { choice, UsageError } from './usage.ts';

/**
 * The versions that were chosen, by workspace path.
 * @throws UsageError for one that cannot be read, or that contradicts another.
 */
export function readChoices({ config, options }: Pick<CommandContext, 'config' | 'options'>): Map<string, Choice> {
  const chosen = new Map<string, Choice>();
  for (const given of options['choose'] ?? []) {
    const { path, side } = readChoice(given);
    for (const place of placesOf(path, config)) {
      if ((chosen.get(place) ?? side) !== side)
        throw new UsageError(`--choose names ${path} with two sides: give one.`);
      chosen.set(place, side);
    }
  }
  return chosen;
}

/** @throws UsageError for a choice of a file that is in neither tree: it would do nothing, and say nothing. */
export async function assertThere({ config, options, ports }: CommandContext): Promise<void> {
  const given = options['choose'] ?? [];
  if (given.length === 0) return;
  const listed = new Set(await (await ports()).files.list());
  for (const { path } of given.map(readChoice))
    if (!placesOf(path, config).some((place) => listed.has(place)))
      throw new UsageError(`--choose names ${path}, and there is no such file in either tree.`);
}

/** `path=legacy` */
function readChoice(given: string): { readonly path: string; readonly side: Choice } {
  const at = given.lastIndexOf('=');
  if (at <= 0) throw new UsageError(`--choose is "${given}": expected a path, "=" and one of ${choices.join(', ')}.`);
  const path = given.slice(0, at).replaceAll('\\', '/').replace(/^\.\//u, '');
  return { path, side: choice('choose', given.slice(at + 1), choices) };
}

/** Both copies of a file, where the path is one from the root, in either tree, or one inside the trees. */
function placesOf(path: string, { pairs }: Config): string[] {
  const named = pairs.flatMap(({ legacy, canonical }) => {
    const inTree = pathInTree(canonical, path) ?? pathInTree(legacy, path);
    return inTree === undefined ? [] : [`${canonical.root}/${inTree}`, `${legacy.root}/${inTree}`];
  });
  if (named.length > 0) return named;
  return pairs.flatMap(({ legacy, canonical }) => [`${canonical.root}/${path}`, `${legacy.root}/${path}`]);
}
