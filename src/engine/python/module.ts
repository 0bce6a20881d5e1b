import { mayPutNamesByHand } from './dynamic.ts';
import type { Namespace, StarImport } from './namespace.ts';
import { mayStarImport, opensSubmodules, readNamespace } from './namespace.ts';

/** Whether a module binds a name; `maybe` where its source does not tell. */
export type Binds = 'yes' | 'no' | 'maybe';

/** One module as others see it: asked name by name, parsed only when a look at its text does not tell. */
export class Module {
  readonly #text: string;
  readonly #answers = new Map<string, Binds>();
  #namespace: Namespace | undefined;
  /** More than single names was asked for. */
  #isAskedAtLarge = false;

  constructor(text: string) {
    this.#text = text;
  }

  /** `forTypes`: names that only type checkers see count too. */
  binds(name: string, forTypes = false): Binds {
    const key = forTypes ? `${name} for types` : name;
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const answer = this.#isAbsent(name) ? 'no' : this.#lookUp(name, forTypes);
    this.#answers.set(key, answer);
    return answer;
  }

  get starImports(): readonly StarImport[] {
    this.#isAskedAtLarge = true;
    return mayStarImport(this.#text) ? this.#parsed().starImports : [];
  }

  /** It may have submodules that no file shows. */
  get opensSubmodules(): boolean {
    this.#isAskedAtLarge = true;
    return opensSubmodules(this.#text);
  }

  /** Names that a star import of the module asks for one by one: a plain, complete `__all__`. */
  get listedExports(): readonly string[] {
    const { exports, dynamic, damaged } = this.#parsed();
    return exports?.exact === true && !dynamic && !damaged ? [...exports.names] : [];
  }

  /** Whether a star import of the module takes the name, if it is there. */
  exports(name: string): Binds {
    const { exports, dynamic, damaged } = this.#parsed();
    if (exports === undefined) return name.startsWith('_') ? 'no' : 'yes';
    if (exports.names.has(name)) return 'yes';
    return exports.closed && !dynamic && !damaged ? 'no' : 'maybe';
  }

  /** Whether a new text of the module answers everything that was asked of this one alike. */
  answersLike(later: Module): boolean {
    for (const [key, answer] of this.#answers) {
      const name = key.replace(/ for types$/u, '');
      if (later.binds(name, name !== key) !== answer) return false;
    }
    if (this.#namespace !== undefined && this.#exportsText() !== later.#exportsText()) return false;
    return !this.#isAskedAtLarge || this.#manner() === later.#manner();
  }

  /** What stands nowhere in the text is bound by no statement of it. */
  #isAbsent(name: string): boolean {
    return !this.#text.includes(name) && !this.#text.includes('__getattr__') && !mayPutNamesByHand(this.#text);
  }

  #lookUp(name: string, forTypes: boolean): Binds {
    if (definesAtMargin(this.#text, name)) return 'yes';
    const { bound, forTypes: typesOnly, dynamic, damaged } = this.#parsed();
    if (bound.has(name) || (forTypes && typesOnly.has(name))) return 'yes';
    return dynamic || (damaged && new RegExp(`\\b${name}\\b`, 'u').test(this.#text)) ? 'maybe' : 'no';
  }

  #manner(): string {
    return JSON.stringify([this.starImports, this.opensSubmodules]);
  }

  #exportsText(): string {
    const { exports, dynamic, damaged } = this.#parsed();
    const listed = exports === undefined ? null : [[...exports.names], exports.exact, exports.closed];
    return JSON.stringify([listed, dynamic, damaged]);
  }

  #parsed(): Namespace {
    return (this.#namespace ??= readNamespace(this.#text));
  }
}

/**
 * `def name`, `class name` or `name =` without indentation, outside of any triple-quoted string: most names are found so,
 * many times faster than by a parse. `false` says nothing.
 */
function definesAtMargin(text: string, name: string): boolean {
  if (!/^\w+$/u.test(name)) return false;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (bindsAt(text, at, name)) return !isInString(text, at) && !mayDelete(text, name);
  }
  return false;
}

const DEFINES = /^(?:(?:async[ \t]+)?def|class)[ \t]+$/u;
const ENDS = /(?!\w)/uy;
const ASSIGNS = /[ \t]*(?::[^=\n]*)?=[^=]/uy;

function bindsAt(text: string, at: number, name: string): boolean {
  const before = text.slice(text.lastIndexOf('\n', at) + 1, at);
  const after = before === '' ? ASSIGNS : DEFINES.test(before) ? ENDS : undefined;
  if (after === undefined) return false;
  after.lastIndex = at + name.length;
  return after.test(text);
}

function isInString(text: string, at: number): boolean {
  return ['"""', "'''"].some((quote) => {
    let isOpen = false;
    for (let next = text.indexOf(quote); next >= 0 && next < at; next = text.indexOf(quote, next + 3)) isOpen = !isOpen;
    return isOpen;
  });
}

function mayDelete(text: string, name: string): boolean {
  return /\bdel\b/u.test(text) && new RegExp(`\\bdel\\b[^\\n]*\\b${name}\\b`, 'u').test(text);
}
