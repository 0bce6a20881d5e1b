/** Gives a variable's value; `undefined` when it is not set. */
export type Lookup = (name: string) => string | undefined;

const VARIABLE =
  /\$(?:(?<escaped>\$)|(?<plain>[A-Za-z_]\w*)|\{(?<name>[A-Za-z_]\w*)(?:(?<operator>:?[-+?])(?<word>(?:[^{}]|\{[^{}]*\})*))?\})/gu;

/**
 * Puts values in place of `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME:+instead}`. A variable that nobody sets stays as
 * it is written: it may be set where the container is started, so what holds it is not known.
 */
export function interpolate(text: string, lookup: Lookup): string {
  return text.replace(VARIABLE, (whole: string, ...found: unknown[]) => {
    const groups = found.at(-1) as Record<'escaped' | 'plain' | 'name' | 'operator' | 'word', string | undefined>;
    if (groups.escaped !== undefined) return '$';
    const value = lookup(groups.plain ?? groups.name ?? '');
    const isSet = value !== undefined && !(groups.operator?.startsWith(':') === true && value === '');
    const word = groups.word ?? '';
    if (groups.operator?.endsWith('+') === true) return isSet ? interpolate(word, lookup) : '';
    if (isSet) return value;
    return groups.operator?.endsWith('-') === true ? interpolate(word, lookup) : whole;
  });
}

/** Whether a text still holds a variable, or something else that only the machine it runs on knows. */
export function isOpen(text: string): boolean {
  return /[$~%]/u.test(text);
}

/** `NAME=value` lines, as in a `.env` file: comments, `export`, quotes. */
export function readEnvFile(text: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const line of text.split(/\r\n|\r|\n/u)) {
    const { name, value = '' } =
      /^\s*(?:export\s+)?(?<name>[A-Za-z_][\w.]*)\s*=\s*(?<value>.*)$/u.exec(line)?.groups ?? {};
    if (name === undefined) continue;
    values.set(name, readValue(value));
  }
  return values;
}

/** `'a'` as it is, `"a"` with its escapes taken for what they stand for, anything else up to a comment. */
function readValue(value: string): string {
  const single = /^'(?<inner>[^']*)'\s*(?:#.*)?$/u.exec(value)?.groups?.['inner'];
  const double = /^"(?<inner>(?:\\.|[^"\\])*)"\s*(?:#.*)?$/u.exec(value)?.groups?.['inner'];
  const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
  return (
    single ??
    double?.replace(/\\(.)/gu, (_, unit: string) => escapes[unit] ?? unit) ??
    value.replace(/(?:^|\s+)#.*$/u, '').trim()
  );
}
