import type { Config } from '../config.ts';
import { applyEdits } from '../text/edit.ts';
import type { Names } from '../tree/names.ts';
import { judgeAll } from './finder.ts';

type RunStyle = Pick<Config, 'runStyle'>;

/** The text with every mention of the legacy name rewritten as preferred, own names apart: for looking at, not for keeping. */
export async function rewriteAll(path: string, text: string, names: Names, config: RunStyle): Promise<string> {
  const judgements = await judgeAll(path, text, names, config);
  const wanted = judgements.filter(({ ownName }) => ownName === undefined);
  return applyEdits(
    text,
    wanted.flatMap(({ rewrites: [first] }) => first?.edits ?? []),
  );
}

/** The text with the mentions rewritten that need no person. */
export async function rewriteSurely(path: string, text: string, names: Names, config: RunStyle): Promise<string> {
  const judgements = await judgeAll(path, text, names, config);
  const sure = judgements.filter(({ ownName, review }) => ownName === undefined && review === undefined);
  return applyEdits(
    text,
    sure.flatMap(({ rewrites: [first] }) => first?.edits ?? []),
  );
}
