import type { Category, Config, RunStyle, Severity, SeverityKey } from '../config.ts';
import {
  defaultCategories,
  defaultChangelogFile,
  defaultHistorical,
  defaultKinds,
  defaultPair,
  defaultSeverities,
  defaultTaskFile,
} from '../config.ts';
import { readEntryPoint } from './entryPoints.ts';
import { referenceKinds } from '../references/model.ts';
import { expectedPairs, readCommit, readPair, readPath } from './pairs.ts';
import type { ConfigProblem } from './reader.ts';
import { isGlob, isObject, SettingReader } from './reader.ts';

export type { ConfigProblem } from './reader.ts';
export { parsePairFlag } from './pairs.ts';

const severities: readonly Severity[] = ['error', 'warning', 'information', 'hint', 'none'];
const runStyles: readonly RunStyle[] = ['module', 'path'];

/**
 * The settings `treeUnifier.*`, given without that prefix, of unknown shape: what is missing or `null` has its default,
 * what is wrong has its default too (of a list, its other items are kept) and a problem that says so. Never throws.
 */
export function parseConfig(settings: Readonly<Record<string, unknown>>): {
  readonly config: Config;
  readonly problems: readonly ConfigProblem[];
} {
  const reader = new SettingReader();
  const read = <T>(name: string, readValue: (setting: string, value: unknown) => T | null): T | null => {
    const value = Object.hasOwn(settings, name) ? settings[name] : undefined;
    return value === undefined || value === null ? null : readValue(`treeUnifier.${name}`, value);
  };
  const globs = (setting: string, value: unknown): string[] | null =>
    reader.list(setting, value, 'a list of globs, for example ["docs/archive/**"]', (at, item) =>
      reader.glob(at, item),
    );
  const file = (example: string) => (setting: string, value: unknown) =>
    value === ''
      ? null
      : readPath(reader, setting, value, `a file inside the workspace, relative to its root, for example "${example}"`);
  const pairs = read('pairs', (setting, value) => readPairs(reader, setting, value));
  const base = read('mergeBase', (setting, value) => readCommit(reader, setting, value));
  const wanted = pairs ?? [defaultPair];
  const taskFile = defaultTaskFile(wanted);
  const config: Config = {
    pairs: wanted.map((pair) => (base === null ? pair : { base, ...pair })),
    pairsAreSet: pairs !== null,
    categories: read('categories', (setting, value) => readCategories(reader, setting, value)) ?? defaultCategories,
    historical: read('historical', globs) ?? defaultHistorical,
    keep: read('keep', (setting, value) => readKeep(reader, setting, value)) ?? [],
    exclude: read('exclude', globs) ?? [],
    kinds: { ...defaultKinds, ...read('kinds', (setting, value) => readKinds(reader, setting, value)) },
    severities: {
      ...defaultSeverities,
      ...read('severities', (setting, value) => readSeverities(reader, setting, value)),
    },
    taskFile: read('taskFile', file(taskFile)) ?? taskFile,
    changelogFile: read('changelogFile', file(defaultChangelogFile)) ?? defaultChangelogFile,
    runStyle: read('runStyle', (setting, value) => reader.oneOf(setting, value, runStyles)) ?? 'module',
    entryPoints: read('entryPoints', (setting, value) => readEntryPoints(reader, setting, value)) ?? [],
  };
  return { config, problems: reader.problems };
}

/** `null`, as if not set, when none of them can be used. */
function readPairs(reader: SettingReader, setting: string, value: unknown): Config['pairs'] | null {
  const pairs = reader.list(setting, value, expectedPairs, (at, item) => readPair(reader, at, item));
  if (pairs === null || pairs.length > 0) return pairs;
  return reader.problems.length > 0 ? null : reader.wrong(setting, value, expectedPairs);
}

function readCategories(reader: SettingReader, setting: string, value: unknown): Category[] | null {
  const expected = 'a list of categories, for example [{"name": "Deployment", "globs": ["deploy/**"]}]';
  return reader.list(setting, value, expected, (at, item) => {
    const example = 'an object with name and globs, for example {"name": "Deployment", "globs": ["deploy/**"]}';
    if (!isObject(item)) return reader.wrong(at, item, example);
    const name = reader.text(`${at}.name`, item['name'], 'a name, for example "Deployment"');
    const globs = reader.list(`${at}.globs`, item['globs'], 'a list of globs, for example ["deploy/**"]', (in_, glob) =>
      reader.glob(in_, glob),
    );
    if (name === '') return reader.wrong(`${at}.name`, item['name'], 'a name, for example "Deployment"');
    return name === null || globs === null ? null : { name, globs };
  });
}

/** Globs, or `glob:text`. */
function readKeep(reader: SettingReader, setting: string, value: unknown): string[] | null {
  const expected = 'a glob, or a glob, a colon and a text, for example "tests/test_shim.py" or "scripts/*.sh:pkill -f"';
  return reader.list(setting, value, `a list of them: ${expected}`, (at, item) => {
    const given = reader.text(at, item, expected);
    if (given === null) return null;
    const entry = given.replace(/^(?:\.\/)+/u, '');
    return isGlob(entry.split(':', 1)[0] ?? '') ? entry : reader.wrong(at, item, expected);
  });
}

function readEntryPoints(reader: SettingReader, setting: string, value: unknown): Config['entryPoints'] | null {
  const expected = 'a list of backends, for example [{"name": "API", "module": "acme.api.main:app"}]';
  return reader.list(setting, value, expected, (at, item) => readEntryPoint(reader, at, item));
}

function readKinds(reader: SettingReader, setting: string, value: unknown): Partial<Config['kinds']> {
  return reader.record(setting, value, referenceKinds, (at, item) => reader.yesOrNo(at, item), '{"prose": false}');
}

function readSeverities(reader: SettingReader, setting: string, value: unknown): Partial<Config['severities']> {
  const keys = Object.keys(defaultSeverities) as SeverityKey[];
  return reader.record(setting, value, keys, (at, item) => reader.oneOf(at, item, severities), '{"live": "error"}');
}
