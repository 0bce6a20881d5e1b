import type { SyntaxNode, Tree } from '@lezer/common';
import { ancestor, children } from './syntax.ts';

/** Words without which no module puts names in place by hand; `= getLogger(__name__)` and `__name__ ==` do not. */
const HINT =
  /\b(?:globals|vars|locals|exec)\s*\(|\bmodules\s*\[|\b__name__\b(?!\s*==)(?<!=\s*(?:\w+\.)?get_?[lL]ogger\(__name__)|\bglobal_enum\b/u;

/** A quick look that most modules end at: `false` is certain. */
export function mayPutNamesByHand(text: string): boolean {
  return HINT.test(text);
}

/**
 * Whether a module may hold names that no statement binds: through `globals()[…]`, `setattr(sys.modules[__name__], …)`,
 * `exec`, or something called with its name. Plain reading (`globals().get("x")`) is none of that.
 */
export function putsNamesByHand(tree: Tree, text: string): boolean {
  if (!mayPutNamesByHand(text)) return false;
  let found = false;
  tree.iterate({
    enter: ({ name, node }) => {
      if (found) return false;
      if (name === 'CallExpression') found = isTelling(node, text);
      else if (name === 'MemberExpression') found = isOwnModule(node, text) && !isOnlyRead(node, text);
      else if (name === 'Decorator') found = text.slice(node.from, node.to).includes('global_enum');
      return true;
    },
  });
  return found;
}

function isTelling(call: SyntaxNode, text: string): boolean {
  const callee = text.slice(call.from, call.firstChild?.to ?? call.from);
  const given = argumentsOf(call);
  const local = ancestor(call, 'FunctionDefinition', 'ClassDefinition') !== undefined;
  if (callee === 'globals') return !isOnlyRead(call, text);
  if (callee === 'vars' || callee === 'locals') return !local && given.length === 0 && !isOnlyRead(call, text);
  if (callee === 'exec') return given.length === 1;
  const withOwnName = given.some((one) => text.slice(one.from, one.to) === '__name__');
  if (/(?:^|\.)(?:import_module|__import__)$/u.test(callee)) return withOwnName;
  // Called for what it does, with the module's name: `IntEnum._convert_("Family", __name__, …)`.
  return withOwnName && !local && call.parent?.name === 'ExpressionStatement' && callee !== 'print';
}

function argumentsOf(call: SyntaxNode): SyntaxNode[] {
  const list = call.getChild('ArgList');
  return list === null ? [] : children(list).filter(({ name }) => !/^(?:[(),]|Comment)$/u.test(name));
}

/** `sys.modules[__name__]` */
function isOwnModule(node: SyntaxNode, text: string): boolean {
  return /^(?:\w+\.)?modules\s*\[\s*__name__\s*\]$/u.test(text.slice(node.from, node.to));
}

const READERS =
  /^(?:\w+\.)?(?:getattr|hasattr|dir|eval|len|list|dict|set|sorted|print|id|getmembers|getsource|getdoc)$/u;
const READING = /^(?:get|keys|values|items|copy|__contains__|__getitem__|__name__|__doc__|__file__)$/u;

/** The module's dictionary, or the module itself, is only looked into here. */
function isOnlyRead(node: SyntaxNode, text: string): boolean {
  const parent = node.parent;
  if (parent === null) return false;
  if (parent.name === 'ArgList') {
    const callee = parent.parent?.firstChild;
    return callee?.name !== undefined && READERS.test(text.slice(callee.from, callee.to));
  }
  if (parent.name === 'BinaryExpression') return true;
  if (parent.name !== 'MemberExpression' || parent.firstChild?.from !== node.from) return false;
  if (isTarget(parent)) return false;
  const property = parent.getChild('PropertyName');
  return property === null || READING.test(text.slice(property.from, property.to));
}

function isTarget(node: SyntaxNode): boolean {
  const statement = ancestor(node, 'AssignStatement', 'UpdateStatement', 'DeleteStatement', 'ForStatement', 'Body');
  if (statement === undefined || statement.name === 'Body') return false;
  if (statement.name === 'DeleteStatement') return true;
  const last = children(statement).findLast(({ name }) => /^(?:AssignOp|UpdateOp|in)$/u.test(name));
  return last !== undefined && node.to <= last.from;
}
