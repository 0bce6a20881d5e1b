import { EngineError } from '../errors.ts';
import type { FileSystem } from '../ports.ts';
import type { KnownFinding } from './finding.ts';
import { keyText, sorted } from './finding.ts';
import { findingKinds } from './rules.ts';

const version = 1;

/** Findings that are accepted for now. */
export type Baseline = readonly KnownFinding[];

/**
 * The text of a baseline file: one line a key, sorted, so that a change of one finding changes one line.
 */
export function formatBaseline(baseline: Baseline): string {
  const lines = sorted(baseline).map(
    ({ path, kind, text, count }) => `    ${JSON.stringify({ path, kind, text, count })}`,
  );
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `{\n  "version": ${version},\n  "findings": ${list}\n}\n`;
}

/**
 * @param file For the message alone.
 * @throws EngineError `badSetting` for a text that is no baseline.
 */
export function parseBaseline(text: string, file: string): Baseline {
  const parsed = parseJson(text, file);
  if (!isObject(parsed) || !Array.isArray(parsed['findings'])) throw damaged(file, 'it has no list of findings');
  if (parsed['version'] !== version) {
    throw damaged(file, `it is not of version ${version}, which this program reads`);
  }
  const entries: unknown[] = parsed['findings'];
  const known = entries.map((entry, at) => readEntry(entry, at, file));
  const seen = new Set<string>();
  for (const [at, one] of known.entries()) {
    // Two branches merged line by line may both have added it.
    if (seen.has(keyText(one))) throw damaged(file, `entry ${at + 1} says again what an earlier one says`);
    seen.add(keyText(one));
  }
  return known;
}

/**
 * Reads the baseline of the workspace.
 * @param file Workspace path.
 * @throws EngineError `unreadable` when it is not there, `badSetting` when it is damaged.
 */
export async function readBaseline(files: FileSystem, file: string): Promise<Baseline> {
  if ((await files.stat(file)).kind !== 'file') {
    throw new EngineError(
      'unreadable',
      `There is no baseline file ${file}. Make it with tree-unifier check --baseline ${file} --write-baseline.`,
    );
  }
  return parseBaseline(new TextDecoder().decode(await files.read(file)), file);
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/u, ''));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw damaged(file, 'it is not JSON');
  }
}

function readEntry(entry: unknown, at: number, file: string): KnownFinding {
  const { path, kind, text, count } = isObject(entry) ? entry : {};
  const known = findingKinds.find((one) => one === kind);
  const isCount = typeof count === 'number' && Number.isInteger(count) && count > 0;
  if (typeof path === 'string' && known !== undefined && typeof text === 'string' && isCount) {
    return { path, kind: known, text, count };
  }
  throw damaged(file, `entry ${at + 1} needs a path, a kind, a text and a count above 0`);
}

function damaged(file: string, why: string): EngineError {
  const mend = `Put it back from version control, or delete it and make it anew with tree-unifier check --baseline ${file} --write-baseline.`;
  return new EngineError('badSetting', `The baseline file ${file} is damaged: ${why}. ${mend}`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
