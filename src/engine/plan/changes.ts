import type { Version } from '../history/merge/model.ts';
import { isSure, type Reference } from '../references/model.ts';
import { decode, sameBytes } from '../text/decode.ts';
import { lineEdits } from '../text/diff.ts';
import type { TextEdit } from '../text/edit.ts';
import { compareText } from '../tree/files.ts';
import type { DepthFinding } from '../verify/model.ts';
import type { Change, ChangeKind, EditChange, Plan } from './model.ts';

interface About {
  readonly path: string;
  readonly category: string;
  readonly kind: ChangeKind;
  readonly reason: string;
  /** Not when absent. */
  readonly needsReview?: boolean;
}

/** The change that makes a file what it is to be; `undefined` when it is that already. */
export function fileChange(about: About, before: Version | undefined, after: Version | undefined): Change | undefined {
  const common = { needsReview: false, ...about };
  if (before === undefined)
    return after && { ...common, type: 'create', content: after.bytes, executable: after.executable };
  if (after === undefined) return { ...common, type: 'delete', before: before.bytes };
  const [old, now] = [decode(before.bytes), decode(after.bytes)];
  const isText = old.kind === 'text' && now.kind === 'text' && old.encoding === 'utf-8' && now.encoding === 'utf-8';
  const edits = isText ? lineEdits(old.text, now.text) : [];
  const isSame = isText ? edits.length === 0 : sameBytes(before.bytes, after.bytes);
  if (isSame && before.executable === after.executable) return undefined;
  return {
    ...common,
    type: 'edit',
    before: before.bytes,
    edits,
    ...(isText ? {} : { content: after.bytes }),
    ...(before.executable === after.executable ? {} : { executable: after.executable }),
  };
}

/** The change that writes a reference on the canonical side; `undefined` when there is no way to write it. */
export function referenceChange(reference: Reference, before: Uint8Array): EditChange | undefined {
  const { path, category, kind, text, rewrite } = reference;
  if (rewrite === undefined || reference.standing !== 'live') return undefined;
  return {
    type: 'edit',
    path,
    category,
    kind,
    reason: reference.reason ?? `\`${text}\` becomes \`${rewrite.replacement}\`.`,
    needsReview: !isSure(reference),
    before,
    edits: rewrite.edits,
    reference,
  };
}

/** The change that makes a depth-sensitive path reach the old folder again; a person says which folder was meant. */
export function depthChange(finding: DepthFinding, category: string, before: Uint8Array): EditChange | undefined {
  const { path, fix } = finding;
  if (fix === undefined) return undefined;
  const reason = depthReason(finding);
  return { type: 'edit', path, category, kind: 'depth', reason, needsReview: true, before, edits: [fix] };
}

export function depthReason({ text, legacyFolder, canonicalFolder }: DepthFinding): string {
  const folder = (name: string): string => (name === '' ? 'the workspace root' : `\`${name}\``);
  return `\`${text}\` reached ${folder(legacyFolder)} from the legacy tree; from here it reaches ${folder(canonicalFolder)}.`;
}

/**
 * The changes without those that would write where an earlier one of the same file writes already: they are left for the
 * next time, when the file reads otherwise.
 */
export function withoutOverlaps(changes: readonly EditChange[]): EditChange[] {
  const taken = new Map<string, TextEdit[]>();
  return changes.filter(({ path, edits }) => {
    const others = taken.get(path) ?? [];
    if (edits.some((edit) => others.some((other) => clash(edit, other)))) return false;
    taken.set(path, [...others, ...edits]);
    return true;
  });
}

function clash(a: TextEdit, b: TextEdit): boolean {
  if (a.start === b.start && a.end === b.end && a.newText === b.newText) return false;
  return a.start === b.start || (a.start < b.end && b.start < a.end);
}

/** Sorted by path; changes of one file by their first edit. */
export function inOrder<T extends Change>(changes: readonly T[]): T[] {
  const offset = (change: Change): number => (change.type === 'edit' ? (change.edits[0]?.start ?? 0) : 0);
  return [...changes].sort((a, b) => compareText(a.path, b.path) || offset(a) - offset(b));
}

/** The changes that are applied unless a person asks for those that need review as well. */
export function withoutReview(changes: readonly Change[]): Change[] {
  return changes.filter(({ needsReview }) => !needsReview);
}

/** The changes that a person may pick from, where the record of them is written afterwards: see `Session.recordOf`. */
export function withoutRecord({ phase, changes }: Plan, taskFile: string): readonly Change[] {
  // In the first phase the task file's summary is all there is.
  return phase === 'inventory' ? changes : changes.filter(({ kind, path }) => kind !== 'document' || path !== taskFile);
}
