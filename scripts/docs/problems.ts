import type { ReferenceKind } from '../../src/engine/index.ts';
import { applyEdits, codeOf, rules, type Rule } from '../../src/engine/index.ts';
import { open, referencesOf } from '../../test/helpers/engine.ts';
import { fenced, MADE } from './markdown.ts';

/** A line that holds a reference of the kind, in a file of that name. */
const examples: Readonly<Record<ReferenceKind, readonly [path: string, text: string]>> = {
  import: ['scripts/seed.py', 'from pixsim7_backend.api.assets import Assets'],
  importUse: ['scripts/serve.py', 'import pixsim7_backend.main\n\nserver = pixsim7_backend.main.create()'],
  moduleString: ['tests/test_assets.py', 'patch("pixsim7_backend.api.assets.router")'],
  pathString: ['scripts/pack.py', 'SOURCES = ROOT / "pixsim7_backend" / "api"'],
  command: ['scripts/start.sh', 'python pixsim7_backend/main.py --reload'],
  config: ['pyproject.toml', '[tool.coverage.run]\nsource = ["pixsim7_backend"]'],
  markdown: ['docs/setup.md', 'Read [the backend’s notes](../pixsim7_backend/README.md) first.'],
  prose: ['scripts/seed.py', '# The same limit as in pixsim7_backend/api/assets.py.'],
  bare: ['launcher/processes.py', "if 'pixsim7_backend' in command:"],
};

const HEAD = `${MADE}

# Problems

What the Problems view, \`tree-unifier check\` and SARIF reports call by a code. A click on the code, in that view or over the text, opens this page.

Live code weighs a warning, a document information, a record of the past and an own name a hint; a missing target and an import that
fails are errors. The setting \`treeUnifier.severities\` changes that. A comment \`tree-unifier: keep\` on the line, or on the line above, says
that a mention is meant: it is no problem any more.
`;

/** What is only found by `check`: not a place in a file that one edit mends. */
const checkOnly = ['diverged-file', 'legacy-only-file', 'conflict-markers', 'expired-shim'];

/** What a verification found in a file, until the file changes or it is verified again. */
const verified: readonly (readonly [code: string, what: string])[] = [
  ['unreadable-python', 'Python cannot read the file from here on. Mend the syntax.'],
  [
    'dead-path',
    'A script, compose or configuration file names a path that is not there. Mend the path, or bring over what it names.',
  ],
  [
    'broken-container',
    'A service would not start in its container, or would run the legacy tree. Mend the `COPY`, volume, working directory or command.',
  ],
  [
    'backend-differs',
    'A backend does not answer, or not as the canonical one does. The report has what it printed, and every difference.',
  ],
];

/** `docs/problems.md`, its examples rewritten by the engine itself. */
export async function problemsPage(): Promise<string> {
  const rewrites = await exampleRewrites();
  const inEditor = rules.filter(({ id }) => !checkOnly.includes(id));
  const inCheck = rules.filter(({ id }) => checkOnly.includes(id));
  const section = ({ id, title, help }: Rule): string => `### ${id}\n\n${title} ${help}\n${rewrites.get(id) ?? ''}`;
  return [
    HEAD,
    '## In the editor and in `check`\n',
    ...inEditor.map(section),
    '## After *Verify*\n',
    ...verified.map(([code, what]) => `### ${code}\n\n${what}\n`),
    '## In `check` alone\n',
    ...inCheck.map(section),
  ].join('\n');
}

async function exampleRewrites(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const [kind, [path, text]] of Object.entries(examples)) {
    const references = await referencesOf(path, text);
    const first = references.find((one) => one.kind === kind);
    if (first === undefined) throw new Error(`The example of ${kind} holds none: ${text}`);
    const ways = [first.rewrite, ...first.alternatives].flatMap((way) => (way === undefined ? [] : [way.edits]));
    // A choice is shown as one: each form after the other. Else the whole text as it becomes.
    const isChoice = first.alternatives.length > 0;
    const all = references.flatMap(({ rewrite }) => rewrite?.edits ?? []);
    const after = isChoice ? ways.map((edits) => applyEdits(text, edits)) : [applyEdits(text, all)];
    found.set(codeOf(first), `\nIn \`${path}\`:\n\n${diff(text, after)}`);
  }
  found.set('depth-sensitive-path', await depthExample());
  return found;
}

/** The same file in both trees, of which the canonical one lies a folder deeper. */
async function depthExample(): Promise<string> {
  const path = 'pixsim7/backend/main/settings.py';
  const text = 'REPOSITORY = Path(__file__).resolve().parents[1]';
  const { session } = await open({ [path]: text, 'pixsim7_backend/settings.py': text });
  const edits = (await session.depthSensitiveIn(path)).flatMap(({ fix }) => fix ?? []);
  return `\nIn \`${path}\`:\n\n${diff(text, [applyEdits(text, edits)])}`;
}

/** Lines that are in both stay as they are; each way to write the others follows them. */
function diff(before: string, ways: readonly string[]): string {
  const old = before.split('\n');
  const lines = old.flatMap((line, index) => {
    const forms = ways.map((way) => way.split('\n')[index] ?? '');
    return forms.every((form) => form === line) ? [` ${line}`] : [`-${line}`, ...forms.map((form) => `+${form}`)];
  });
  return fenced('diff', lines.map((line) => line.trimEnd()).join('\n'));
}
