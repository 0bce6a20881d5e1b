/** The line that every file of a shim begins with, for people and for {@link isShim}. */
export function markerLine(expires: string): string {
  return `# tree-unifier: shim until ${expires}\n`;
}

const MARKER = /^\uFEFF?# tree-unifier: shim until (\d{4}-\d{2}-\d{2})[ \t]*\r?$/mu;

/** Whether a Python file is part of a shim that `shimFiles` made. */
export function isShim(text: string): boolean {
  return readShimExpiry(text) !== undefined;
}

/** The date (`2026-06-30`) up to which a file of a shim may stay; `undefined` for any other file. */
export function readShimExpiry(text: string): string | undefined {
  return MARKER.exec(text)?.[1];
}
