import type { FileSteps } from '../python/fileSteps.ts';
import { lineAt } from '../text/lines.ts';

const SELF = String.raw`"?\$(?:0|\{?BASH_SOURCE(?:\[0\])?\}?)"?`;
const REAL_SELF = String.raw`"?\$\(\s*(?:realpath|readlink\s+(?:-f|-e|--canonicalize))\s+(?:--\s+)?${SELF}\s*\)"?`;
const OF_SHELL = String.raw`dirname\s+(?:--\s+)?(?:${SELF}|${REAL_SELF})`;
/** `Join-Path $PSScriptRoot "..\x"` */
const JOINED = String.raw`(?<=Join-Path\s+(?:-Path\s+)?)\$PSScriptRoot\s+(?:-ChildPath\s+)?(?=["']?\.\.)`;
/** A script's or a configuration's own folder. */
const OWN_FOLDER = String.raw`\$\(\s*${OF_SHELL}\s*\)|${'`'}${OF_SHELL}${'`'}|\$\{(?:0|BASH_SOURCE(?:\[0\])?)%/\*\}|%~dp0|${JOINED}|\$PSScriptRoot|%\(here\)s`;
const STEPS = String.raw`["']?(?<steps>(?:[\\/]?\.\.(?=[\\/"'\s);&]|$))+)`;
/** `HERE="$(cd "$(dirname "$0")" && pwd)"`, `HERE=$(dirname "$0")` */
const NAMED = new RegExp(
  String.raw`^[ \t]*(?:(?:export|readonly|local)[ \t]+)?(?<name>[A-Za-z_]\w*)=["']?(?:\$\(\s*cd\s+(?:-P\s+|--\s+)?["']?)?(?:${OWN_FOLDER})(?=["'\s;&]|$)(?:\/dev\/null|[^\n/])*$`,
  'gmu',
);

/** `Split-Path -Parent $PSScriptRoot` */
const SPLIT = /\bSplit-Path\s+(?:-(?:Path|Parent)\s+)*["']?\$PSScriptRoot["']?(?:\s+-Parent\b)?/giu;

/** `$(dirname "$0")/..`, `%~dp0..`, `$PSScriptRoot\..`, `%(here)s/..`, and `$HERE/..` of a variable that is given such a folder. */
export function* findScriptSteps(text: string): Generator<FileSteps> {
  yield* findSplits(text);
  const pattern = new RegExp(`(?<own>${[OWN_FOLDER, ...variables(text)].join('|')})${STEPS}`, 'gmu');
  for (const match of text.matchAll(pattern)) {
    if (isComment(text, match.index)) continue;
    const steps = match.groups?.['steps'] ?? '';
    const isWindows = /^(?:%~dp0|\$PSScriptRoot)/u.test(match.groups?.['own'] ?? '');
    const separator = steps.includes('\\') || (isWindows && !steps.includes('/')) ? '\\' : '/';
    const end = match.index + match[0].length;
    yield {
      from: match.index,
      to: end,
      up: 1 + (steps.match(/\.\./gu)?.length ?? 0),
      deeper: (more) => (more <= 0 ? undefined : { start: end, end, newText: `${separator}..`.repeat(more) }),
    };
  }
}

function* findSplits(text: string): Generator<FileSteps> {
  for (const match of text.matchAll(SPLIT)) {
    if (isComment(text, match.index)) continue;
    const [from, to] = [match.index, match.index + match[0].length];
    yield {
      from,
      to,
      up: 2,
      deeper: (more) => {
        if (more <= 0) return undefined;
        return { start: from, end: to, newText: 'Split-Path -Parent ('.repeat(more) + match[0] + ')'.repeat(more) };
      },
    };
  }
}

function isComment(text: string, offset: number): boolean {
  return /^\s*(?:#|;|REM\b|::)/iu.test(lineAt(text, offset).text);
}

/** As patterns of their uses; a variable that is given twice may be anything. */
function variables(text: string): string[] {
  const names = [...text.matchAll(NAMED)].map(({ groups }) => groups?.['name'] ?? '');
  const given = (name: string): number => [...text.matchAll(new RegExp(`\\b${name}=`, 'gu'))].length;
  return names.filter((name) => given(name) === 1).map((name) => String.raw`\$(?:${name}\b|\{${name}\})`);
}
