import type { Config } from '../config.ts';
import type { CancellationToken } from '../ports.ts';
import { throwIfCancelled } from '../errors.ts';
import type { DecodedText } from '../text/decode.ts';
import { LineMap } from '../text/lines.ts';
import type { PackageTree } from '../tree/packageTree.ts';
import type { Names } from '../tree/names.ts';
import { sourceRoot, type TreePair } from '../tree/pair.ts';
import { orBeside } from './beside.ts';
import type { Judgement, Scanner, Source, TargetQuery } from './judgement.ts';
import { REVIEW, judgeByForm } from './judgement.ts';
import { isOwnFile } from './ownName.ts';
import type { Reference, Rewrite, Target } from './model.ts';
import { isSure } from './model.ts';
import { scannerFor } from './scanners/index.ts';
import type { FileRules } from './standing.ts';
import { phaseOf } from './standing.ts';

/** What judging one tree pair's references needs to know of the repository. */
export interface PairScope {
  readonly names: Names;
  readonly canonical: PackageTree;
  /** Asked what the canonical tree lacks: the reason says whether it is lost or not brought over yet. */
  readonly legacy: PackageTree;
  /** Whether the workspace has this folder. */
  readonly hasFolder: (path: string) => boolean;
}

/** Every reference of one file, sorted by offset: each occurrence of the name is in exactly one. */
export async function findReferences(
  path: string,
  decoded: DecodedText,
  scope: PairScope,
  rules: FileRules,
  config: Config,
  token?: CancellationToken,
): Promise<Reference[]> {
  const judgements = (await judgeAll(path, decoded.text, scope.names, config)).map((one) =>
    checkLink(orOtherFolder(one, path, scope), path, scope),
  );
  if (judgements.length === 0) return [];
  const lines = new LineMap(decoded.text);
  const category = rules.category(path);
  const references: Reference[] = [];
  const tied = new Set<Reference>();
  for (const found of judgements) {
    throwIfCancelled(token);
    const { target, missing } = await resolve(found.target, scope);
    const judgement = orCheckout(orModule(found, target, decoded.text), target, scope);
    const { mention, kind } = judgement;
    const { start } = mention;
    // A mark that somebody set outweighs what the name looks like.
    const ruled = rules.standing(path, decoded.text, start);
    const marked = ruled === 'live' && judgement.isRecord === true ? 'historical' : ruled;
    const standing = judgement.ownName === undefined || marked === 'kept' ? marked : 'ownName';
    const reference: Reference = {
      path,
      ...lines.position(start),
      offset: start,
      text: decoded.text.slice(start, mention.tailEnd),
      kind,
      category,
      standing,
      phase: phaseOf(path, kind, category),
      target: judgement.ownName === undefined ? target : 'unknown',
      ...rewrites(judgement, decoded),
      ...verdict(judgement, decoded, target, missing),
    };
    references.push(reference);
    if (judgement.isTied === true && standing !== 'ownName') tied.add(reference);
  }
  return tieTogether(references, tied);
}

/** What is tied is rewritten together or not at all: when one of it needs a look, or is to stay, all of it needs one. */
function tieTogether(references: readonly Reference[], tied: ReadonlySet<Reference>): Reference[] {
  const isAtOne = [...tied].every(isSure) || ![...tied].some(isSure);
  if (isAtOne) return [...references];
  return references.map((one) =>
    tied.has(one) && isSure(one) ? { ...one, needsReview: true, reason: REVIEW.tied } : one,
  );
}

