import type { Mention } from '../tree/names.ts';

const OWN_EXTENSION =
  /^(?:pid|log|lock|sock|socket|db|sqlite3?|dump|sql|service|conf|bak|tmp|zip|tar|t?gz|out|err|exe|com|net|org|local|internal|git|whl|coverage|pyc?|[cm]?jsx?|tsx?|s?css|md|rst|txt|ini|cfg|toml|ya?ml|png|jpe?g|gif|svg|ico|sh|bat|ps1|spec)$/u;

/** `pkg.log`, `pkg.tar.gz`: a file of its own name, unless the package has a module of that name. */
export function isOwnFile(mention: Mention): boolean {
  const [first, ...others] = mention.tail;
  return (
    mention.form === 'dotted' &&
    first !== undefined &&
    OWN_EXTENSION.test(mention.tail.at(-1) ?? '') &&
    (others.length === 0 || OWN_EXTENSION.test(first) || /^(?:access|error|debug)$/u.test(first))
  );
}

/** Why the mention is a name of its own (a PID file, a container) rather than the package; else `undefined`. */
export function ownNameReason(text: string, mention: Mention): string | undefined {
  const spelled = text.slice(mention.start, mention.tailEnd);
  if (isOwnFile(mention)) return `A file of its own name, \`${spelled}\`, not the package.`;
  if (isAttribute(text, mention)) return 'What a module is asked for, not the package.';
  if (isOption(text, mention)) return 'The name of an option.';
  if (isHyphenated(text, mention)) return 'Part of a longer name with a hyphen, not the package.';
  if (isHost(text, mention)) return 'A host in an address of mail or of a server.';
  if (isHidden(text, mention)) return 'A hidden file, or a relative name, not the package.';
  const before = text.slice(Math.max(0, mention.start - 300), mention.start);
  if (addressBefore(before) === 'own') return 'Part of an address: a host, a database or a repository of its own name.';
  return SYSTEM_FOLDER.test(before) ? 'A file outside of the repository, of its own name.' : undefined;
}

/** Names that are words of every other sentence about software as well: `backend`, not `acme_backend`. */
const ORDINARY =
  /^(?:api|apps?|application|backend|base|bots?|clients?|code|common|config|core|data|db|engine|framework|frontend|games?|gateway|generation|helpers?|infra|infrastructure|jobs?|lib|libs|library|main|models?|modules?|old|package|platform|plugins?|project|public|runtime|servers?|services?|shared|site|source|src|system|tasks?|tests?|tools?|utils?|web|webapp|website|workers?)$/u;
