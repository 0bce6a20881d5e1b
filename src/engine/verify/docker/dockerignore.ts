import picomatch from 'picomatch';
import { resolvePath } from './paths.ts';

/** Whether a path below the build context reaches the build. */
export type IsSent = (pathInContext: string) => boolean;

/**
 * Reads a `.dockerignore`: patterns relative to the context, the last that matches decides, `!` takes back. A pattern that
 * matches a folder takes what is in it.
 */
export function readDockerignore(text: string): IsSent {
  const rules = text
    .split(/\r\n|\r|\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const isBack = line.startsWith('!');
      const pattern = resolvePath('/', (isBack ? line.slice(1) : line).trim()).slice(1);
      return { isBack, matches: matcherOf(pattern) };
    });
  return (path) => {
    let isSent = true;
    for (const { isBack, matches } of rules) if (matches(path)) isSent = isBack;
    return isSent;
  };
}

function matcherOf(pattern: string): (path: string) => boolean {
  const options = { dot: true, nobrace: true, noextglob: true };
  const [own, below] = [picomatch(pattern, options), picomatch(`${pattern}/**`, options)];
  return (path) => own(path) || below(path);
}
