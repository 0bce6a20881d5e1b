import * as vscode from 'vscode';
import type { Config, Git, Ports, Session } from '../../engine/index.ts';
import type { Adapters, DiskWriters } from '../adapters.ts';
import { loadEngine } from '../engine.ts';
import { hasRoots } from './roots.ts';
import { UnsavedText } from './unsavedText.ts';

/** One opening of the engine; replaced as a whole when settings or trust change. */
export interface Opened {
  readonly session: Session;
  /** What the session reads. */
  readonly ports: Ports;
  readonly files: UnsavedText;
  readonly config: Config;
  /** Absent in Restricted Mode: then nothing is written. */
  readonly writers?: DiskWriters;
}

/**
 * `undefined` for a folder that is none of our business; finding that out costs one look at the disk.
 * @throws EngineError when the pair cannot be used.
 */
export async function openEngine(
  { uri }: vscode.WorkspaceFolder,
  adapters: Adapters,
  config: Config,
): Promise<Opened | undefined> {
  const root = uri.fsPath;
  if (!config.pairsAreSet && !(await hasRoots(adapters.createFileSystem(root, {}), config.pairs))) return undefined;
  // Settings inside a repository can make git start programs, so an untrusted one is never shown to git.
  const git = vscode.workspace.isTrusted ? await adapters.findGit(root) : undefined;
  const files = new UnsavedText(adapters.createFileSystem(root, { exclude: config.exclude, ...optional(git) }), uri);
  const ports = { files, ...optional(git) };
  const { openSession } = await loadEngine();
  const session = await openSession(ports, config);
  const writers = vscode.workspace.isTrusted ? { writers: adapters.createWriters(root, git) } : {};
  return { session, ports, files, config, ...writers };
}

function optional(git: Git | undefined): { git?: Git } {
  return git === undefined ? {} : { git };
}
