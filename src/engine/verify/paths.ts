import { EngineError, throwIfCancelled } from '../errors.ts';
import type { CancellationToken, FileSystem } from '../ports.ts';
import { decode } from '../text/decode.ts';
import { LineMap, nearbyLine } from '../text/lines.ts';
import { escapePattern } from '../text/pattern.ts';
import { compareText, mapBounded } from '../tree/files.ts';
import type { TreePair } from '../tree/pair.ts';
import { pathInTree } from '../tree/pair.ts';
import type { Check, CheckFinding } from './check.ts';
import { resultOf } from './check.ts';
import type { DockerReading } from './docker/check.ts';
import { folderOf, resolveInWorkspace } from './docker/paths.ts';
import type { PathSetting } from './docker/mounts.ts';
import type { Service } from './docker/service.ts';
import { containersOf } from './docker/scene.ts';
import type { DepthFinding } from './model.ts';
import type { WrittenPath } from './neededPaths.ts';
import { isNeeded } from './neededPaths.ts';

/** Paths whose meaning changed with their depth, and paths in scripts, compose files and configuration that lead nowhere. */
export const checkPaths: Check = async (world, _, token) => {
  const { session, ports } = world;
  const depth = (await session.depthSensitive(token)).map(depthFinding);
  const containers = await containerPaths(await containersOf(world, token), ports.files);
  const paths = await ports.files.list(token);
  const texts = await mapBounded(
    paths.filter((path) => isRead(path, session.pairs)),
    async (path) => await deadPaths(path, session.pairs, ports.files, token),
    token,
  );
  return resultOf([...depth, ...containers, ...texts.flat()].sort(byPlace));
};

function byPlace(a: CheckFinding, b: CheckFinding): number {
  return compareText(a.path, b.path) || a.line - b.line;
}

function depthFinding({ path, line, column, text, legacyFolder, canonicalFolder }: DepthFinding): CheckFinding {
  const [from, to] = [legacyFolder, canonicalFolder].map((folder) =>
    folder === '' ? "the repository's root" : folder,
  );
  const message = `\`${text}\` led to ${from ?? ''} from the legacy tree, and leads to ${to ?? ''} from here.`;
  return { path, line, column, level: 'problem', message };
}

const SCRIPT = /\.(?:sh|bash|zsh|bat|cmd|ps1|psm1|mk)$|(?:^|\/)(?:Makefile|GNUmakefile|justfile|Procfile)$/iu;
const MAKEFILE = /(?:^|\/)(?:GNU)?Makefile$|\.mk$/iu;
const SETTINGS =
  /\.(?:ini|cfg|toml|conf|service)$|(?:^|\/)(?:package\.json|\.coveragerc|(?:tasks|launch)\.json|\.pre-commit-config\.yaml)$/iu;
const WORKFLOW = /(?:^|\/)(?:\.github\/workflows\/[^/]+|\.gitlab-ci)\.ya?ml$/iu;

function isRead(path: string, pairs: readonly TreePair[]): boolean {
  if (pairs.some(({ legacy }) => pathInTree(legacy, path) !== undefined)) return false;
  return SCRIPT.test(path) || SETTINGS.test(path) || WORKFLOW.test(path);
}

/** Below a tree, by either separator, up to what only the machine knows. */
function pathsBelow(pairs: readonly TreePair[]): RegExp {
  const roots = new Set(pairs.flatMap(({ legacy, canonical }) => [legacy.root, canonical.root]));
  const patterns = [...roots].map((root) =>
    root
      .split('/')
      .map(escapePattern)
      .join(String.raw`[\\/]+`),
  );
  return new RegExp(
    String.raw`(?<![\w.\\/-])(?:\.[\\/])?(?:${patterns.join('|')})(?:[\\/]+[\w.@-]+)+(?![\w.@-]|[\\/]+[\w.@-]|[\\/]*[*?{}$%<>\[])`,
    'gu',
  );
}

/** What a program writes when it runs. */
const WRITTEN =
  /\.(?:log|pid|db|sqlite3?|sock|tmp|out|cache|pyc|xml|env)$|(?:^|\/)(?:logs?|cache|tmp|data|media|storage|uploads|dist|build|\.env[^/]*)(?:\/|$)/iu;

async function deadPaths(
  path: string,
  pairs: readonly TreePair[],
  files: FileSystem,
  token?: CancellationToken,
): Promise<CheckFinding[]> {
  throwIfCancelled(token);
  try {
    const decoded = decode(await files.read(path));
    return decoded.kind === 'text' ? await deadPathsIn(path, decoded.text, pairs, files) : [];
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'unreadable') throw error;
    return [{ path, line: 1, level: 'note', message: error.message }];
  }
}

