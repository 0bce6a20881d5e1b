import type { SyntaxNode, Tree } from '@lezer/common';
import { readImport } from './imports.ts';
import { ancestor, children } from './syntax.ts';

/**
 * What binds a name where it is used: only plain imports of the package (`import pkg.a`), something else, both, or
 * nothing that the file shows.
 */
export type Binding = 'package' | 'other' | 'mixed' | 'none';

const FUNCTIONS = new Set(['FunctionDefinition', 'LambdaExpression']);

/**
 * Finds what binds `name` at a use, by Python's scope rules: the enclosing functions, lambdas and comprehensions from
 * the inside out, the class body only for code directly in it, then the module; `global` goes to the module at once.
 * The rules are those of the language reference, "Naming and binding".
 */
export function bindingAt(use: SyntaxNode, name: string, text: string): Binding {
  if (isParameter(use) || isDeclared(use)) return 'other';
  let inner: SyntaxNode = use;
  let direct = true;
  for (let scope = use.parent; scope !== null; inner = scope, scope = scope.parent) {
    const binds = scopeBinding(scope, inner, name, text, direct);
    if (binds === 'global') return moduleBinding(scope, name, text);
    if (binds !== 'none') return binds;
    if (isScope(scope) && !evaluatedOutside(scope, inner)) direct = false;
  }
  return 'none';
}

/** The name of a parameter, or of a keyword argument: `def f(name)`, `f(name=1)`. */
function isParameter(use: SyntaxNode): boolean {
  if (use.parent?.name === 'ArgList') return use.nextSibling?.name === 'AssignOp';
  return use.parent?.name === 'ParamList' && use.prevSibling?.name !== 'AssignOp';
}

/** `name: int` without a value: an annotated name of the class or the module, not a use. */
function isDeclared(use: SyntaxNode): boolean {
  return use.parent?.name === 'AssignStatement' && use.prevSibling === null && use.nextSibling?.name === 'TypeDef';
}

function isScope(node: SyntaxNode): boolean {
  return (
    FUNCTIONS.has(node.name) ||
    node.name.includes('Comprehension') ||
    node.name === 'ClassDefinition' ||
    node.name === 'Script'
  );
}

/** Decorators, default values, annotations and base classes belong to the scope around the definition. */
function evaluatedOutside(scope: SyntaxNode, inner: SyntaxNode): boolean {
  if (scope.name === 'FunctionDefinition') return inner.name !== 'Body';
  if (scope.name === 'ClassDefinition') return inner.name !== 'Body';
  if (scope.name === 'LambdaExpression') return inner.name === 'ParamList';
  return false;
}

function scopeBinding(
  scope: SyntaxNode,
  inner: SyntaxNode,
  name: string,
  text: string,
  direct: boolean,
): Binding | 'global' {
  if (!isScope(scope) || evaluatedOutside(scope, inner)) return 'none';
  if (scope.name === 'ClassDefinition' && !direct) return 'none';
  if (scope.name.includes('Comprehension')) return comprehensionBinding(scope, inner, name, text);
  return scopeSearch(scope, name, text);
}

/** The variables after `for`; the first `in` expression is evaluated outside. */
function comprehensionBinding(scope: SyntaxNode, inner: SyntaxNode, name: string, text: string): Binding {
  const parts = children(scope);
  const firstIn = parts.findIndex((part) => part.name === 'in');
  if (parts[firstIn + 1]?.from === inner.from) return 'none';
  let binding = false;
  for (const part of parts) {
    if (part.name === 'for') binding = true;
    else if (part.name === 'in') binding = false;
    else if (binding && holdsName(part, name, text)) return 'other';
  }
  return 'none';
}

function moduleBinding(from: SyntaxNode, name: string, text: string): Binding {
  let top = from;
  while (top.parent !== null) top = top.parent;
  const found = scopeSearch(top, name, text);
  return found === 'global' ? 'none' : found;
}

/** What modules bind, by name: a file may use the package thousands of times. */
const known = new WeakMap<Tree, Map<string, Binding | 'global'>>();

function scopeSearch(scope: SyntaxNode, name: string, text: string): Binding | 'global' {
  const module = scope.name === 'Script' ? scope.tree : null;
  if (module === null) return new BindingSearch(name, text).search(scope);
  const bound = known.get(module) ?? new Map<string, Binding | 'global'>();
  known.set(module, bound);
  const found = bound.get(name) ?? new BindingSearch(name, text).search(scope);
  bound.set(name, found);
  return found;
}