/** Scanners first; a mention that one passes over (an error in the file's syntax) is judged by its own form. */
export async function judgeAll(
  path: string,
  text: string,
  names: Names,
  config: Pick<Config, 'runStyle'>,
): Promise<Judgement[]> {
  const mentions = names.findLegacy(text);
  if (mentions.length === 0 && !names.mayBeSplit(text)) return [];
  const source: Source = { path, text, names, mentions, runStyle: config.runStyle };
  const judged = new Map<number, Judgement>();
  const scanner = await scannerFor(path);
  for (const judgement of judgedBy(scanner, source)) judged.set(judgement.mention.start, judgement);
  for (const mention of mentions) {
    if (!judged.has(mention.start)) judged.set(mention.start, judgeByForm(source, mention, 'prose'));
  }
  return [...judged.values()]
    .sort((a, b) => a.mention.start - b.mention.start)
    .flatMap((judgement) => (names.isOneName ? asFolder(judgement, source) : [judgement]))
    .map((judgement) => orBeside(judgement, source));
}

/** From what lies beside the legacy tree, and not beside the canonical one, `./pkg` leads to the legacy one. */
function isBeside(path: string, { legacy, canonical }: TreePair): boolean {
  const [own, other] = [`${sourceRoot(legacy)}/`, `${sourceRoot(canonical)}/`];
  return path.startsWith(own) && !(other.startsWith(own) && path.startsWith(other));
}

