import type { WorkspaceFiles } from '../tree/files.ts';

/** Where a project says which Python it is for. */
const PLACES: readonly (readonly [path: string, pattern: RegExp])[] = [
  ['pyproject.toml', /^\s*requires-python\s*=\s*["'][^"'\n]*?>=?\s*(?<least>\d+\.\d+)/mu],
  ['pyproject.toml', /^\s*python\s*=\s*["'](?:[~^]|>=)\s*(?<least>\d+\.\d+)/mu],
  ['setup.cfg', /^\s*python_requires\s*=[^\n]*?>=\s*(?<least>\d+\.\d+)/mu],
  ['setup.py', /\bpython_requires\s*=\s*["'][^"'\n]*?>=\s*(?<least>\d+\.\d+)/u],
];

/** The oldest Python that the workspace's own files say it runs with: `3.12`; `undefined` where they do not say. */
export async function wantedPython(files: WorkspaceFiles): Promise<string | undefined> {
  for (const [path, pattern] of PLACES) {
    const text = (await files.exists(path)) ? (await files.text(path))?.text : undefined;
    const least = pattern.exec(text ?? '')?.groups?.['least'];
    if (least !== undefined) return least;
  }
  return undefined;
}

/** `3.9.1` is older than `3.12`, `3.12.0` is not. */
export function isOlder(version: string, least: string): boolean {
  const [own, wanted] = [version, least].map((one) => one.split('.').map(Number));
  const [major = 0, minor = 0] = own ?? [];
  const [wantedMajor = 0, wantedMinor = 0] = wanted ?? [];
  return major < wantedMajor || (major === wantedMajor && minor < wantedMinor);
}
