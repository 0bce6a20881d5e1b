import type { JSONPath } from 'jsonc-parser';
import { nearbyLine } from '../../text/lines.ts';
import type { Mention } from '../../tree/names.ts';
import { isCommandBefore, judgeCommand } from '../commandLine.ts';
import type { Judgement, Scanner, Source } from '../judgement.ts';
import { judgeByForm } from '../judgement.ts';
import { imageRest } from '../image.ts';
import { ordinaryKeyReason, ordinaryReason } from '../ownName.ts';
import { askedByKey, snakeCase } from '../variables.ts';
import { jsonPaths } from './jsonPaths.ts';

/** Keys whose value names a package, where the name alone would not tell; `-` counts as `_`. */
const DOTTED_KEY =
  /^(?:module|modules|qual_names?|package|packages|py_modules|root_packages?|known_first_party|known_local_folder|src_packages|source_pkgs|source_modules|forbidden_modules|entry_?point|name_prefix|qualname|logger|loggers|include_package|plugins|mypackage)$/iu;
/** Keys whose value is a path. */
const PATH_KEY =
  /^(?:testpaths|pythonpath|script_location|version_locations|context|dockerfile|volumes|paths?|src|include|exclude|omit|source|files|cwd|working_directory|build|directory|dirs?|root|norecursedirs|mypy_path|prepend_sys_path|target|watch|reload_dirs?|extend_exclude|per_file_ignores|where|changedir|targets|src_paths|members|workspaces|only_include|exclude_dirs|changes|sources|pytest_args|extra_paths)$/iu;
/** Keys whose value is a name that somebody chose: of a container, a database, a branch. */
const OWN_KEY =
  /^(?:container_name|hostname|namespace|images?|networks?|branch|branches|database|db|db_name|dbname|schema|user|username|tag|tags|postgres_db|postgres_user|mysql_database|compose_project_name|queue|queue_name|topic|depends_on|needs|stages?|links|service|profiles|keywords)$/iu;
/** Keys whose value is a text for people. */
const TEXT_KEY = /^(?:name|title|description|summary|comment|message|display_?name|help|id)$/iu;
/** Tables whose keys, or whose patterns, are packages. */
const PACKAGE_SECTION = /(?:packages\.find|options\.packages\.find|package[-_]data|exclude[-_]package[-_]data)/iu;

/** INI, JSON, ignore files, and what no parser of its own reads: a value is read by its key, a command by its words. */
export const configScanner: Scanner = {
  name: 'config',
  judge: (source) => source.mentions.map((mention) => judgeValue(source, mention)),
};

