import { findImportSites, guessImports } from '../../python/importSites.ts';
import { LineMap } from '../../text/lines.ts';

/** An import that runs as soon as its file does. */
export interface EagerImport {
  readonly module: string;
  readonly names: readonly string[];
  readonly line: number;
  /** How many dots a relative one begins with. */
  readonly level: number;
}

/** Imports at the margin, without those whose failure is caught or that only type checkers see. */
export function eagerImports(text: string): EagerImport[] {
  if (guessImports(text).length === 0) return [];
  const lines = new LineMap(text);
  return findImportSites(text)
    .filter(({ guard, forTypes, offset }) => guard === 'none' && !forTypes && isAtMargin(text, offset))
    .filter(({ segments }) => segments.length > 0)
    .map(({ segments, names = [], level, offset }) => ({
      ...{ module: segments.join('.'), names: names.map(({ name }) => name) },
      ...{ line: lines.position(offset).line, level },
    }));
}

function isAtMargin(text: string, offset: number): boolean {
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^\uFEFF?(?:from|import)\b/u.test(before);
}
