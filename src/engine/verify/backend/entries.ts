import { parse } from 'jsonc-parser';
import type { EntryPointSetting } from '../../config.ts';
import { FileRules } from '../../references/standing.ts';
import { isShim } from '../../shim/marker.ts';
import { isScript, shimFiles } from '../../shim/files.ts';
import { sourceRoot } from '../../tree/pair.ts';
import { LineMap } from '../../text/lines.ts';
import type { Tree, TreePair } from '../../tree/pair.ts';
import { pathInTree } from '../../tree/pair.ts';
import type { VerifyWorld } from '../check.ts';
import type { EntryPoint } from '../docker/entryPoint.ts';
import { findEntryPoints, findInShell } from '../docker/entryPoint.ts';
import type { Place } from '../docker/layers.ts';
import { containersOf, readerOf } from '../docker/scene.ts';
import type { CancellationToken } from '../../ports.ts';
import type { BackendRole, BackendTarget, Launch } from './model.ts';
import { readModuleName } from './names.ts';

/** Modules that serve, by their name: any other program may do anything, and is not started. */
const SERVES = /(?:^|\.)(?:main|__main__|app|server|asgi|api)$/u;
const ASGI_TOOLS = /^(?:python -m )?(?:uvicorn|gunicorn|hypercorn|daphne|granian)$/u;
const NOT_HTTP = /(?:arq|celery|dramatiq|flask)$/u;

/**
 * What to start: the canonical and the legacy program, the latter also through a shim, those that scripts, launcher and
 * compose files start, and those of the settings. Each once, with the places where people start it.
 */
export async function backendTargets(
  world: VerifyWorld,
  hasUvicorn: boolean,
  token?: CancellationToken,
): Promise<BackendTarget[]> {
  const workspace = new Workspace(world);
  const targets: BackendTarget[] = [];
  for (const pair of world.session.pairs) targets.push(...(await pairTargets(pair, workspace, hasUvicorn)));
  for (const { entry, place } of await foundEntries(world, workspace, token)) {
    const target = await targetOf(entry, place, world.session.pairs, workspace);
    if (target === undefined || (target.launch.kind === 'asgi' && !hasUvicorn)) continue;
    const known = targets.findIndex(
      ({ launch, role }) => role !== 'shim' && JSON.stringify(launch) === JSON.stringify(target.launch),
    );
    const found = targets[known];
    if (found === undefined) targets.push(target);
    else targets[known] = { ...found, places: [...found.places, place] };
  }
  return [...targets, ...world.config.entryPoints.map(settingTarget)];
}

class Workspace {
  readonly #world: VerifyWorld;

  constructor(world: VerifyWorld) {
    this.#world = world;
  }

  async list(): Promise<readonly string[]> {
    return await this.#world.ports.files.list();
  }

