import type { Broken } from './brokenImports.ts';
import type { TreeTexts } from './treeTexts.ts';

/** Tells people what is missing and, where one place is known, where such a thing is. */
export class ImportMessages {
  readonly #texts: TreeTexts;

  constructor(texts: TreeTexts) {
    this.#texts = texts;
  }

  /** One sentence or two; `names`: what a missing module is asked for. */
  async message(broken: Broken, names: readonly string[], traits: readonly string[]): Promise<string> {
    const hint = (await isInLegacy(broken))
      ? 'only the legacy tree has it'
      : broken.kind === 'outside'
        ? undefined
        : await this.#elsewhere(broken, names);
    const sentence = `${whatIsMissing(broken)}${hint === undefined ? '' : `; ${hint}`}.`;
    return [sentence, ...traits].join(' ');
  }

  async #elsewhere(broken: Broken, names: readonly string[]): Promise<string | undefined> {
    const tree = broken.scope.pair.canonical;
    if (broken.kind === 'module') {
      const paths = await this.#texts.paths(tree);
      const place = only(paths.filter((path) => isModuleNamed(path, broken.segments.at(-1) ?? '')));
      if (place !== undefined) return `there is ${place}`;
    }
    const [name] = broken.name === undefined ? names.filter((one) => one !== '*') : [broken.name];
    if (name === undefined || !/^\w+$/u.test(name)) return undefined;
    const defines = new RegExp(
      `^(?:(?:async[ \\t]+)?def|class)[ \\t]+${name}\\b|^${name}[ \\t]*(?::[^=\\n]*)?=[^=]`,
      'mu',
    );
    const texts = await this.#texts.all(tree);
    const place = only(texts.flatMap(([path, text]) => (text.includes(name) && defines.test(text) ? [path] : [])));
    return place === undefined ? undefined : `${place} defines ${broken.kind === 'module' ? name : 'it'}`;
  }
}

function whatIsMissing({ kind, scope, segments, name }: Broken): string {
  const module = [scope.pair.canonical.package, ...segments].join('.');
  switch (kind) {
    case 'module':
      return `There is no module ${module}`;
    case 'name':
      return `${module} has no name ${name ?? ''}`;
    case 'export':
      return `${module} lists ${name ?? ''} in __all__ and has no such name, so this import fails`;
    case 'outside':
      return `The relative import leads out of ${scope.pair.canonical.package}${segments.length === 0 ? '' : `, to ${segments.join('/')}, where nothing is`}`;
  }
}

/** Whether the legacy tree has what is missing in the canonical one. */
export async function isInLegacy({ kind, scope, segments, name }: Broken): Promise<boolean> {
  if (kind === 'outside' || (await scope.legacy.importable(segments)) !== 'resolved') return false;
  if (kind === 'module') return true;
  return name !== undefined && (await scope.legacy.member(segments, name)) === 'resolved';
}

function isModuleNamed(path: string, name: string): boolean {
  return new RegExp(`(?:^|/)${name}(?:\\.py|/__init__\\.py)$`, 'u').test(path);
}

function only(places: readonly string[]): string | undefined {
  return places.length === 1 ? places[0] : undefined;
}
