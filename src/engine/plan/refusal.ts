/** Why an applier leaves a file as it is: one wording for both of them. */
export const refusals = {
  changed: 'It has changed since the plan was made.',
  gone: 'It is not there any more.',
  exists: 'A file is there now that was not there when the plan was made.',
} as const;

/** A file of the plan that was not changed, and why, in a sentence. */
export interface Refusal {
  /** Workspace path. */
  readonly path: string;
  readonly reason: string;
}