  async text(path: string): Promise<string | undefined> {
    return await readerOf(this.#world.ports.files)(path);
  }
}

async function pairTargets(pair: TreePair, workspace: Workspace, hasUvicorn: boolean): Promise<BackendTarget[]> {
  const paths = await workspace.list();
  const targets: BackendTarget[] = [];
  const isShimmed = isShim((await workspace.text(`${pair.legacy.root}/__init__.py`)) ?? '');
  for (const role of ['canonical', 'legacy'] as const) {
    const launch = await mainLaunch(pair[role], workspace, hasUvicorn);
    if (launch === undefined) continue;
    const target = mainTarget(role === 'legacy' && isShimmed ? 'shim' : role, pair[role], launch);
    targets.push(target);
    if (role === 'canonical' && !isShimmed) {
      const files = paths.flatMap((path) => pathInTree(pair.canonical, path) ?? []);
      const started =
        launch.kind === 'module'
          ? { ...launch, module: `${pair.legacy.package}.main` }
          : { ...launch, kind: 'asgi' as const, module: `${pair.legacy.package}.main` };
      if (launch.kind === 'file') continue;
      const shim = shimFiles(pair, { files, scripts: ['main.py'], expires: '2999-12-31' }).map(({ path, text }) => ({
        path: importedAt(pair.legacy, path),
        text,
      }));
      targets.push({
        ...mainTarget('shim', pair.legacy, started as Launch),
        pythonPath: [sourceRoot(pair.canonical)],
        shim,
      });
    }
  }
  return targets;
}

/** Where Python looks for a file of the tree, below the folder that is on its path. */
function importedAt({ root, package: name }: Tree, path: string): string {
  return `${name.replaceAll('.', '/')}/${path.slice(root.length + 1)}`;
}

async function mainLaunch(tree: Tree, workspace: Workspace, hasUvicorn: boolean): Promise<Launch | undefined> {
  const text = await workspace.text(`${tree.root}/main.py`);
  if (text === undefined) return undefined;
  const module = `${tree.package}.main`;
  if (hasUvicorn && (/^app\b\s*[:=]/mu.test(text) || isShim(text))) return { kind: 'asgi', module, attribute: 'app' };
  return isScript(text) || isShim(text) ? { kind: 'module', module, args: [] } : undefined;
}

function mainTarget(role: BackendRole, tree: Tree, launch: Launch): BackendTarget {
  const name = `${role} ${launchName(launch)}`;
  return { name, role, launch, places: [], cwd: '', pythonPath: [sourceRoot(tree)], env: {}, health: '/health' };
}

interface FoundEntry {
  readonly entry: EntryPoint;
  readonly place: Place;
}

/** Programs that scripts, the launcher's settings and compose files start. The workspace's root stands at `/`. */
async function foundEntries(
  world: VerifyWorld,
  workspace: Workspace,
  token?: CancellationToken,
): Promise<FoundEntry[]> {
  const rules = new FileRules(world.config);
  const isLegacy = (path: string): boolean =>
    world.session.pairs.some(({ legacy }) => pathInTree(legacy, path) !== undefined);
  const found: FoundEntry[] = [];
  for (const path of await workspace.list()) {
    if (isLegacy(path) || rules.standing(path, '', 0) === 'historical') continue;
    const category = rules.category(path);
    const isJson =
      path.endsWith('.json') && (category === 'Launcher' || /(?:^|\/)(?:launch|package)\.json$/u.test(path));
    const text = isJson || SHELL_LIKE.test(path) ? await workspace.text(path) : undefined;
    if (text !== undefined) found.push(...(isJson ? inJson(path, text) : inScript(path, text)));
  }
  const { verdicts } = await containersOf(world, token);
  return [...found, ...verdicts.flatMap(({ entry, place }) => (entry.kind === 'module' ? [{ entry, place }] : []))];
}

const SHELL_LIKE = /\.(?:sh|bash|zsh|bat|cmd|ps1)$|(?:^|\/)(?:Makefile|Procfile|justfile)$/iu;
const AT_ROOT = { workdir: '/', env: new Map<string, string>() };

/** Line by line: a script's branches all count, whatever runs. */
function inScript(path: string, text: string): FoundEntry[] {
  const isWindows = /\.(?:bat|cmd|ps1)$/iu.test(path);
  return text.split(/\r\n|\r|\n/u).flatMap((written, index) => {
    const line = isWindows
      ? written
          .replaceAll('\\', '/')
          .replaceAll('^&', '&')
          .replace(/\bcmd\s+\/[ck]\s+"?/giu, '; ')
          .replaceAll('"', ' ')
      : written.replace(/^\t/u, '');
    if (/^\s*(?:#|REM\b|::|@?echo\b|pkill\b|pgrep\b)/iu.test(line)) return [];
    const words = isWindows ? line.replace(/^\s*(?:start\s+)?\/\w+\s/iu, '') : line;
    return findInShell(words, AT_ROOT).map((entry) => ({ entry, place: { path, line: index + 1 } }));
  });
}

/** `{"program": "python", "args": […]}`, `{"module": "pkg.main:app"}`, `{"scripts": {"x": "python …"}}`, at any depth. */
function inJson(path: string, text: string): FoundEntry[] {
  const found: FoundEntry[] = [];
  const lines = new LineMap(text);
  const lineOf = (word: string): number => lines.position(Math.max(0, text.indexOf(word))).line;
  const visit = (value: unknown, key: string): void => {
    if (Array.isArray(value)) for (const item of value) visit(item, key);
    else if (typeof value === 'string') {
      if (key === 'scripts')
        found.push(...findInShell(value, AT_ROOT).map((entry) => ({ entry, place: { path, line: lineOf(value) } })));
    } else if (typeof value === 'object' && value !== null) {
      const words = commandWords(value as Record<string, unknown>);
      for (const entry of findEntryPoints(words, AT_ROOT))
        found.push({ entry, place: { path, line: lineOf(entry.name.replace(/^\//u, '')) } });
      for (const [name, item] of Object.entries(value)) visit(item, key === 'scripts' ? key : name);
    }
  };
  visit(parse(text, [], { allowTrailingComma: true }), '');
  return found;
}

function commandWords({ program, command, module, args }: Record<string, unknown>): string[] {
  const rest = Array.isArray(args) ? args.filter((word) => typeof word === 'string') : [];
  if (typeof module === 'string')
    return module.includes(':') ? ['uvicorn', module, ...rest] : ['python', '-m', module, ...rest];
  const first = [program, command].find((one) => typeof one === 'string');
  if (first === undefined) return [];
  const file = first.replace('${workspaceFolder}/', '');
  return file.endsWith('.py') ? ['python', file, ...rest] : [file, ...rest];
}

async function targetOf(
  entry: EntryPoint,
  place: Place,
  pairs: readonly TreePair[],
  workspace: Workspace,
): Promise<BackendTarget | undefined> {
  if (NOT_HTTP.test(entry.tool)) return undefined;
  for (const pair of pairs) {
    for (const role of ['canonical', 'legacy'] as const) {
      const tree = pair[role];
      const path = entry.kind === 'file' ? entry.name.slice(1) : filePath(tree, entry.name);
      const inTree = path === undefined ? undefined : pathInTree(tree, path);
      if (path === undefined || inTree === undefined || (await workspace.text(path)) === undefined) continue;
      const launch = launchOf(entry, path);
      if (launch !== undefined) return { ...mainTarget(role, tree, launch), places: [place] };
    }
  }
  return undefined;
}

function launchOf(entry: EntryPoint, path: string): Launch | undefined {
  if (entry.kind === 'file')
    return SERVES.test(path.replace(/\.py$/u, '').replaceAll('/', '.')) ? { kind: 'file', path } : undefined;
  if (ASGI_TOOLS.test(entry.tool)) {
    const name = readModuleName(`${entry.name}:${entry.attribute ?? 'app'}`);
    return name === undefined ? undefined : { kind: 'asgi', module: name.module, attribute: name.attribute ?? 'app' };
  }
  return SERVES.test(entry.name) ? { kind: 'module', module: entry.name, args: [] } : undefined;
}

function launchName(launch: Launch): string {
  return launch.kind === 'file' ? launch.path : launch.module;
}

function filePath({ root, package: name }: Tree, module: string): string | undefined {
  return module.startsWith(`${name}.`) ? `${root}/${module.slice(name.length + 1).replaceAll('.', '/')}.py` : undefined;
}

function settingTarget(setting: EntryPointSetting): BackendTarget {
  const { name, module, attribute, args, cwd, env, health } = setting;
  const launch: Launch =
    attribute === undefined ? { kind: 'module', module, args } : { kind: 'asgi', module, attribute };
  return { name, role: 'other', launch, places: [], cwd, pythonPath: [...new Set([cwd, ''])], env, health };
}
