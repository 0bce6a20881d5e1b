import picomatch from 'picomatch';

/** A setting that cannot be used as it is; the default, or the rest of the list, is used instead. */
export interface ConfigProblem {
  /** Where: `treeUnifier.pairs[0].legacy.root`. */
  readonly setting: string;
  /** One sentence for people: the setting, what is wrong with it, what is expected, an example. */
  readonly message: string;
}

/** Reads values of unknown shape, and notes what is wrong with them; `null` stands for a value that cannot be used. */
export class SettingReader {
  readonly problems: ConfigProblem[] = [];

  /** @param expected What would be right, with an example: `a list of globs, for example ["docs/**"]`. */
  wrong(setting: string, value: unknown, expected: string): null {
    const what = value === undefined ? 'missing' : show(value);
    this.problems.push({ setting, message: `${setting} is ${what}: expected ${expected}.` });
    return null;
  }

  text(setting: string, value: unknown, expected: string): string | null {
    if (typeof value === 'string') return value.trim();
    return this.wrong(setting, value, expected);
  }

  oneOf<T extends string>(setting: string, value: unknown, allowed: readonly T[]): T | null {
    const found = allowed.find((one) => one === value);
    return found ?? this.wrong(setting, value, `one of ${allowed.map((one) => `"${one}"`).join(', ')}`);
  }

  yesOrNo(setting: string, value: unknown): boolean | null {
    return typeof value === 'boolean' ? value : this.wrong(setting, value, 'true or false');
  }

  /** The items that are right; those that are not are noted and left out. `null` when it is no list at all. */
  list<T>(
    setting: string,
    value: unknown,
    expected: string,
    readItem: (setting: string, item: unknown) => T | null,
  ): T[] | null {
    if (!Array.isArray(value)) return this.wrong(setting, value, expected);
    return value.map((item: unknown, i) => readItem(`${setting}[${i}]`, item)).filter((item) => item !== null);
  }

  /** The known keys of an object whose values are right. */
  record<K extends string, V>(
    setting: string,
    value: unknown,
    keys: readonly K[],
    readValue: (setting: string, value: unknown) => V | null,
    example: string,
  ): Partial<Record<K, V>> {
    const expected = `an object with some of the keys ${keys.join(', ')}, for example ${example}`;
    if (!isObject(value)) {
      this.wrong(setting, value, expected);
      return {};
    }
    const read: Partial<Record<K, V>> = {};
    for (const [name, item] of Object.entries(value)) {
      const key = keys.find((known) => known === name);
      if (key === undefined) {
        this.problems.push({ setting, message: `${setting} has the unknown key ${show(name)}: expected ${expected}.` });
        continue;
      }
      const found = readValue(`${setting}.${name}`, item);
      if (found !== null) read[key] = found;
    }
    return read;
  }

  glob(setting: string, value: unknown): string | null {
    const expected = 'a glob of files relative to the workspace root, with /, for example "docs/archive/**"';
    const given = this.text(setting, value, expected);
    if (given === null) return null;
    const glob = given.replace(/^(?:\.\/)+/u, '');
    return isGlob(glob) ? glob : this.wrong(setting, value, expected);
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isGlob(glob: string): boolean {
  if (glob === '') return false;
  try {
    // A broken pattern, say `docs/[`, is taken as it stands; one that is far too long throws.
    return picomatch.makeRe(glob, { dot: true }) instanceof RegExp;
  } catch {
    return false;
  }
}

/** The value as JSON, short enough for a sentence. */
function show(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
