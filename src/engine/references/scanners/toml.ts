import type { AST } from 'toml-eslint-parser';
import { ParseError, parseTOML, traverseNodes } from 'toml-eslint-parser';
import { nearbyLine } from '../../text/lines.ts';
import type { Mention } from '../../tree/names.ts';
import { isCommandBefore, judgeCommand } from '../commandLine.ts';
import type { Judgement, Scanner, Source } from '../judgement.ts';
import type { Rewrite } from '../model.ts';
import { judgeByForm, rewriteOf } from '../judgement.ts';
import { configScanner, isPackageSection, judgeSetting } from './config.ts';

/** TOML, parsed; a file that does not parse is read line by line like other configuration. */
export const tomlScanner: Scanner = {
  name: 'toml',
  judge: (source) => {
    const places = readPlaces(source);
    if (places === undefined) return configScanner.judge(source);
    return source.mentions.map((mention) => judgeAt(source, mention, places.get(mention.start)));
  },
};

/** Where a mention stands: the keys from the root to it, its own key last, and whether it is a key without quotes. */
interface Place {
  readonly keys: readonly string[];
  readonly isBareKey: boolean;
}

function judgeAt(source: Source, mention: Mention, place: Place | undefined): Judgement {
  if (place === undefined) return judgeCommand(source, mention, 'prose');
  const line = nearbyLine(source.text, mention.start);
  if (isCommandBefore(line.text.slice(0, mention.start - line.start))) return judgeCommand(source, mention, 'command');
  const judged =
    mention.form === 'bare' && isPackageSection(place.keys.slice(0, -1).join('.')) && place.keys.at(-1) !== 'where'
      ? judgeByForm(source, mention, 'config', { as: 'dotted' })
      : judgeSetting(source, mention, settingOf(place.keys));
  return place.isBareKey
    ? { ...judged, rewrites: judged.rewrites.map((rewrite) => quoted(source, mention, rewrite)) }
    : judged;
}

/** Hatch takes folders where others take packages; `attr` and the like are told by their own form. */
function settingOf(keys: readonly string[]): string {
  const key = keys.at(-1) ?? '';
  return key === 'packages' && keys.includes('hatch') ? 'paths' : key;
}

/** Dots and slashes in a key want quotes. */
function quoted(source: Source, mention: Mention, { edits }: Rewrite): Rewrite {
  return rewriteOf(
    source,
    mention,
    edits.map((edit) => (/^[\w-]+$/u.test(edit.newText) ? edit : { ...edit, newText: `"${edit.newText}"` })),
  );
}

/** None for a mention in a comment; `undefined` for a text that does not parse. */
function readPlaces({ text, mentions }: Source): Map<number, Place> | undefined {
  const found = new Map<number, Place>();
  const open: string[][] = [];
  try {
    const program = parseTOML(text);
    traverseNodes(program, {
      enterNode: (node) => {
        const keys = keysOf(node);
        if (keys !== undefined) open.push(keys);
        const isBareKey = node.type === 'TOMLBare';
        if (keys === undefined && !isBareKey) return;
        for (const { start } of mentions) {
          if (node.range[0] <= start && start < node.range[1]) found.set(start, { keys: open.flat(), isBareKey });
        }
      },
      leaveNode: (node) => {
        if (keysOf(node) !== undefined) open.pop();
      },
    });
    for (const { range } of program.comments) {
      for (const { start } of mentions) if (range[0] <= start && start < range[1]) found.delete(start);
    }
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
  return found;
}

function keysOf(node: AST.TOMLNode): string[] | undefined {
  if (node.type === 'TOMLTable') return node.resolvedKey.filter((key) => typeof key === 'string');
  if (node.type !== 'TOMLKeyValue') return undefined;
  return node.key.keys.map((key) => (key.type === 'TOMLBare' ? key.name : key.value));
}
