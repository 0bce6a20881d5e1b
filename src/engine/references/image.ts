import type { Mention } from '../tree/names.ts';

const DOCKER = String.raw`\b(?:docker|podman|buildah)\s[^;&|]*`;
/** What stands before an image, in a Dockerfile and in docker's own commands. */
const TAKES_IMAGE = String.raw`(?:\bFROM\s+(?:--\S+\s+)?|${DOCKER}(?:\b(?:push|pull|tag|rmi|imagetools)\b[^;&|]*\s|\s(?:-t|--tag)[\s=]))`;
const RUNS_IMAGE = String.raw`${DOCKER}\b(?:run|create)\b[^;&|]*\s`;
/** `ghcr.io:443/team/`, `$REGISTRY/`. */
const REGISTRY = String.raw`[\w.$\x7B\x7D()-]+(?::\d+)?(?:\/[\w.$\x7B\x7D()-]+)*\/`;

const IN_REGISTRY = new RegExp(String.raw`(?:${TAKES_IMAGE}|${RUNS_IMAGE}|\s(?:-t|--tag)[\s=])["']?${REGISTRY}$`, 'u');
const FIRST = new RegExp(String.raw`${TAKES_IMAGE}["']?$`, 'u');
const RUN = new RegExp(String.raw`${RUNS_IMAGE}["']?$`, 'u');

/** `registry/name:1` and `name/part:1` after what takes an image. */
export function isImage(text: string, mention: Mention, before: string): boolean {
  if (mention.form !== 'path') return false;
  const rest = imageRest(text, mention);
  if (rest === undefined) return false;
  if (IN_REGISTRY.test(before)) return true;
  if (mention.tail.length === 0) return false;
  // What `docker run` gets may as well be the value of an option, or a word of the command in the container.
  return FIRST.test(before) || (RUN.test(before) && rest.tag !== '');
}

/** What follows the name of an image, which has no file's extension: `/api:1.2`. */
export function imageRest(text: string, mention: Mention): { readonly tag: string } | undefined {
  const after = /^(?:\/[\w-]+(?:\.[\w-]+)*)*(?<tag>[:@][\w.$\x7B%-][^\s"']*)?(?=["'\s,;]|$)/u.exec(
    text.slice(mention.end, mention.end + 200),
  );
  const tag = after?.groups?.['tag'] ?? '';
  const isFile = tag === '' && /\.\w+$/u.test(after?.[0] ?? '');
  return after === null || isFile ? undefined : { tag };
}
