import type { CancellationToken } from './ports.ts';

/** What went wrong, for code; {@link EngineError.message} is the sentence for people. */
export type ErrorCode =
  | 'noSuchRoot'
  | 'rootIsFile'
  | 'rootIsLink'
  | 'sameRoot'
  | 'nestedRoots'
  | 'emptyTree'
  | 'sparseTree'
  | 'noPair'
  | 'badSetting'
  | 'unreadable'
  | 'git'
  | 'unwritable'
  | 'locked'
  | 'interrupted'
  | 'noCheckpoint'
  | 'unrestorable'
  | 'backend';

/** An expected failure: shown as its message alone. Anything else that is thrown is a defect and keeps its stack. */
export class EngineError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.name = 'EngineError';
    this.code = code;
  }
}

/** Thrown when the caller cancelled; never shown. */
export class CancelledError extends Error {
  constructor() {
    super('Cancelled');
    this.name = 'CancelledError';
  }
}

export function throwIfCancelled(token: CancellationToken | undefined): void {
  if (token?.isCancellationRequested === true) throw new CancelledError();
}
