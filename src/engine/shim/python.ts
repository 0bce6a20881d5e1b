/** A Python string literal. JSON's escapes are Python's. */
export function literal(text: string): string {
  return JSON.stringify(text);
}

/** Text for the inside of a docstring: a path may hold what would end it. */
export function inDocstring(text: string): string {
  return literal(text).slice(1, -1);
}

/** `workers/run.py` is `workers.run`; `undefined` for a file that no import can name. */
export function moduleOf(path: string): string | undefined {
  const module = /^((?:[^./]+\/)*[^./]+)\.py$/u.exec(path)?.[1];
  return module?.replaceAll('/', '.');
}