async function deadPathsIn(
  path: string,
  text: string,
  pairs: readonly TreePair[],
  files: FileSystem,
): Promise<CheckFinding[]> {
  const findings: CheckFinding[] = [];
  for (const match of text.matchAll(pathsBelow(pairs))) {
    const written = match[0].replace(/[.,]+$/u, '');
    const named = written.replaceAll('\\', '/').replace(/\/+/gu, '/').replace(/^\.\//u, '');
    if (WRITTEN.test(named) || !isNeeded(placed(path, text, match.index, written), written, MAKEFILE.test(path)))
      continue;
    if (MAKEFILE.test(path) && new RegExp(`^${escapePattern(written)}[ \\t]*:(?!=)`, 'mu').test(text)) continue;
    const readings = new Set([named, resolveInWorkspace(folderOf(path), named) ?? named]);
    const kinds = await Promise.all([...readings].map(async (one) => await exists(files, one)));
    if (kinds.includes(true)) continue;
    findings.push({
      path,
      ...new LineMap(text).position(match.index),
      level: 'problem',
      message: `There is no ${named}.`,
    });
  }
  return findings;
}

function placed(path: string, text: string, offset: number, written: string): WrittenPath {
  const line = nearbyLine(text, offset);
  const at = offset - line.start;
  const [before, after] = [line.text.slice(0, at), line.text.slice(at + written.length)];
  return { before, after, key: SCRIPT.test(path) ? '' : keyLine(text, offset) };
}

/** The line by which a value of several lines is named: `exclude = [`, `omit =`, `exclude: |`. */
function keyLine(text: string, offset: number): string {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/u);
  return before.findLast((line) => /^\s*(?:-\s+)?["']?[A-Za-z][\w.-]*["']?\s*[:=]/u.test(line)) ?? '';
}

/** A module may be named without its ending. */
async function exists(files: FileSystem, path: string): Promise<boolean> {
  return (await isThere(files, path)) || (!/\.\w+$/u.test(path) && (await isThere(files, `${path}.py`)));
}

/** Nobody misses what they have no right to look at. */
async function isThere(files: FileSystem, path: string): Promise<boolean> {
  try {
    return (await files.stat(path)).kind !== 'missing';
  } catch (error) {
    if (error instanceof EngineError && error.code === 'unreadable') return true;
    throw error;
  }
}

/** Build contexts, Dockerfiles, environment files, mounted files and `COPY` sources that are not there. */
async function containerPaths({ projects, missingSources }: DockerReading, files: FileSystem): Promise<CheckFinding[]> {
  const findings = new Map<string, CheckFinding>();
  const note = ({ path, line }: PathSetting['place'], level: CheckFinding['level'], message: string): void => {
    findings.set(`${path}:${line}:${message}`, { path, line, level, message });
  };
  for (const service of projects.flatMap(({ services }) => services)) {
    for (const { setting, what, level } of wantedPaths(service)) {
      if (setting.path === undefined || setting.path === '' || (await isThere(files, setting.path))) continue;
      note(setting.place, level, `Service ${service.name}: there is no ${what} ${setting.path}.`);
      // Nothing can be in it then.
      if (what === CONTEXT) break;
    }
  }
  for (const { source, place } of missingSources) {
    const isMade = /[*?[]|(?:^|\/)(?:dist|build|out|target|\.env[^/]*)(?:\/|$)/u.test(source);
    note(
      place,
      isMade ? 'note' : 'problem',
      `There is no ${source} in the build context, so the image cannot be built.`,
    );
  }
  return [...findings.values()];
}

interface WantedPath {
  readonly setting: PathSetting;
  readonly what: string;
  readonly level: CheckFinding['level'];
}

const CONTEXT = 'build context';

function wantedPaths({ build, envFiles, mounts }: Service): WantedPath[] {
  const wanted: WantedPath[] = [];
  // Such a file holds secrets, and every checkout makes its own.
  for (const setting of envFiles)
    if (setting.isRequired) wanted.push({ setting, what: 'environment file', level: 'note' });
  // Docker makes a folder for a source that is not there: a folder of data needs nothing, a file does.
  for (const { kind, source } of mounts)
    if (kind === 'bind' && source !== undefined && /\.[A-Za-z]\w*$/u.test(source.text))
      wanted.push({ setting: source, what: 'file to mount', level: 'problem' });
  if (build !== undefined) {
    wanted.push({ setting: build.context, what: CONTEXT, level: 'problem' });
    if (build.dockerfile !== undefined)
      wanted.push({ setting: build.dockerfile, what: 'Dockerfile', level: 'problem' });
  }
  return wanted;
}
