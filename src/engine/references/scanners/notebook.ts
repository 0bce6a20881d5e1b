import { findNodeAtLocation, getNodeValue, parseTree, type Node } from 'jsonc-parser';
import type { Mention } from '../../tree/names.ts';
import { nearbyLine } from '../../text/lines.ts';
import { judgeCommand } from '../commandLine.ts';
import type { Judgement, Scanner, Source } from '../judgement.ts';
import { CellText } from './cellText.ts';
import { markdownScanner } from './markdown.ts';
import { judgePython } from './python/index.ts';
import { textScanner } from './text.ts';

/** A Jupyter notebook: its code cells are one program, its others Markdown; what a run printed records what was. */
export const notebookScanner: Scanner = {
  name: 'notebook',
  judge: (source) => {
    const root = parseTree(source.text);
    const cells = (root && findNodeAtLocation(root, ['cells'])?.children) ?? [];
    const isCode = (cell: Node): boolean => valueOf(cell, 'cell_type') === 'code';
    const code = new CellText(source.text, cells.filter(isCode).map(linesOf));
    const documents = cells.filter((cell) => !isCode(cell)).map((cell) => new CellText(source.text, [linesOf(cell)]));
    const judged = [
      ...judgeCells(source, code, judgeProgram),
      ...documents.flatMap((document) => judgeCells(source, document, (text) => markdownScanner.judge(text))),
    ];
    const starts = new Set(judged.map(({ mention }) => mention.start));
    const others = source.mentions.filter(({ start }) => !starts.has(start));
    const printed = cells.flatMap((cell) => findNodeAtLocation(cell, ['outputs']) ?? []);
    const isRecord = ({ mention: { start } }: Judgement): boolean =>
      printed.some(({ offset, length }) => offset <= start && start < offset + length);
    return [
      ...judged,
      ...textScanner
        .judge({ ...source, mentions: others })
        .map((one) => (isRecord(one) ? { ...one, isRecord: true as const } : one)),
    ];
  },
};

function valueOf(cell: Node, key: string): unknown {
  const node = findNodeAtLocation(cell, [key]);
  return node && getNodeValue(node);
}

/** The strings of a cell's source, which is one or a list of lines. */
function linesOf(cell: Node): readonly Node[] {
  const source = findNodeAtLocation(cell, ['source']);
  const nodes = source?.type === 'array' ? (source.children ?? []) : [source];
  return nodes.filter((node): node is Node => node?.type === 'string');
}

/** Judges a text as if it were a file of its own. A name after `\n` is a word in a cell, and none in the notebook's text. */
function judgeCells(source: Source, cells: CellText, judge: (source: Source) => readonly Judgement[]): Judgement[] {
  const mentions = source.names.findLegacy(cells.text);
  if (mentions.length === 0 && !source.names.mayBeSplit(cells.text)) return [];
  return judge({ ...source, text: cells.text, mentions }).map((judgement) => cells.inNotebook(judgement));
}

/** Python, but for what IPython takes for itself: `!python -m pkg`, `%cd pkg`, and all of a cell after `%%bash`. */
function judgeProgram(source: Source): Judgement[] {
  const python = source.text.replace(MAGIC, (magic) => magic.replace(/[^\n]/gu, ' '));
  const isMagic = ({ start }: Mention): boolean => python[start] === ' ';
  return [
    ...source.mentions.filter(isMagic).map((mention) => judgeMagic(source, mention)),
    ...judgePython({ ...source, text: python, mentions: source.mentions.filter((mention) => !isMagic(mention)) }),
  ];
}

/** A line, or a whole cell; a cell ends with a form feed. */
const MAGIC = /^[ \t]*(?:%%(?:bash|sh|script|cmd|!)\b[^\f]*|[!%].*)/gmu;

function judgeMagic(source: Source, mention: Mention): Judgement {
  const line = nearbyLine(source.text, mention.start);
  const before = source.text.slice(line.start, mention.start).replace(/^[ \t]*[!%]+/u, '');
  return judgeCommand(source, mention, 'command', before);
}
