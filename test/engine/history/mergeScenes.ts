import fc from 'fast-check';
import type { Content, Files, Scene } from './mergeSetup.ts';

/** Lines of a module, with the package's name in every form and without; the number tells them apart. */
const forms: readonly ((n: number) => string)[] = [
  (n) => `value_${n} = ${n}`,
  (n) => `from new.app.mod${n} import thing`,
  (n) => `print("plain ${n}")`,
  (n) => `run("new.app.mod${n}:app")`,
  (n) => `open("new/app/data${n}.txt")`,
  (n) => `# see new/app/mod${n}.py`,
  (n) => `import new.app.mod${n}`,
  () => '',
];

const line = fc
  .tuple(fc.nat({ max: forms.length - 1 }), fc.nat({ max: 60 }))
  .map(([form, n]) => forms[form]?.(n) ?? '');

const text = fc
  .tuple(fc.array(line, { minLength: 4, maxLength: 16 }), fc.constantFrom('\n', '\n', '\n', ''))
  .map(([lines, end]) => lines.join('\n') + end);

const binary = fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes) => Uint8Array.of(0, ...bytes));

const file: fc.Arbitrary<Content> = fc.oneof(
  { weight: 8, arbitrary: text },
  { weight: 1, arbitrary: binary },
  { weight: 1, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: text.map((content) => ({ content, executable: true })) },
);

const folders = ['', 'api/', 'api/v1/', 'svc/', 'svc/jobs/', 'other/'];
const names = ['main.py', 'users.py', 'items.py', 'notes.md', 'run.sh', 'data.bin', '__init__.py'];
const filePath = fc
  .tuple(fc.constantFrom(...folders), fc.constantFrom(...names))
  .map(([folder, name]) => folder + name);

/** What somebody does to a tree. Numbers pick a file, or a place in it, whatever there is at the time. */
type Edit =
  | { readonly kind: 'insert' | 'replace'; readonly file: number; readonly at: number; readonly line: string }
  | { readonly kind: 'delete'; readonly file: number; readonly at: number }
  | { readonly kind: 'add'; readonly path: string; readonly content: Content }
  | { readonly kind: 'write'; readonly file: number; readonly content: Content }
  | { readonly kind: 'endLine'; readonly file: number }
  | { readonly kind: 'remove'; readonly file: number }
  | { readonly kind: 'chmod'; readonly file: number }
  | { readonly kind: 'toFolder'; readonly file: number }
  | { readonly kind: 'rename'; readonly file: number; readonly path: string }
  | { readonly kind: 'renameFolder'; readonly from: string; readonly to: string };

const nat = fc.nat({ max: 999 });

const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('insert' as const), file: nat, at: nat, line }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('replace' as const), file: nat, at: nat, line }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('delete' as const), file: nat, at: nat }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('add' as const), path: filePath, content: file }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('write' as const), file: nat, content: file }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('rename' as const), file: nat, path: filePath }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'remove' as const,
        'remove' as const,
        'chmod' as const,
        'endLine' as const,
        'toFolder' as const,
      ),
      file: nat,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('renameFolder' as const),
      from: fc.constantFrom(...folders.slice(1)),
      to: fc.constantFrom('api/v2/', 'moved/', 'svc/'),
    }),
  },
);

/** One file is never touched, so that the copy is always found. */
const anchor: Files = { 'anchor.py': 'import new.app\n\n\ndef anchor():\n    return "new.app.anchor"\n' };

/** A package, and what each side made of its copy; all in the canonical tree's words. */
export const scenes: fc.Arbitrary<Scene> = fc
  .record({
    base: fc.array(fc.tuple(filePath, file), { minLength: 3, maxLength: 9 }),
    canonical: fc.array(edit, { maxLength: 7 }),
    legacy: fc.array(edit, { maxLength: 7 }),
    both: fc.array(edit, { maxLength: 2 }),
  })
  .map(({ base, canonical, legacy, both }) => {
    const package_ = new Map(base.filter(([path], at) => base.findIndex(([other]) => other === path) === at));
    return {
      base: finish(package_),
      canonical: finish(edited(package_, [...both, ...canonical])),
      legacy: finish(edited(package_, [...both, ...legacy])),
    };
  });

function finish(files: ReadonlyMap<string, Content>): Files {
  return { ...Object.fromEntries(files), ...anchor };
}

function edited(before: ReadonlyMap<string, Content>, edits: readonly Edit[]): Map<string, Content> {
  const files = new Map(before);
  for (const one of edits) apply(files, one);
  return files;
}

function apply(files: Map<string, Content>, one: Edit): void {
  if (one.kind === 'add') {
    put(files, one.path, one.content);
    return;
  }
  if (one.kind === 'renameFolder') {
    moveFolder(files, one.from, one.to);
    return;
  }
  const path = [...files.keys()].sort()[one.file % Math.max(1, files.size)];
  const content = path === undefined ? undefined : files.get(path);
  if (path === undefined || content === undefined) return;
  if (one.kind === 'remove') files.delete(path);
  else if (one.kind === 'write') files.set(path, one.content);
  else if (one.kind === 'chmod') files.set(path, toggled(content));
  else if (one.kind === 'rename') move(files, path, one.path);
  else if (one.kind === 'toFolder') move(files, path, `${path}/inner.py`);
  else
    files.set(
      path,
      withText(content, (lines) => editLines(lines, one)),
    );
}

type LineEdit = Extract<Edit, { readonly kind: 'insert' | 'replace' | 'delete' | 'endLine' }>;

function editLines(content: string, one: LineEdit): string {
  if (one.kind === 'endLine') return content.endsWith('\n') ? content.slice(0, -1) : `${content}\n`;
  const lines = content.split('\n');
  const at = one.at % lines.length;
  if (one.kind === 'insert') lines.splice(at, 0, one.line);
  else if (one.kind === 'replace') lines.splice(at, 1, one.line);
  else lines.splice(at, 1);
  return lines.join('\n');
}

function withText(content: Content, change: (text: string) => string): Content {
  if (typeof content === 'string') return change(content);
  if (content instanceof Uint8Array) return content;
  return typeof content.content === 'string' ? { ...content, content: change(content.content) } : content;
}

function toggled(content: Content): Content {
  if (typeof content === 'string' || content instanceof Uint8Array) return { content, executable: true };
  return content.content;
}

function move(files: Map<string, Content>, from: string, to: string): void {
  const content = files.get(from);
  files.delete(from);
  if (content === undefined) return;
  if (isFree(files, to)) files.set(to, content);
  else files.set(from, content);
}

function moveFolder(files: Map<string, Content>, from: string, to: string): void {
  if (from === to) return;
  for (const path of [...files.keys()].sort())
    if (path.startsWith(from)) move(files, path, to + path.slice(from.length));
}

function put(files: Map<string, Content>, path: string, content: Content): void {
  if (isFree(files, path)) files.set(path, content);
}

/** Neither a file nor a folder of that path is there, nor a file where one of its folders would be. */
function isFree(files: ReadonlyMap<string, Content>, path: string): boolean {
  return ![...files.keys()].some((one) => one === path || one.startsWith(`${path}/`) || path.startsWith(`${one}/`));
}
