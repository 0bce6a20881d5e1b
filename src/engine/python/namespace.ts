import type { SyntaxNode, Tree } from '@lezer/common';
import type { Runs } from './branches.ts';
import { both, readBranches } from './branches.ts';
import { putsNamesByHand } from './dynamic.ts';
import type { Exports } from './exports.ts';
import { ExportsReader } from './exports.ts';
import { readImport } from './imports.ts';
import { ancestor, children, parsePython } from './syntax.ts';

/** A module star-imported: leading dots and dotted name, as written. */
export interface StarImport {
  readonly level: number;
  readonly module: string;
  /** Only type checkers run it. */
  readonly forTypes: boolean;
}

/** What a module holds after it ran, as far as its source tells; a name bound in any branch counts. */
export interface Namespace {
  readonly bound: ReadonlySet<string>;
  /** Bound under `if TYPE_CHECKING` alone. */
  readonly forTypes: ReadonlySet<string>;
  readonly starImports: readonly StarImport[];
  /** `undefined` without an `__all__`. */
  readonly exports: Exports | undefined;
  /** A module-level `__getattr__`, or names put in place by hand: any name may be there. */
  readonly dynamic: boolean;
  /** It does not parse: names may have been overlooked. */
  readonly damaged: boolean;
}

export function readNamespace(text: string): Namespace {
  const tree = parsePython(text);
  const reader = new NamespaceReader(text);
  reader.readModule(tree);
  return reader.result(tree);
}

/** A quick look that most modules end at: `false` is certain. */
export function mayStarImport(text: string): boolean {
  return /\bimport[\s(\\]*\*/u.test(text);
}

/** It may have submodules that no file shows: it changes `__path__`, `sys.modules` or `sys.meta_path`. */
export function opensSubmodules(text: string): boolean {
  return OPENS_SUBMODULES.test(text);
}

const OPENS_SUBMODULES =
  /\b__path__\b|\bextend_path\b|\bdeclare_namespace\b|\bmeta_path\b|\bmodules\s*\[[^\]\n]*\]\s*=[^=]|\bmodules\s*\.\s*(?:update|setdefault|__setitem__)\b|=\s*sys\s*\.\s*modules\s*$/mu;

class NamespaceReader {
  readonly #text: string;
  readonly #bound = new Set<string>();
  readonly #forTypes = new Set<string>();
  readonly #stars: StarImport[] = [];
  readonly #exports: ExportsReader;

  constructor(text: string) {
    this.#text = text;
    this.#exports = new ExportsReader(text);
  }

  result(tree: Tree): Namespace {
    return {
      bound: this.#bound,
      forTypes: this.#forTypes,
      starImports: this.#stars,
      exports: this.#exports.result(),
      dynamic: this.#bound.has('__getattr__') || putsNamesByHand(tree, this.#text),
      damaged: hasError(tree),
    };
  }

  readModule(tree: Tree): void {
    this.#readBlock(tree.topNode, 'always');
    if (/\bglobal\s|:=|\b__all__\b/u.test(this.#text)) this.#readInside(tree);
  }

  #readBlock(block: SyntaxNode, runs: Runs): void {
    for (const node of children(block)) this.#readStatement(node, runs);
  }

  #readStatement(node: SyntaxNode, runs: Runs): void {
    switch (node.name) {
      case 'IfStatement':
        for (const branch of readBranches(node, this.#text)) this.#readBlock(branch.body, both(runs, branch.runs));
        break;
      case 'TryStatement':
      case 'ForStatement':
      case 'WhileStatement':
      case 'MatchStatement':
        this.#readCompound(node, both(runs, 'maybe'));
        break;
      case 'WithStatement':
        this.#readCompound(node, runs);
        break;
      case 'StatementGroup':
      case 'DecoratedStatement':
        this.#readBlock(node, runs);
        break;
      case 'FunctionDefinition':
      case 'ClassDefinition':
      case 'TypeDefinition':
        this.#bindPattern(node.getChild('VariableName'), runs);
        break;
      case 'AssignStatement':
      case 'UpdateStatement':
        this.#readAssignment(node, runs);
        break;
      case 'ExpressionStatement':
        this.#readCall(node.firstChild, runs);
        break;
      case 'DeleteStatement':
        this.#readDelete(node, runs);
        break;
      case 'ImportStatement':
        this.#readImport(node, runs);
        break;
      default:
    }
  }

  /** `for x in`, `with a as x`, patterns of `match`; the name after `except E as` is gone when its block ends. */
  #readCompound(node: SyntaxNode, runs: Runs): void {
    let binding = node.name === 'ForStatement';
    for (const part of children(node)) {
      if (part.name === 'Body') this.#readBlock(part, runs);
      else if (part.name === 'MatchBody') this.#readMatch(part, runs);
      if (part.name === 'in' || part.name === 'Body') binding = false;
      else if (part.name === 'as') binding = node.name === 'WithStatement';
      else if (part.name === ',' && node.name === 'WithStatement') binding = false;
      else if (binding) this.#bindPattern(part, runs);
    }
  }

  #readMatch(body: SyntaxNode, runs: Runs): void {
    for (const clause of body.getChildren('MatchClause')) {
      for (const part of children(clause)) {
        if (part.name === 'Body') this.#readBlock(part, runs);
        else if (part.name !== 'Guard') this.#bindCaptures(part, runs);
      }
    }
  }

