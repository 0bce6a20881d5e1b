import type * as vscode from 'vscode';
import { EngineError, type DepthFinding, type Reference, type Rewrite, type TextEdit } from '../../engine/index.ts';
import type { FolderModel } from '../folders/index.ts';
import { readText, type FileText } from '../text/fileText.ts';

/** A file's references with the very text that their offsets count in. */
export interface FreshFile {
  readonly file: FileText;
  readonly references: readonly Reference[];
  readonly depth: readonly DepthFinding[];
}

/** Measures a file right before it is edited; `undefined` when it changed meanwhile, is gone, or is not text. */
export async function readFresh(
  folder: FolderModel,
  path: string,
  token: vscode.CancellationToken,
): Promise<FreshFile | undefined> {
  try {
    const before = await readText(folder, path);
    const references = await folder.referencesIn(path, token);
    const depth = await folder.depthSensitiveIn(path);
    const file = await readText(folder, path);
    return file === undefined || token.isCancellationRequested || file.text !== before?.text
      ? undefined
      : { file, references, depth };
  } catch (error) {
    if (token.isCancellationRequested || error instanceof EngineError) return undefined;
    throw error;
  }
}

/**
 * The edits of several rewrites, each once. Of two rewrites that want different things of the same place, the first
 * is taken whole and the other is left out whole.
 */
export function mergeEdits(rewrites: readonly Rewrite[]): TextEdit[] {
  const merged = new Map<string, TextEdit>();
  for (const { edits } of rewrites) {
    const news = edits.filter((edit) => !merged.has(keyOf(edit)));
    if (news.some((edit) => [...merged.values()].some((other) => overlap(edit, other)))) continue;
    for (const edit of news) merged.set(keyOf(edit), edit);
  }
  return [...merged.values()].sort((a, b) => a.start - b.start);
}

function keyOf({ start, end, newText }: TextEdit): string {
  return `${start}:${end}:${newText}`;
}

function overlap(a: TextEdit, b: TextEdit): boolean {
  return a.start === b.start || (a.start < b.end && b.start < a.end);
}
