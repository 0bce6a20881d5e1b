import type { SyntaxNode } from '@lezer/common';
import { bindingAt } from '../../../python/scopes.ts';
import { ancestor } from '../../../python/syntax.ts';
import type { Mention } from '../../../tree/names.ts';
import type { Judgement, Source } from '../../judgement.ts';
import { judgeByForm, rewriteOf } from '../../judgement.ts';

/** A mention that is an expression: a use of what `import L.a` bound, unless another binding shadows it. */
export function judgeUse(source: Source, mention: Mention, node: SyntaxNode): Judgement {
  const name = source.names.legacyPackage[0] ?? '';
  const plain = { ...judgeByForm(source, mention, 'bare'), rewrites: [] };
  switch (bindingAt(node, name, source.text)) {
    case 'other':
      return { ...plain, ownName: `A variable of this file that is called \`${name}\`.` };
    case 'none':
      return {
        ...judgePackageUse(source, mention, node),
        review: `Nothing in this file imports \`${name}\` by this name.`,
      };
    case 'mixed':
      // The name alone may be the very place that binds something else; dots there would be no Python.
      if (mention.tail.length === 0) {
        return {
          ...plain,
          kind: 'importUse',
          isTied: true,
          review: `\`${name}\` is also bound to something else here.`,
        };
      }
      return { ...judgePackageUse(source, mention, node), review: `\`${name}\` is also bound to something else here.` };
    case 'package':
      return judgePackageUse(source, mention, node);
  }
}

function judgePackageUse(source: Source, mention: Mention, node: SyntaxNode): Judgement {
  const statement = ancestor(node, 'ScopeStatement', 'DeleteStatement');
  const first = source.names.canonicalPackage[0] ?? '';
  // `global L` and `del L` name the variable that the import binds, which is the first segment alone.
  const bindsAlone = mention.tail.length === 0 && statement !== undefined && node.parent?.name === statement.name;
  const newText = bindsAlone ? first : source.names.pair.canonical.package;
  const use: Judgement = {
    mention,
    kind: 'importUse',
    isTied: true,
    rewrites: [rewriteOf(source, mention, [{ start: mention.start, end: mention.end, newText }])],
    target: { kind: 'module', segments: mention.tail },
  };
  if (bindsAlone && statement.name === 'DeleteStatement') {
    return {
      ...use,
      review: `Deleting \`${first}\` takes more away than \`${source.names.pair.legacy.package}\` did.`,
    };
  }
  return shadowsCanonical(source, node, first)
    ? { ...use, review: `\`${first}\` is bound to something else where this stands.` }
    : use;
}

function shadowsCanonical(source: Source, node: SyntaxNode, first: string): boolean {
  const binding = bindingAt(node, first, source.text);
  return binding === 'other' || binding === 'mixed';
}
