import type { Asked } from './commandWords.ts';
import { askedBy } from './commandWords.ts';

const ASSIGNMENTS = [
  // `NAME=x`, `set "NAME=x"`, `$name = "x"`, `NAME := x`, `ENV NAME x`
  /(?:^|[\s;"'(])(?:\$(?:env:|script:|global:)?)?(?<name>[A-Za-z_]\w*)[ \t]*[:?+]?=[ \t]*["']?$/u,
  /^\s*(?:ENV|ARG)\s+(?<name>[A-Za-z_]\w*)\s+["']?$/u,
  // `${NAME:-x}`
  /\$\{(?<name>[A-Za-z_]\w*):?[-=]["']?$/u,
  // `PYTHONPATH=.:x`
  /(?:^|[\s;"'])(?<name>\w*PATH)=[^\s"']*[:;]$/u,
];

/** The variable that a name is assigned to, by what stands before it on its line. */
export function assignedVariable(before: string): string | undefined {
  for (const assignment of ASSIGNMENTS) {
    const name = assignment.exec(before)?.groups?.['name'];
    if (name !== undefined) return name;
  }
  return undefined;
}

/** What a variable's uses in the same text ask of it; where they tell nothing, what its own name says. */
export function askedByVariable(text: string, name: string): Asked | undefined {
  const asked = new Set<Asked>();
  const use = new RegExp(
    String.raw`(?:\$\{?|\$\(|%|\$env:|\{\{\s*)${name}(?![\w])(?:\s*\}\}|[})%])?(?=(?<next>["']?[\\/]|[.:]\w)?)`,
    'gu',
  );
  for (const match of text.matchAll(use)) {
    const next = match.groups?.['next'];
    if (next !== undefined) asked.add(/[\\/]$/u.test(next) ? 'path' : 'dotted');
    else {
      const lineStart = text.lastIndexOf('\n', match.index - 1) + 1;
      const form = askedBy(text.slice(lineStart, match.index), false);
      if (form !== undefined) asked.add(form);
    }
  }
  if (asked.size > 1) return undefined;
  const [only] = asked;
  return only ?? askedByKey(name);
}

const PATH_WORDS = /(?:^|_)(?:dirs?|paths?|roots?|folders?|director(?:y|ies)|pythonpath|home|cwd)$/u;
const MODULE_WORDS = /(?:^|_)(?:modules?|packages?|pkgs?|flask_app|app_module)$/u;
const OWN_WORDS =
  /(?:^|_)(?:db|dbname|database|db_name|image|image_name|container|container_name|user|username|branch|bucket|schema|host|hostname|project_name|org|organization|owner|queue|topic|(?:runtime|state|logs|cache|configuration)_directory)$/u;

/** What the name of a variable or a key says by itself: `BACKEND_DIR`, `workingDirectory`, `POSTGRES_DB`. */
export function askedByKey(key: string): Asked | undefined {
  const name = snakeCase(key);
  if (OWN_WORDS.test(name)) return 'own';
  if (PATH_WORDS.test(name)) return 'path';
  return MODULE_WORDS.test(name) ? 'dotted' : undefined;
}

/** `python.analysis.extraPaths` → `extra_paths`: the last part, in words. */
export function snakeCase(key: string): string {
  return (key.split('.').at(-1) ?? '')
    .replace(/([a-z\d])([A-Z])/gu, '$1_$2')
    .replaceAll('-', '_')
    .toLowerCase();
}
