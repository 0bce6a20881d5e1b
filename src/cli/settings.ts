import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser';
import { EngineError } from '../engine/index.ts';
import type { FileSystem } from '../engine/index.ts';

const settingsFile = '.vscode/settings.json';
const section = 'treeUnifier.';

/**
 * The settings `treeUnifier.*` of the workspace, without that prefix; none when there is no settings file.
 * @throws EngineError `unreadable` or `badSetting` when it cannot be read or is not JSON with comments.
 */
export async function readSettings(files: FileSystem): Promise<Record<string, unknown>> {
  if ((await files.stat(settingsFile)).kind === 'missing') return {};
  const text = new TextDecoder().decode(await files.read(settingsFile));
  const errors: ParseError[] = [];
  const parsed: unknown = parse(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const [error] = errors;
  if (error !== undefined) {
    const what = printParseErrorCode(error.error);
    throw new EngineError('badSetting', `${settingsFile}, ${position(text, error.offset)}: not valid JSON (${what}).`);
  }
  if (typeof parsed !== 'object' || parsed === null) return {};
  return Object.fromEntries(
    Object.entries(parsed)
      .filter(([name]) => name.startsWith(section))
      .map(([name, value]: [string, unknown]) => [name.slice(section.length), value]),
  );
}

function position(text: string, offset: number): string {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/u);
  return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
}
