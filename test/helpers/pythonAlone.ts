import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The machine's Python without the packages that somebody installed: whether there is a uvicorn must not change what a
 * test sees.
 * @param folder for the program that starts it
 * @returns an absolute path
 */
export function pythonAlone(folder: string): string {
  const program = path.join(folder, 'python3');
  writeFileSync(program, '#!/bin/sh\nexec python3 -S "$@"\n');
  chmodSync(program, 0o755);
  return program;
}
