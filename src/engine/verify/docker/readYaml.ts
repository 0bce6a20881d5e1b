import type { Node, Pair } from 'yaml';
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { YamlNode, YamlTag } from './yamlNode.ts';

/** More nodes than any compose file has: a text whose aliases multiply ends here. */
const MOST_NODES = 100_000;

/** The first document of a YAML text; `undefined` when it does not parse, or holds nothing. */
export function readYaml(text: string): YamlNode | undefined {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'silent', uniqueKeys: false });
  if (document.errors.length > 0 || document.contents === null) return undefined;
  let left = MOST_NODES;
  const read = (node: unknown, line: number): YamlNode | undefined => {
    if (--left < 0) return undefined;
    if (isAlias(node)) return read(node.resolve(document), line);
    const own = lineOf(node as Node | null, lines) ?? line;
    const tag = tagOf(node);
    if (isMap(node)) return { kind: 'map', line: own, entries: entriesOf(node.items, own, read), ...tag };
    if (isSeq(node)) {
      const items = node.items.map((item) => read(item, own)).filter((item) => item !== undefined);
      return { kind: 'list', line: own, items, ...tag };
    }
    // Under a tag of its own, `null` is a text.
    if (!isScalar(node) || node.value === null || tag.tag === '!reset') return { kind: 'null', line: own, ...tag };
    // `8000` and `0.10` as they are written.
    const written = typeof node.value === 'string' ? node.value : (node.source ?? JSON.stringify(node.value));
    return { kind: 'text', line: own, text: written, ...tag };
  };
  return read(document.contents, 1);
}

function entriesOf(
  pairs: readonly Pair[],
  line: number,
  read: (node: unknown, line: number) => YamlNode | undefined,
): Map<string, YamlNode> {
  const own = new Map<string, YamlNode>();
  const merged = new Map<string, YamlNode>();
  for (const pair of pairs) {
    const key = isScalar(pair.key) ? String(pair.key.value) : undefined;
    const value = read(pair.value, line);
    if (key === undefined || value === undefined) continue;
    if (key === '<<') mergeInto(merged, value);
    else own.set(key, value);
  }
  return new Map([...merged, ...own]);
}

/** `<<: *a`, `<<: [*a, *b]`: the first that has a key gives it. */
function mergeInto(merged: Map<string, YamlNode>, value: YamlNode): void {
  for (const source of value.kind === 'list' ? value.items : [value]) {
    if (source.kind !== 'map') continue;
    for (const [key, inherited] of source.entries) if (!merged.has(key)) merged.set(key, inherited);
  }
}

function lineOf(node: Node | null, lines: LineCounter): number | undefined {
  const start = node?.range?.[0];
  return start === undefined ? undefined : lines.linePos(start).line;
}

function tagOf(node: unknown): { tag?: YamlTag } {
  const tag = (node as { tag?: unknown } | null)?.tag;
  return tag === '!reset' || tag === '!override' ? { tag } : {};
}