/** One value by the key on its line or above it. */
export function judgeValue(source: Source, mention: Mention): Judgement {
  const line = nearbyLine(source.text, mention.start);
  const before = isJson(source) ? valueBefore(source, mention) : line.text.slice(0, mention.start - line.start);
  if (/^\s*(?:#|;|\/\/)/u.test(before)) return judgeCommand(source, mention, 'prose');
  if (isCommandBefore(before) || /(?:^|\/)MANIFEST\.in$/u.test(source.path))
    return judgeCommand(source, mention, 'command');
  // What is to be ignored need not be there.
  if (/ignore$|\.gitattributes$/iu.test(source.path)) {
    const judged = withoutTarget(judgeByForm(source, mention, 'config', { as: 'path' }));
    return mention.form === 'dotted' ? { ownName: 'A file of its own name, not the package.', ...judged } : judged;
  }
  const key = keyOf(source, mention, line.start, before);
  if (mention.form === 'bare' && key !== 'where' && isPackageSection(sectionOf(source.text, line.start)))
    return judgeByForm(source, mention, 'config', { as: 'dotted' });
  if (/(?:^|\/)CODEOWNERS$/u.test(source.path) && /^\s*$/u.test(before))
    return judgeByForm(source, mention, 'config', { as: 'path' });
  if (isKey(source.text, mention, before))
    return judgeSetting(source, mention, /^package[-_]dir$/u.test(key) ? 'package' : '');
  return judgeSetting(source, mention, key);
}

function isJson({ path }: Source): boolean {
  return /\.json[c5]?$/iu.test(path);
}

const paths = new WeakMap<Source, ReadonlyMap<number, JSONPath>>();

/** Where a mention stands in a JSON file. */
function pathAt(source: Source, { start }: Mention): JSONPath {
  let known = paths.get(source);
  if (known === undefined) {
    const offsets = source.mentions.map((mention) => mention.start).sort((a, b) => a - b);
    const found = jsonPaths(source.text, offsets);
    known = new Map(offsets.map((offset, at) => [offset, found[at] ?? []]));
    paths.set(source, known);
  }
  return known.get(start) ?? [];
}

/** The value up to the mention, and of a list the items before: a line of JSON may hold many values. */
function valueBefore(source: Source, mention: Mention): string {
  const { text } = source;
  const before = text.slice(nearbyLine(text, mention.start).start, mention.start);
  const at = pathAt(source, mention).at(-1);
  const from = typeof at === 'number' ? before.lastIndexOf('[') : before.lastIndexOf(JSON.stringify(at));
  return from < 0 ? before : before.slice(from);
}

/** `pkg = x`, where the name is what is set. */
function isKey(text: string, mention: Mention, before: string): boolean {
  return (
    mention.form === 'bare' &&
    /^\s*["']?$/u.test(before) &&
    /^["']?[ \t]*[=:]/u.test(text.slice(mention.end, mention.end + 20))
  );
}

/** A table whose keys or patterns are packages, by its dotted name. */
export function isPackageSection(section: string): boolean {
  return PACKAGE_SECTION.test(section);
}

/** A value by its own form, or where it has none by what its key takes. */
export function judgeSetting(source: Source, mention: Mention, key: string): Judgement {
  const name = snakeCase(key);
  const asked = askedByKey(key);
  const as = asksNothing(source, name)
    ? undefined
    : ((name.includes('location') ? resourceOf(source, mention) : undefined) ??
      formOf(name) ??
      (asked === 'own' ? undefined : asked));
  const isText = as === undefined && (key === '' || TEXT_KEY.test(name));
  const ordinary =
    as === undefined
      ? (ordinaryKeyReason(source.text, mention) ?? (isText ? ordinaryReason(source.text, mention) : undefined))
      : undefined;
  const judged = judgeByForm(source, mention, 'config', { as });
  if (ordinary !== undefined) return { ...judged, ownName: ordinary };
  const isAlone = mention.form === 'bare';
  const isOwn =
    (isAlone && as === undefined && (OWN_KEY.test(name) || asked === 'own')) ||
    (IMAGE_KEY.test(name) && (isAlone || (mention.form === 'path' && imageRest(source.text, mention) !== undefined)));
  if (!isOwn) return judged;
  const ownName = `The value of \`${key}\` is a name of its own.`;
  return isAlone || mention.tail.length === 0 ? { ...judged, ownName } : { ...judged, ownName, ownUnlessThere: true };
}

/** In JSON, where anything may stand, these say less than in the configuration of a tool. */
function asksNothing(source: Source, key: string): boolean {
  return isJson(source) && /^(?:source|target|build)$/u.test(key);
}

const IMAGE_KEY = /^(?:(?:\w+_)?images?(?:_(?:name|ref|repo|repository|tag))?|tags?|repository)$/iu;

/** `pkg:migrations` is a resource of a package, as alembic takes it. */
function resourceOf({ text }: Source, mention: Mention): 'dotted' | undefined {
  return mention.form === 'bare' &&
    /^:[\p{L}_][\p{L}\p{N}_]*(?![:/\\\p{L}\p{N}_])/u.test(text.slice(mention.end, mention.end + 80))
    ? 'dotted'
    : undefined;
}

function formOf(key: string): 'dotted' | 'path' | undefined {
  if (DOTTED_KEY.test(key)) return 'dotted';
  return PATH_KEY.test(key) ? 'path' : undefined;
}

function withoutTarget({ mention, kind, rewrites, review, ownName }: Judgement): Judgement {
  return {
    mention,
    kind,
    rewrites,
    ...(review === undefined ? {} : { review }),
    ...(ownName === undefined ? {} : { ownName }),
  };
}

/** The TOML table or INI section that a line stands in. */
function sectionOf(text: string, lineStart: number): string {
  const above = text.slice(0, lineStart).matchAll(/^[ \t]*\[{1,2}([^\]\n]+)\]{1,2}[ \t]*(?:[#;].*)?$/gmu);
  return [...above].at(-1)?.[1] ?? '';
}

/** The key of a value: JSON is parsed; elsewhere it is on this line, or for an item of a list above it. */
function keyOf(source: Source, mention: Mention, lineStart: number, before: string): string {
  if (isJson(source)) {
    return pathAt(source, mention).findLast((segment) => typeof segment === 'string') ?? '';
  }
  const own = /^\s*(?:-\s+)?["']?([\w.-]+)["']?\s*[:=]/u.exec(before)?.[1];
  if (own !== undefined) return own;
  const indentation = /^\s*/u.exec(before)?.[0].length ?? 0;
  const above = source.text.slice(Math.max(0, lineStart - 4000), lineStart).split(/\r?\n/u);
  for (const line of above.reverse()) {
    const key = /^(\s*)(?:-\s+)?["']?([\w.-]+)["']?\s*[:=]\s*[[{]?\s*$/u.exec(line);
    // A list of YAML may stand at its key's own depth; one of TOML or INI ends before the next key.
    if (key !== null) return (key[1]?.length ?? 0) <= indentation ? (key[2] ?? '') : '';
    if (/^\S.*[:=]/u.test(line)) return '';
  }
  return '';
}
