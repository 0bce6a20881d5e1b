import type { ModuleNames } from './definitions.ts';
import { readModuleNames } from './definitions.ts';

/** One module as others see it: asked name by name, parsed only when a look at its margin does not tell. */
export class Module {
  readonly #text: string;
  readonly #answers = new Map<string, boolean>();
  #names: ModuleNames | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  binds(name: string): boolean {
    const known = this.#answers.get(name);
    if (known !== undefined) return known;
    const answer = definesAtMargin(this.#text, name) || this.#parsed().bound.has(name);
    this.#answers.set(name, answer);
    return answer;
  }

  /** Any name may be there: a module-level `__getattr__`, or names put in place by hand. */
  get isDynamic(): boolean {
    return this.#parsed().dynamic;
  }

  get starImports(): ModuleNames['starImports'] {
    return this.#parsed().starImports;
  }

  /** Whether a new text of the module answers everything that was asked of this one alike. */
  answersLike(later: Module): boolean {
    for (const [name, answer] of this.#answers) if (later.binds(name) !== answer) return false;
    if (this.#names === undefined) return true;
    return this.isDynamic === later.isDynamic && JSON.stringify(this.starImports) === JSON.stringify(later.starImports);
  }

  #parsed(): ModuleNames {
    return (this.#names ??= readModuleNames(this.#text));
  }
}

/**
 * `def name`, `class name` or `name =` without indentation, outside of any triple-quoted string: most names are found so,
 * many times faster than by a parse. `false` says nothing.
 */
function definesAtMargin(text: string, name: string): boolean {
  if (!/^\w+$/u.test(name)) return false;
  const match = new RegExp(
    `^(?:(?:async[ \\t]+)?def|class)[ \\t]+${name}\\b|^${name}[ \\t]*(?::[^=\\n]*)?=[^=]`,
    'mu',
  ).exec(text);
  if (match === null) return false;
  const before = text.slice(0, match.index);
  return (before.split('"""').length - 1) % 2 === 0 && (before.split("'''").length - 1) % 2 === 0;
}
