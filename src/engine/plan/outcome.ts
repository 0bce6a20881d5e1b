import { EngineError } from '../errors.ts';
import { applyEdits } from '../text/edit.ts';
import { compareText } from '../tree/files.ts';
import type { Change, EditChange } from './model.ts';

/** What one file becomes: the form in which every applier takes a plan. */
export interface FileOutcome {
  readonly path: string;
  /** `undefined`: the file must not be there. */
  readonly before: Uint8Array | undefined;
  /** `undefined`: it goes. */
  readonly after: Uint8Array | undefined;
  /** The executable bit afterwards; as it is when absent. */
  readonly executable?: boolean;
}

/**
 * Changes gathered file by file, sorted by path: exactly one outcome for each path.
 * @throws RangeError when two changes of one file contradict each other, which is a defect of whoever made the plan.
 */
export function outcomesOf(changes: readonly Change[]): FileOutcome[] {
  const byPath = new Map<string, Change[]>();
  for (const change of changes) byPath.set(change.path, [...(byPath.get(change.path) ?? []), change]);
  return [...byPath.values()].map(outcomeOf).sort((a, b) => compareText(a.path, b.path));
}

function outcomeOf(changes: readonly Change[]): FileOutcome {
  const [first, ...others] = changes;
  if (first === undefined) throw new RangeError('A file without a change.');
  if (first.type === 'edit') return edited(first, changes);
  if (others.length > 0) throw new RangeError(`${first.path} has a ${first.type} and other changes.`);
  if (first.type === 'delete') return { path: first.path, before: first.before, after: undefined };
  return { path: first.path, before: undefined, after: first.content, executable: first.executable };
}

function edited(first: EditChange, changes: readonly Change[]): FileOutcome {
  const edits = changes.map((change) => {
    if (change.type !== 'edit' || (change.content !== undefined && changes.length > 1))
      throw new RangeError(`${first.path} has changes that contradict each other.`);
    return change;
  });
  const executable = edits.find((change) => change.executable !== undefined)?.executable;
  const after = first.content ?? editedBytes(first, edits);
  return { path: first.path, before: first.before, after, ...(executable === undefined ? {} : { executable }) };
}

function editedBytes({ path, before }: EditChange, changes: readonly EditChange[]): Uint8Array {
  const edits = changes.flatMap((change) => change.edits);
  if (edits.length === 0) return before;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(before);
    return new TextEncoder().encode(applyEdits(text, edits));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new EngineError('unreadable', `${path} is not UTF-8: its text cannot be edited.`);
  }
}

/** The files that are not there before the changes. */
export function createdBy(changes: readonly Change[]): string[] {
  return outcomesOf(changes).flatMap(({ path, before }) => (before === undefined ? [path] : []));
}
