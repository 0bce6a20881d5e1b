import { EngineError } from '../errors.ts';
import type { TreePair } from '../tree/pair.ts';
import { childrenOf, earlyText } from './early.ts';
import { packageText } from './package.ts';
import { moduleOf } from './python.ts';
import type { Script } from './script.ts';
import { scriptText } from './script.ts';
import { testText } from './testFile.ts';

export interface ShimOptions {
  /** All files of the canonical tree, relative to its root. */
  readonly files: readonly string[];
  /**
   * Those of them that people start by their path: Python files with `if __name__ == "__main__"`. `main.py` and
   * `__main__.py` need not be named. One that no import can name (`tools/v1.2.py`) gets no file of its own.
   */
  readonly scripts: readonly string[];
  /** The last day of the shim, `2026-06-30`. */
  readonly expires: string;
}

export interface ShimFile {
  /** Workspace path, below the legacy root. */
  readonly path: string;
  readonly text: string;
}

/**
 * The files that stand in for the legacy tree once it is gone: the package that forwards every import, one small
 * file for each of its children and for each program that is started by its path, and a test of it all. Sorted by path; the same for the same input.
 * @throws EngineError `badSetting` when `expires` is no date
 */
export function shimFiles(pair: TreePair, options: ShimOptions): readonly ShimFile[] {
  const { expires } = options;
  if (!isDate(expires)) {
    throw new EngineError('badSetting', `"${expires}" is no date: write the last day of the shim as 2026-06-30.`);
  }
  const scripts = scriptsOf(options);
  const testName = freeTestName(options.files);
  const texts = new Map([
    ...childrenOf(options.files).map((child) => [`${child}.py`, earlyText(pair, child, expires)] as const),
    ...scripts.map((script) => [script.path, scriptText(pair, script, expires)] as const),
    ['__init__.py', packageText(pair, expires)],
    [testName, testText(pair, `${pair.legacy.root}/${testName}`, scripts, expires)],
  ]);
  const files = [...texts].map(([path, text]) => ({ path: `${pair.legacy.root}/${path}`, text }));
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Whether a Python text does something when it is started by its path, by the look of its margin. */
export function isScript(text: string): boolean {
  return /^if[ \t(]+__name__[ \t]*==[ \t]*["']__main__["']/mu.test(text);
}

function scriptsOf({ files, scripts }: ShimOptions): Script[] {
  const started = new Set(scripts);
  const isStarted = (path: string): boolean =>
    started.has(path) || path === 'main.py' || /(?:^|\/)__main__\.py$/u.test(path);
  return files
    .filter((path) => isStarted(path) && !/(?:^|\/)__init__\.py$/u.test(path))
    .sort()
    .flatMap((path) => {
      const module = moduleOf(path);
      return module === undefined ? [] : [{ path, module }];
    });
}

/** A name that no module of the canonical tree has: that module would be imported in the place of the test. */
function freeTestName(files: readonly string[]): string {
  const taken = new Set(files.map((path) => path.split('/')[0]));
  let name = 'test_shim';
  while (taken.has(`${name}.py`) || taken.has(name)) name += '_of_names';
  return `${name}.py`;
}

function isDate(text: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}$/u.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  return day !== undefined && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
