import type { CancellationToken } from '../ports.ts';
import { pathInTree } from '../tree/pair.ts';
import type { PlanWorld } from './world.ts';

const mostNames = 20;

/**
 * Sentences: the files and folders outside of the legacy trees that are called like the legacy package. No reference is in
 * their name, and what they should be called only a person knows.
 */
export async function namesakes(
  { config, files, namespaces, rules }: PlanWorld,
  token?: CancellationToken,
): Promise<readonly string[]> {
  const found = new Set<string>();
  // Where both trees have one name, what is called so is called right.
  const legacyNames = namespaces.filter((names) => !names.isOneName);
  for (const path of await files.list(token)) {
    const goes = config.pairs.some(({ legacy }) => pathInTree(legacy, path) !== undefined);
    if (goes || rules.standing(path, '', 0) !== 'live') continue;
    const segments = path.split('/');
    const at = segments.findIndex((segment) => legacyNames.some((names) => names.findLegacy(segment).length > 0));
    const namesake = segments.slice(0, at + 1).join('/');
    // `app/backend/main` may well hold the name of `backend`.
    const leadsToCanonical = config.pairs.some(({ canonical }) => `${canonical.root}/`.startsWith(`${namesake}/`));
    if (at >= 0 && !leadsToCanonical) found.add(namesake);
  }
  const all = [...found].sort();
  const sentences = all
    .slice(0, mostNames)
    .map(
      (path) =>
        `${path} is called like the legacy package: rename it, with what names it, if it stands for the canonical one.`,
    );
  const more = all.length - mostNames;
  return more > 0 ? [...sentences, `So are ${more} more.`] : sentences;
}
