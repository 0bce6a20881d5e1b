import type { Config, Reference, Session, TreePair } from '../../src/engine/index.ts';
import { applyEdits, openSession, parseConfig } from '../../src/engine/index.ts';
import { MemoryFiles } from './memory.ts';

/** The default configuration, with changes. */
export function configWith(changes: Partial<Config> = {}): Config {
  return { ...parseConfig({}).config, ...changes };
}

/** A small canonical tree (and a legacy one, as the engine asks for both) that references can point at. */
export const trees: Readonly<Record<string, string>> = {
  'pixsim7_backend/__init__.py': '',
  'pixsim7_backend/main.py': 'app = 1\n',
  'pixsim7_backend/newer.py': 'def added(): ...\n',
  'pixsim7/backend/main/__init__.py': '',
  'pixsim7/backend/main/main.py': 'app = 1\ndef create(): ...\n',
  'pixsim7/backend/main/README.md': '# Backend\n',
  'pixsim7/backend/main/requirements.txt': '',
  'pixsim7/backend/main/api/__init__.py': 'from .assets import *\n',
  'pixsim7/backend/main/api/assets.py': 'class Assets:\n    limit = 1\n\ndef router(): ...\n',
  'pixsim7/backend/main/workers/jobs.py': 'class WorkerSettings: ...\n',
};

export async function open(
  files: Readonly<Record<string, string | Uint8Array>>,
  changes: Partial<Config> = {},
): Promise<{ session: Session; memory: MemoryFiles }> {
  const memory = new MemoryFiles({ ...trees, ...files });
  return { session: await openSession({ files: memory }, configWith(changes)), memory };
}

/** The references of one file beside the {@link trees}. */
export async function referencesOf(
  path: string,
  text: string | Uint8Array,
  changes: Partial<Config> = {},
): Promise<readonly Reference[]> {
  const { session } = await open({ [path]: text }, changes);
  return await session.referencesIn(path);
}

/** The file after every preferred rewrite, needing review or not. */
export async function rewritten(path: string, text: string, changes: Partial<Config> = {}): Promise<string> {
  const references = await referencesOf(path, text, changes);
  return applyEdits(
    text,
    references.flatMap(({ rewrite }) => rewrite?.edits ?? []),
  );
}

export function pair(
  legacyRoot: string,
  legacyPackage: string,
  canonicalRoot: string,
  canonicalPackage: string,
): TreePair {
  return {
    legacy: { root: legacyRoot, package: legacyPackage },
    canonical: { root: canonicalRoot, package: canonicalPackage },
  };
}
