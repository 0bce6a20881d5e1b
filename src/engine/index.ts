/** The engine's one public surface: text and files go in through ports, plain data comes out. */
export type * from './compare/model.ts';
export type * from './config.ts';
export { alwaysExcluded, defaultPair } from './config.ts';
export { CancelledError, EngineError, throwIfCancelled } from './errors.ts';
export type { ErrorCode } from './errors.ts';
export type * from './plan/status.ts';
export type * from './ports.ts';
export * from './references/model.ts';
export type { Refreshed, Session } from './session.ts';
export { openSession } from './session.ts';
export { decode } from './text/decode.ts';
export type { DecodedText } from './text/decode.ts';
export { LineMap } from './text/lines.ts';
export { applyEdits } from './text/edit.ts';
export type { TextEdit } from './text/edit.ts';
export { pathInTree } from './tree/pair.ts';
export type { Tree, TreePair } from './tree/pair.ts';