  #bindCaptures(pattern: SyntaxNode, runs: Runs): void {
    pattern.cursor().iterate(({ name, node }) => {
      const isAlias = name === 'VariableName' && node.prevSibling?.name === 'as';
      if (name === 'CapturePattern') this.#bindPattern(node.firstChild, runs);
      else if (isAlias) this.#bindPattern(node, runs);
    });
  }

  /** `a = b, *c = value`; `a: int` alone binds nothing. */
  #readAssignment(node: SyntaxNode, runs: Runs): void {
    const parts = children(node).filter(({ name }) => name !== 'Comment');
    const last = parts.findLastIndex(({ name }) => name === 'AssignOp' || name === 'UpdateOp');
    const targets = parts.slice(0, Math.max(last, 0)).filter(({ name }) => name !== 'TypeDef');
    for (const target of targets) this.#bindPattern(target, runs);
    if (!targets.some((target) => this.#slice(target).includes('__all__'))) return;
    const isPlain = this.#slice(targets[0]) === '__all__' && targets.every(({ name }) => !/^[,*]$/u.test(name));
    this.#exports.assign(isPlain ? parts.slice(last + 1) : [], node.name === 'UpdateStatement', runs === 'always');
  }

  /** `__all__.extend([…])` */
  #readCall(call: SyntaxNode | null, runs: Runs): void {
    if (call?.name !== 'CallExpression') return;
    const callee = this.#slice(call.firstChild);
    const list = call.getChild('ArgList');
    if (!callee.startsWith('__all__.') || list === null) return;
    const [, value] = children(list);
    this.#exports.call(callee.slice('__all__.'.length), value, runs === 'always');
  }

  #readDelete(node: SyntaxNode, runs: Runs): void {
    if (runs !== 'always') return;
    const names = node.getChildren('VariableName').concat(
      children(node)
        .filter(isGroup)
        .flatMap((group) => group.getChildren('VariableName')),
    );
    for (const name of names) this.#bound.delete(this.#slice(name));
  }

  #readImport(node: SyntaxNode, runs: Runs): void {
    const statement = readImport(node, this.#text);
    if (statement.kind === 'import') {
      for (const { module, alias } of statement.modules) this.#bind(alias ?? module.segments[0] ?? '', runs);
      return;
    }
    const { level, module } = statement;
    for (const { name, alias } of statement.names) {
      if (name !== '*') this.#bind(alias ?? name, runs);
      else if (runs !== 'never')
        this.#stars.push({ level, module: module.segments.join('.'), forTypes: runs === 'forTypes' });
      if (name === '__all__') this.#exports.blur();
    }
  }

  /** What is bound from inside of expressions and functions: walrus, `global`; and `__all__` in a function's hands. */
  #readInside(tree: Tree): void {
    tree.iterate({
      enter: ({ name, node }) => {
        if (name === 'ScopeStatement' && node.firstChild?.name === 'global') {
          for (const one of node.getChildren('VariableName')) this.#bindPattern(one, 'maybe');
        } else if (name === 'NamedExpression' && isModuleScope(node)) this.#bindPattern(node.firstChild, 'maybe');
        // `f(x := 1)`: the grammar takes it for a keyword.
        else if (name === 'AssignOp' && this.#slice(node) === ':=' && isModuleScope(node))
          this.#bindPattern(node.prevSibling, 'maybe');
        else if (name === 'VariableName' && this.#slice(node) === '__all__' && !isModuleScope(node))
          this.#exports.blur();
      },
    });
  }

  #bindPattern(node: SyntaxNode | null, runs: Runs): void {
    // The target of a `with` may be several: the tree has them as one name.
    if (node?.name === 'VariableName') for (const name of namesIn(this.#slice(node))) this.#bind(name, runs);
    else if (node !== null && isGroup(node)) {
      for (const child of children(node)) this.#bindPattern(child, runs);
    }
  }

  #bind(name: string, runs: Runs): void {
    if (runs === 'forTypes') this.#forTypes.add(name);
    else if (runs !== 'never') this.#bound.add(name);
  }

  #slice(node: SyntaxNode | null | undefined): string {
    return node === null || node === undefined ? '' : this.#text.slice(node.from, node.to);
  }
}

/** `(x, y)`, `[x, y]`, `(x)` */
function isGroup({ name }: SyntaxNode): boolean {
  return /^(?:Tuple|Array|Parenthesized)Expression$/u.test(name);
}

/** `x`, `(x, y.z, u[0])` → `x` */
function namesIn(target: string): readonly string[] {
  return target.match(/(?<![\p{L}\p{N}_.])[\p{L}_][\p{L}\p{N}_]*(?![\p{L}\p{N}_.[])/gu) ?? [];
}

/** Neither in the body of a function or class nor in a lambda. */
function isModuleScope(node: SyntaxNode): boolean {
  for (let inner = node, up = node.parent; up !== null; inner = up, up = up.parent) {
    if (up.name === 'LambdaExpression') return false;
    if (inner.name === 'Body' && /^(?:Function|Class)Definition$/u.test(up.name)) return false;
  }
  return ancestor(node, 'Script') !== undefined;
}

function hasError(tree: Tree): boolean {
  let found = false;
  tree.iterate({
    enter: ({ type }) => {
      found ||= type.isError;
      return !found;
    },
  });
  return found;
}