/** Of two trees of one name a path names the legacy one; the package's name itself is to stay as it is. */
function asFolder(judgement: Judgement, { path, text, names: { pair } }: Source): Judgement[] {
  const { mention, rewrites, ownName, review = REVIEW.oneName } = judgement;
  if (!mention.rooted) {
    const isMeant = mention.form === 'path' && ownName === undefined && isBeside(path, pair);
    const isRelative = /(?:^|[\s"'`=:,([])(?:\.{1,2}[\\/]+)*$/u.test(text.slice(0, mention.start).slice(-60));
    return isMeant && isRelative ? [{ ...judgement, rewrites: [], review: REVIEW.besideTree }] : [];
  }
  if (mention.form === 'path') return [judgement];
  const isChanged = rewrites[0]?.edits.some(({ start, end, newText }) => text.slice(start, end) !== newText) === true;
  return isChanged && ownName === undefined ? [{ ...judgement, review }] : [];
}

/** Nothing for a text that is nested so deeply that its parser, which calls itself, runs out of stack. */
function judgedBy(scanner: Scanner, source: Source): readonly Judgement[] {
  try {
    return scanner.judge(source);
  } catch (error) {
    if (error instanceof RangeError && error.message.startsWith('Maximum call stack')) return [];
    throw error;
  }
}

/** A relative link keeps its relative form only where it led to the legacy tree. */
function checkLink(judgement: Judgement, path: string, scope: PairScope): Judgement {
  if (judgement.linkFrom === undefined || judgement.ownName !== undefined) return judgement;
  const { root } = scope.names.pair.legacy;
  // A name without the folders of its root stands in the last of them.
  const wanted = judgement.mention.rooted ? '' : root.slice(0, Math.max(0, root.lastIndexOf('/')));
  return follow(path, judgement.linkFrom) === wanted ? judgement : { ...judgement, review: REVIEW.link };
}

/** The folder that a relative link's steps lead to from a file's folder; `''` is the workspace root. */
function follow(path: string, steps: string): string | undefined {
  const folders = path.split('/').slice(0, -1);
  for (const step of steps.split('/')) {
    if (step === '..' && folders.pop() === undefined) return undefined;
    if (step !== '..' && step !== '.' && step !== '') folders.push(step);
  }
  return folders.join('/');
}

/** `test/pkg` is a name of its own where the workspace has that folder, seen from its root or from the file. */
function orOtherFolder(judgement: Judgement, path: string, scope: PairScope): Judgement {
  if (judgement.through === undefined) return judgement;
  const folder = judgement.through + scope.names.pair.legacy.root;
  const beside = path.includes('/') ? `${path.slice(0, path.lastIndexOf('/'))}/${folder}` : folder;
  const other = [folder, beside].find((one) => scope.hasFolder(one));
  return other === undefined ? judgement : { ...judgement, ownName: `Another folder of this name, \`${other}\`.` };
}

/** `pkg.log` is a module where the package has one of that name: then a person must tell it from a file. */
function orModule(judgement: Judgement, target: Target, text: string): Judgement {
  if (judgement.ownUnlessThere === true && target === 'resolved') return asReviewed(judgement, REVIEW.ownImage);
  // `logs/pkg.log` is no module.
  if (/[\\/]/u.test(text[judgement.mention.start - 1] ?? '')) return judgement;
  if (judgement.ownName === undefined || target !== 'resolved' || !isOwnFile(judgement.mention)) return judgement;
  return asReviewed(judgement, REVIEW.ownFile);
}

/** `pkg/backend/scripts`, where `backend/pkg` is the package: the folder that the repository was cloned to. */
function orCheckout(judgement: Judgement, target: Target, { names, hasFolder }: PairScope): Judgement {
  const { mention, ownName } = judgement;
  const isFromRoot = names.isSrcLayout && mention.form === 'path' && !mention.rooted;
  if (!isFromRoot || target !== 'missing' || ownName !== undefined) return judgement;
  const segments = mention.tail.filter((segment) => segment !== '');
  const folders = /\.\w+$/u.test(segments.at(-1) ?? '') ? segments.slice(0, -1) : segments;
  const folder = folders.join('/');
  if (folder === '' || !hasFolder(folder)) return judgement;
  return { ...judgement, ownName: `The folder of the repository itself, which has \`${folder}\`.` };
}

/** What looked like a name of its own, for a person to look at. */
function asReviewed({ mention, kind, rewrites, target }: Judgement, review: string): Judgement {
  return { mention, kind, rewrites, review, ...(target === undefined ? {} : { target }) };
}

interface Resolved {
  readonly target: Target;
  /** What is not there, dotted or as a path below the tree's root. */
  readonly missing?: string;
}

async function resolve(query: TargetQuery | undefined, scope: PairScope): Promise<Resolved> {
  if (query === undefined) return { target: 'unknown' };
  const found = await resolveIn(scope.canonical, query);
  if (found.target !== 'missing') return { target: found.target };
  const inLegacy = (await resolveIn(scope.legacy, query)).target === 'resolved';
  const where = inLegacy ? 'only the legacy tree has it' : 'neither tree has it';
  return { target: 'missing', missing: `The canonical tree has no \`${found.missing ?? ''}\`; ${where}.` };
}

async function resolveIn(tree: PackageTree, query: TargetQuery): Promise<Resolved> {
  if (query.kind === 'import') return await tree.imports(query.segments, query.names);
  if (query.kind === 'path') return { target: tree.path(query.segments), missing: query.segments.join('/') };
  const attribute = query.attribute === undefined ? [] : [query.attribute];
  return {
    target: await tree.module(query.segments, query.attribute),
    missing: [...query.segments, ...attribute].join('.'),
  };
}

function rewrites(
  { rewrites: [first, ...others], ownName }: Judgement,
  { encoding }: DecodedText,
): {
  rewrite?: Rewrite;
  alternatives: readonly Rewrite[];
} {
  if (first === undefined || encoding !== 'utf-8') return { alternatives: [] };
  // Of an own name none is preferred; else the first is the likelier one, and `needsReview` says whether it is sure.
  if (ownName !== undefined) return { alternatives: [first, ...others] };
  return { rewrite: first, alternatives: others };
}

function verdict(
  judgement: Judgement,
  { encoding }: DecodedText,
  target: Target,
  missing: string | undefined,
): {
  needsReview: boolean;
  reason?: string;
} {
  const unreadable = encoding === 'utf-8' ? undefined : 'The file is not UTF-8: it is reported, not rewritten.';
  const reason = unreadable ?? judgement.ownName ?? missing ?? judgement.review;
  const needsReview =
    unreadable !== undefined ||
    judgement.ownName !== undefined ||
    target === 'missing' ||
    judgement.review !== undefined;
  return reason === undefined ? { needsReview } : { needsReview, reason };
}
