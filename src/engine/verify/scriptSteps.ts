import type { FileSteps } from '../python/fileSteps.ts';
import { lineAt } from '../text/lines.ts';

const OF_SHELL = String.raw`dirname\s+(?:--\s+)?"?\$(?:0|\{?BASH_SOURCE(?:\[0\])?\}?)"?`;
/** A script's or a configuration's own folder. */
const OWN_FOLDER = String.raw`\$\(\s*${OF_SHELL}\s*\)|${'`'}${OF_SHELL}${'`'}|%~dp0|\$PSScriptRoot|%\(here\)s`;
const STEPS = String.raw`["']?(?<steps>(?:[\\/]?\.\.(?=[\\/"'\s);&]|$))+)`;
/** `HERE="$(cd "$(dirname "$0")" && pwd)"`, `HERE=$(dirname "$0")` */
const NAMED = new RegExp(
  String.raw`^[ \t]*(?:(?:export|readonly|local)[ \t]+)?(?<name>[A-Za-z_]\w*)=["']?(?:\$\(\s*cd\s+(?:-P\s+|--\s+)?["']?)?(?:${OWN_FOLDER})(?=["'\s;&]|$)(?:\/dev\/null|[^\n/])*$`,
  'gmu',
);

/** `$(dirname "$0")/..`, `%~dp0..`, `$PSScriptRoot\..`, `%(here)s/..`, and `$HERE/..` of a variable that is given such a folder. */
export function* findScriptSteps(text: string): Generator<FileSteps> {
  const pattern = new RegExp(`(?<own>${[OWN_FOLDER, ...variables(text)].join('|')})${STEPS}`, 'gmu');
  for (const match of text.matchAll(pattern)) {
    if (/^\s*(?:#|;|REM\b|::)/iu.test(lineAt(text, match.index).text)) continue;
    const steps = match.groups?.['steps'] ?? '';
    const separator = steps.includes('\\') || match.groups?.['own'] === '%~dp0' ? '\\' : '/';
    const end = match.index + match[0].length;
    yield {
      from: match.index,
      to: end,
      up: 1 + (steps.match(/\.\./gu)?.length ?? 0),
      deeper: (more) => (more <= 0 ? undefined : { start: end, end, newText: `${separator}..`.repeat(more) }),
    };
  }
}

/** As patterns of their uses; a variable that is given twice may be anything. */
function variables(text: string): string[] {
  const names = [...text.matchAll(NAMED)].map(({ groups }) => groups?.['name'] ?? '');
  const given = (name: string): number => [...text.matchAll(new RegExp(`\\b${name}=`, 'gu'))].length;
  return names.filter((name) => given(name) === 1).map((name) => String.raw`\$(?:${name}\b|\{${name}\})`);
}
