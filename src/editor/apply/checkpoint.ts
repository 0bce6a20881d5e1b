import type * as vscode from 'vscode';
import { throwIfCancelled, type PhaseId } from '../../engine/index.ts';
import type { DiskWriters } from '../adapters.ts';

/**
 * Takes a checkpoint, and answers its name; none stays where that was cancelled.
 * @param creates files that are about to be made
 * @throws CancelledError
 */
export async function takeCheckpoint(
  { checkpoints }: DiskWriters,
  phase: PhaseId,
  creates: readonly string[],
  token: vscode.CancellationToken,
): Promise<string> {
  const { name } = await checkpoints.create(phase, creates, token);
  if (token.isCancellationRequested) await checkpoints.remove(name);
  throwIfCancelled(token);
  return name;
}
