import { EngineError } from '../errors.ts';
import type { Tree, TreePair } from '../tree/pair.ts';
import { isObject, SettingReader } from './reader.ts';

const examplePair = '{"legacy": {"root": "old_app"}, "canonical": {"root": "src/new_app"}}';
const expectedPair = `an object with legacy and canonical, for example ${examplePair}`;
const expectedTree =
  'an object with root and, if it is not the root with dots, package, for example {"root": "old_app"}';
const expectedRoot = 'a folder inside the workspace, relative to its root, for example "src/new_app"';
const expectedPackage = 'a dotted Python package, for example "new_app.backend"';
const expectedCommit = 'the commit that made the canonical copy, for example "8a2a838ca", or "" to have it found';

export const expectedPairs = `a list of tree pairs, for example [${examplePair}]`;

/** One entry of `treeUnifier.pairs`. */
export function readPair(reader: SettingReader, setting: string, value: unknown): TreePair | null {
  if (!isObject(value)) return reader.wrong(setting, value, expectedPair);
  const legacy = readTree(reader, `${setting}.legacy`, value['legacy']);
  const canonical = readTree(reader, `${setting}.canonical`, value['canonical']);
  const base = readCommit(reader, `${setting}.base`, value['base']);
  if (legacy === null || canonical === null) return null;
  return { legacy, canonical, ...(base === null ? {} : { base }) };
}

/** A commit in any form that git understands; `null` for none. */
export function readCommit(reader: SettingReader, setting: string, value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const commit = reader.text(setting, value, expectedCommit);
  if (commit === null || commit === '') return null;
  const isUsable = !commit.startsWith('-') && !/[\s\p{Cc}]/u.test(commit);
  return isUsable ? commit : reader.wrong(setting, value, expectedCommit);
}

/**
 * The pair of `--pair legacyRoot=canonicalRoot`, or `legacyRoot:package=canonicalRoot:package`.
 * @throws EngineError `badSetting`
 */
export function parsePairFlag(flag: string): TreePair {
  const sides = flag.split('=').map((side) => /^(?<root>.*?)(?::(?<package>[^:/\\]*))?$/u.exec(side)?.groups);
  const [legacy, canonical] = sides;
  const reader = new SettingReader();
  const pair = sides.length === 2 ? readPair(reader, '--pair', { legacy, canonical }) : null;
  if (pair !== null) return pair;
  const form = 'legacyRoot=canonicalRoot or legacyRoot:package=canonicalRoot:package, for example old_app=src/new_app';
  throw new EngineError('badSetting', reader.problems[0]?.message ?? `--pair is "${flag}": expected ${form}.`);
}

function readTree(reader: SettingReader, setting: string, value: unknown): Tree | null {
  if (!isObject(value)) return reader.wrong(setting, value, expectedTree);
  const root = readPath(reader, `${setting}.root`, value['root'], expectedRoot);
  if (root === null) return null;
  const given = value['package'];
  if (given === undefined || given === null || given === '') return derivedTree(reader, `${setting}.package`, root);
  const name = reader.text(`${setting}.package`, given, expectedPackage);
  if (name === null) return null;
  return isPackage(name) ? { root, package: name } : reader.wrong(`${setting}.package`, given, expectedPackage);
}

function derivedTree(reader: SettingReader, setting: string, root: string): Tree | null {
  const name = defaultPackage(root);
  if (isPackage(name)) return { root, package: name };
  const message = `${setting} is missing, and ${root} does not make one: expected ${expectedPackage}.`;
  reader.problems.push({ setting, message });
  return null;
}

/** `src/acme/app` → `acme.app`, `tools/src/acme` → `acme`, `lib/acme` → `acme`, `acme/app` → `acme.app`. */
function defaultPackage(root: string): string {
  const segments = root.split('/');
  const source = segments.lastIndexOf('src');
  if (source >= 0) return segments.slice(source + 1).join('.');
  return segments.slice(segments[0] === 'lib' ? 1 : 0).join('.');
}

function isPackage(name: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*$/u.test(name);
}

/** A path relative to the workspace root, below it, with `/`, and no `.` or empty segments. */
export function readPath(reader: SettingReader, setting: string, value: unknown, expected: string): string | null {
  const given = reader.text(setting, value, expected);
  if (given === null) return null;
  const segments = given.split(/[/\\]/u).filter((segment) => segment !== '' && segment !== '.');
  const isAbsolute = /^(?:[/\\~]|[A-Za-z]:)/u.test(given);
  const isBelow = segments.length > 0 && !segments.includes('..') && !/\p{Cc}/u.test(given);
  return isBelow && !isAbsolute ? segments.join('/') : reader.wrong(setting, value, expected);
}
