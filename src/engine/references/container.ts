import { nearbyLine } from '../text/lines.ts';
import type { Mention, Names } from '../tree/names.ts';

/** In a container nobody checks out a repository: `/app/pkg` is what was copied or mounted there. */
export function isContainerFile(path: string): boolean {
  return /(?:^|\/)(?:[\w.-]*(?:Dockerfile|Containerfile)[\w.-]*|(?:docker-)?compose[\w.-]*\.ya?ml)$|\.dockerfile$/iu.test(
    path,
  );
}

/**
 * Whether the folder of this name holds more than the package: after `COPY . /opt/pkg`, `COPY setup.py /opt/pkg/` or
 * `COPY pkg /opt/pkg/pkg`, `/opt/pkg` is not the package. To rename such a folder in some places and not in others would
 * break the image.
 */
export function holdsMore(path: string, text: string, names: Names, mention: Mention): boolean {
  const folder = folderOf(text, mention);
  // A Dockerfile inside the tree is built with the tree as its context: there `.` is the package.
  if (folder === undefined || path.startsWith(`${names.pair.canonical.root}/`)) return false;
  const all = copies(text);
  const filled = all.filter(({ to }) => to === folder);
  if (filled.some(({ from }) => from.some(isTree(names)))) return false;
  if (filled.some(({ from }) => from.some(isContext))) return true;
  // Below the context the folder is the package after all, and what is copied is added to it.
  const isBelowContext = all.some(({ from, to }) => from.some(isContext) && folder.startsWith(withSlash(to)));
  if (isBelowContext) return false;
  const holdsTree = all.some(({ from, to }) => to.startsWith(withSlash(folder)) && from.some(isWholeTree(names)));
  return holdsTree || filled.length > 0;
}

function withSlash(folder: string): string {
  return folder.endsWith('/') ? folder : `${folder}/`;
}

function isContext(from: string): boolean {
  return /^\.{1,2}\/?$/u.test(from);
}

function isTree(names: Names): (from: string) => boolean {
  return (from) => names.findLegacy(from).length > 0 || names.mentionsCanonical(from);
}

function isWholeTree(names: Names): (from: string) => boolean {
  const roots = [names.pair.legacy, names.pair.canonical].flatMap(({ root }) => [root, root.split('/').at(-1)]);
  return (from) => roots.includes(from.replace(/^(?:\.\/)+|\/+$/gu, ''));
}

/** The folder that ends in the mention's name: `/opt/pkg` of `/opt/pkg/bin/run`, and of `WORKDIR pkg` in `/opt`. */
function folderOf(text: string, mention: Mention): string | undefined {
  const { start: lineStart } = nearbyLine(text, mention.start);
  const before = text.slice(lineStart, mention.start);
  const name = text.slice(mention.start, mention.end);
  if (/^\s*WORKDIR\s+["']?$/iu.test(before)) return absolute(workdirOf(text.slice(0, lineStart)), name);
  const folders = /(?:^|[\s"'`=:,[(])(\/(?:[^\s"'`=:,[(]*\/)?)$/u.exec(before)?.[1];
  return folders === undefined ? undefined : folders + name;
}

interface Copy {
  readonly from: readonly string[];
  /** Absolute, without a slash at the end. */
  readonly to: string;
}

const WORKDIR = /^[ \t]*WORKDIR\s+["']?(?<folder>[^\s"']+)/gimu;
const COPY = /^\s*(?:COPY|ADD)\s+(?:--\S+\s+)*(?<words>.+)$/iu;
const VOLUME = /^\s*-\s*["']?(?<from>[^\s"':]+):(?<to>\/[^\s"':]+)/u;

/** What `COPY`, `ADD` and short volumes put where, line by line. */
function copies(text: string): Copy[] {
  const found: Copy[] = [];
  let workdir = '/';
  for (const line of text.split(/\r?\n/u)) {
    workdir = workdirOf(line, workdir);
    const words = (COPY.exec(line)?.groups?.['words'] ?? '').match(/[^\s"',[\]]+/gu) ?? [];
    const volume = VOLUME.exec(line)?.groups;
    if (words.length > 1) found.push({ from: words.slice(0, -1), to: absolute(workdir, words.at(-1) ?? '.') });
    if (volume !== undefined) found.push({ from: [volume['from'] ?? ''], to: absolute('/', volume['to'] ?? '') });
  }
  return found;
}

/** Where the instructions of a text leave the working directory. */
function workdirOf(text: string, from = '/'): string {
  return [...text.matchAll(WORKDIR)].reduce((folder, { groups }) => absolute(folder, groups?.['folder'] ?? '.'), from);
}

/** `/app` and `./x/` give `/app/x`. */
function absolute(folder: string, path: string): string {
  const whole = path.startsWith('/') ? path : `${folder}/${path}`;
  return `/${whole
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/')}`;
}
