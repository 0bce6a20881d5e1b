/** A path as a script or a configuration writes it. */
export interface WrittenPath {
  /** Its line, from the start up to it. */
  readonly before: string;
  readonly after: string;
  /** The line by which the value that holds it is named; `''` where there is none. */
  readonly key: string;
}

/** Lines that do not need the path to be there: comments, patterns, conditions, and what makes or deletes it. */
const NO_NEED =
  /^\s*(?:#|\/\/|;|REM\b|::)|tree-unifier:\s*keep|\b(?:pkill|pgrep|grep|findstr|mkdir|md|rm|rmdir|rd|del|touch|tee|mv|move|echo|exist|test|Test-Path|New-Item|Remove-Item|exclude\w*|ignore\w*|omit|skip\w*|prune)\b|\[\[?\s|>\s*\S*$/iu;
/** `owner/name` of a repository, an action or an image, and branches, which look like paths. */
const NO_PATH =
  /\brepository\b|^\s*(?:-\s+)?["']?(?:uses|images?|branch(?:es)?|ref)["']?\s*:|\bdocker\s+(?:pull|push|run|tag|build)\b/iu;
/** Of an earlier commit, as well as of now. */
const OF_HISTORY = /\bgit\s(?:[^;&|]*\s)?(?:checkout|restore|show|log|diff|blame|filter-\w+|subtree)\s[^;&|]*$/u;
/** `curl -o PATH`, `gcc --output=PATH`. */
const OUTPUT = /(?:^|\s)(?:-[oO]|--out(?:put|file|put-document)?)[\s=]+["']?$/u;
/** The last path of such a command is where it puts the others. */
const COPIES =
  /(?:^|[\s;&|(])(?:cp|copy|xcopy|robocopy|Copy-Item|rsync|scp|ln)\s[^;&|]*\S\s+(?:-Destination\s+)?["']?$/iu;
const ENDS = /^["']?\s*(?:$|[;&|)#])/u;
/** `path: what it is made of` in a Makefile. */
const TARGET = /^\s*:(?!=)/u;

/** Whether something is wrong when there is no such path; `isMakefile` says what a colon after it means. */
export function isNeeded({ before, after, key }: WrittenPath, path: string, isMakefile: boolean): boolean {
  const line = before + path + after;
  if ([line, key].some((one) => NO_NEED.test(one) || NO_PATH.test(one))) return false;
  if (OF_HISTORY.test(before) || OUTPUT.test(before)) return false;
  if (COPIES.test(before) && ENDS.test(after)) return false;
  return !(isMakefile && TARGET.test(after) && !before.startsWith('\t'));
}
