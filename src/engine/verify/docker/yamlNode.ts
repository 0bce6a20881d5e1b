/** YAML as plain data that knows its lines (from 1); aliases and merge keys are resolved, every scalar is its text. */
export type YamlNode = { readonly line: number; readonly tag?: YamlTag } & (
  | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, YamlNode> }
  | { readonly kind: 'list'; readonly items: readonly YamlNode[] }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'null' }
);

/** Compose's own: what an earlier file says under this key goes; with `!reset`, what is said here too. */
export type YamlTag = '!reset' | '!override';

/** The value at a path of keys; `undefined` where there is none. */
export function valueAt(node: YamlNode | undefined, ...keys: readonly string[]): YamlNode | undefined {
  let at = node;
  for (const key of keys) at = at?.kind === 'map' ? at.entries.get(key) : undefined;
  return at;
}

export function textAt(node: YamlNode | undefined, ...keys: readonly string[]): string | undefined {
  const found = valueAt(node, ...keys);
  return found?.kind === 'text' ? found.text : undefined;
}

/** A list's items, or the one value that stands in place of a list. */
export function itemsOf(node: YamlNode | undefined): readonly YamlNode[] {
  if (node === undefined || node.kind === 'null' || node.tag === '!reset') return [];
  return node.kind === 'list' ? node.items : [node];
}