/** Looks through one scope, not into the scopes inside it. */
class BindingSearch {
  readonly #name: string;
  readonly #text: string;
  #package = false;
  #other = false;
  #global = false;

  constructor(name: string, text: string) {
    this.#name = name;
    this.#text = text;
  }

  search(scope: SyntaxNode): Binding | 'global' {
    if (scope.name === 'Script') this.#readGlobals(scope);
    for (const part of children(scope)) {
      if (part.name === 'ParamList') this.#readParams(part);
      else if (scope.name === 'Script' || part.name === 'Body') this.#visit(part);
    }
    if (this.#global) return 'global';
    if (this.#package) return this.#other ? 'mixed' : 'package';
    return this.#other ? 'other' : 'none';
  }

  /** Functions that declare the name `global` bind it in the module. */
  #readGlobals(module: SyntaxNode): void {
    if (!this.#text.includes('global')) return;
    const functions = new Map<number, SyntaxNode>();
    module.cursor().iterate((cursor) => {
      if (cursor.name !== 'ScopeStatement') return;
      const owner = ancestor(cursor.node, 'FunctionDefinition');
      if (cursor.node.getChildren('VariableName').some((one) => this.#is(one)) && owner)
        functions.set(owner.from, owner);
    });
    for (const owner of functions.values()) for (const part of owner.getChildren('Body')) this.#visit(part);
    this.#global = false;
  }

  #visit(node: SyntaxNode): void {
    switch (node.name) {
      case 'ImportStatement':
        this.#readImport(node);
        return;
      case 'FunctionDefinition':
      case 'ClassDefinition':
        this.#other ||= this.#is(node.getChild('VariableName'));
        return;
      case 'LambdaExpression':
        return;
      case 'ScopeStatement':
        if (node.firstChild?.name === 'global' && node.getChildren('VariableName').some((one) => this.#is(one)))
          this.#global = true;
        return;
      case 'AssignStatement':
      case 'UpdateStatement':
        this.#readTargets(node, (part) => part.name === 'AssignOp' || part.name === 'UpdateOp');
        break;
      case 'NamedExpression':
        this.#other ||= this.#is(node.firstChild);
        break;
      case 'ForStatement':
        this.#readTargets(node, (part) => part.name === 'in');
        break;
      case 'WithStatement':
      case 'TryStatement':
        this.#readAs(node);
        break;
      case 'CapturePattern':
        this.#other ||= this.#is(node.firstChild) || this.#is(node);
        break;
      default:
        if (node.name.includes('Comprehension')) return;
    }
    for (const child of children(node)) this.#visit(child);
  }

  #readImport(node: SyntaxNode): void {
    const statement = readImport(node, this.#text);
    if (statement.kind === 'from') {
      this.#other ||= statement.names.some(({ name, alias }) => (alias ?? name) === this.#name);
      return;
    }
    for (const { module, alias } of statement.modules) {
      if (alias === undefined && module.segments[0] === this.#name) this.#package = true;
      else if (alias === this.#name) this.#other = true;
    }
  }

  #readTargets(node: SyntaxNode, ends: (part: SyntaxNode) => boolean): void {
    const parts = children(node);
    const last = parts.findLastIndex(ends);
    this.#other ||= parts.slice(0, Math.max(last, 0)).some((part) => holdsName(part, this.#name, this.#text));
  }

  #readAs(node: SyntaxNode): void {
    const parts = children(node);
    this.#other ||= parts.some((part, at) => parts[at - 1]?.name === 'as' && holdsName(part, this.#name, this.#text));
  }

  #readParams(params: SyntaxNode): void {
    const parts = children(params);
    // A default value and an annotation follow `=` and `:`; only the names before them are bound.
    this.#other ||= parts.some((part, at) => parts[at - 1]?.name !== 'AssignOp' && this.#is(part));
  }

  #is(node: SyntaxNode | null): boolean {
    return node?.name === 'VariableName' && this.#text.slice(node.from, node.to) === this.#name;
  }
}

/** A target pattern binds the name: itself, or in a tuple or list; `a.b` and `a[b]` bind nothing. */
function holdsName(node: SyntaxNode, name: string, text: string): boolean {
  if (node.name === 'VariableName') return text.slice(node.from, node.to) === name;
  return (
    /^(?:Tuple|Array|Parenthesized)Expression$/u.test(node.name) &&
    children(node).some((child) => holdsName(child, name, text))
  );
}