const PACKAGE_WORD = /^["'`]?\s+(?:package|module|folder|directory|dir|tree)\b/iu;

/** An ordinary word as the key of some value: `backend: redis`. */
export function ordinaryKeyReason(text: string, mention: Mention): string | undefined {
  const isKey = isOrdinary(text, mention) && /^["']?\s*[:=](?!=)/u.test(text.slice(mention.end, mention.end + 10));
  return isKey ? 'An ordinary word as a key, not the package.' : undefined;
}

function isOrdinary(text: string, { form, start, end }: Mention): boolean {
  return form === 'bare' && ORDINARY.test(text.slice(start, end));
}

/** Why an ordinary word that stands alone, and is not marked as a name by quotes or backticks, is no package. */
export function ordinaryReason(text: string, mention: Mention): string | undefined {
  if (!isOrdinary(text, mention)) return undefined;
  const isMarked = /["'`*_/\\]/u.test(text[mention.start - 1] ?? '');
  if (isMarked || PACKAGE_WORD.test(text.slice(mention.end, mention.end + 20))) return undefined;
  return 'An ordinary word here, not marked as the package.';
}

const SYSTEM_FOLDER =
  /(?:(?<![\w.$%{}()~-])\/(?:home|Users)\/|[A-Za-z]:\\{1,2}Users\\{1,2})$|(?<![\w.$%{}()~/])(?:\/(?:var|run|tmp|etc|dev|proc)\/|~\/\.(?:cache|config|local)\/|(?:\$\{?TMPDIR\}?|%TEMP%|%TMP%|\$env:TEMP)[\\/])(?:[\w.-]+[\\/])*$/iu;

/** The last `app` of `other.main:app`. */
function isAttribute(text: string, mention: Mention): boolean {
  const before = text.slice(Math.max(0, mention.start - 100), mention.start);
  return (
    mention.form === 'bare' &&
    /(?:^|[\s"'`=])(?!(?:file|link|path):)[\p{L}_][\p{L}\p{N}_.]*:$/u.test(before) &&
    !/PATH=\S*$/u.test(before)
  );
}

/** `--pkg redis` of some command. */
function isOption(text: string, mention: Mention): boolean {
  return (
    mention.form === 'bare' && /(?:^|[\s"'`=([])--$/u.test(text.slice(Math.max(0, mention.start - 3), mention.start))
  );
}

/** `team@pkg.org`, `git@pkg:x`, and a domain turned around, as labels and bundles have it: `com.pkg.maintainer`. */
function isHost(text: string, { start, form }: Mention): boolean {
  const before = text.slice(Math.max(0, start - 100), start);
  if (form !== 'path' && /[\p{L}\p{N}_\])+-]@$/u.test(before)) return true;
  return form === 'dotted' && /(?<![\w.-])(?:com|org|net|io|edu|gov)\.(?:[\w-]+\.)*$/u.test(before);
}

/** `~/.pkg/`, `".pkg"`; in reStructuredText a dot before a name in a role only widens the search for it. */
function isHidden(text: string, { start }: Mention): boolean {
  const before = text.slice(Math.max(0, start - 40), start);
  return /(?:^|[\\/\s"'`=(:,])\.$/u.test(before) && !/:[\w:]+:`[~!]?\.$/u.test(before);
}

function isHyphenated(text: string, mention: Mention): boolean {
  const end = mention.form === 'dotted' ? mention.tailEnd : mention.end;
  const joined = text[end] === '-' && /[\p{L}\p{N}]/u.test(text[end + 1] ?? '');
  // `[mypy-pkg]` and `-rpkg/requirements.txt` name the package; a dotted name has no hyphen of its own.
  const section =
    mention.form === 'dotted' || /(?:mypy-|[\s"']-[A-Za-z])$/u.test(text.slice(0, mention.start).slice(-5));
  const joins = !section && text[mention.start - 1] === '-' && /[\p{L}\p{N}]/u.test(text[mention.start - 2] ?? '');
  return joined || joins;
}

/** What the name of a host that shows itself as one ends in. */
const HOST_END = '(?:com|org|net|io|co|dev|ai)';
/** A scheme may be left out before a host that shows itself as one: `ghcr.io/team/`; `<your name>` may stand in it. */
const ADDRESS = new RegExp(
  String.raw`(?:(?<scheme>[A-Za-z][\w+.\-]*):\/\/|(?<![\w.@\/\\\-])(?=(?:[\w\-]+\.)+${HOST_END}(?::\d+)?\/))(?<rest>(?:[^\s"'\x60<>(),;|]|<[\w .\-]+>)*)$`,
  'u',
);
/** What most texts have not: it is looked for first. */
const MAY_BE_ADDRESS = new RegExp(String.raw`:\/\/|\.${HOST_END}[:\/]`, 'u');
const LOCAL_SCHEME = /^(?:file|vscode|sqlite.*)$/iu;
const SOURCE_ADDRESS = /\/(?:blob|tree|raw|edit|blame)\/|^raw\.[^/]+(?:\/[^/]+){3}\/|^\/{0,2}\$?\{?GITHUB_WORKSPACE/u;

/** Whether an address leads up to the mention: to the source of a repository, or to something of its own name. */
export function addressBefore(before: string): 'source' | 'own' | undefined {
  if (!MAY_BE_ADDRESS.test(before)) return undefined;
  const found = ADDRESS.exec(before)?.groups;
  const { scheme = '', rest = '' } = found ?? {};
  if (found === undefined || LOCAL_SCHEME.test(scheme)) return undefined;
  return SOURCE_ADDRESS.test(rest) ? 'source' : 'own';
}
