import assert from 'node:assert/strict';
import type { EditorApi } from '../../src/editor/index.ts';
import { settingNames } from '../../src/editor/ids.ts';
import {
  actionsAt,
  activated,
  ask,
  becomes,
  execute,
  freshSample,
  hearMessages,
  problems,
  remove,
  rowAt,
  settingChanges,
  write,
} from './support.ts';

describe('each setting', () => {
  let api: EditorApi;
  before(async () => {
    api = await activated();
  });
  after(freshSample);

  it('pairs: says which two trees are compared', async () => {
    const pair = (below: string): object => ({
      legacy: { root: `pixsim7_backend/${below}`, package: `pixsim7_backend.${below}` },
      canonical: { root: `pixsim7/backend/main/${below}`, package: `pixsim7.backend.main.${below}` },
    });
    const labels = async (): Promise<string[]> => (await api.rows('inventory')).map(({ label }) => label).slice(0, 2);
    await settingChanges('pairs', [pair('services'), pair('domain')], labels, [
      'pixsim7_backend/services ↔ pixsim7/backend/main/services',
      'pixsim7_backend/domain ↔ pixsim7/backend/main/domain',
    ]);
  });

  it('mergeBase: says since when a side is ahead', async () => {
    const ahead = async (): Promise<string | undefined> =>
      rowAt(await api.rows('inventory'), 'Diverged', 'api', 'v1', 'assets.py').description;
    await settingChanges('mergeBase', 'HEAD', ahead, 'canonical ahead · 2 hunks · merge: takes canonical');
  });

  it('categories: say whose a reference is', async () => {
    const labels = async (): Promise<string[]> => (await api.rows('references')).map(({ label }) => label);
    const categories = [
      { name: 'Python', globs: ['**/*.py'] },
      { name: 'Everything else', globs: ['**/*'] },
    ];
    await settingChanges('categories', categories, labels, ['Python', 'Everything else']);
  });

  it('historical: says what records the past', async () => {
    const archived = (): string[] => severitiesOf('docs/archive/2025-10-first-plan.md');
    await settingChanges('historical', [], archived, ['Information']);
  });

  it('keep: says which mentions are intentional', async () => {
    await settingChanges('keep', ['tests/test_health.py:import app'], () => problems('tests/test_health.py'), []);
  });

  it('exclude: leaves files out', async () => {
    const labels = async (): Promise<string[]> =>
      rowAt(await api.rows('references'), 'Docker').children.map(({ label }) => label);
    await settingChanges('exclude', ['Dockerfile.dev'], labels, ['.dockerignore', 'docker-compose.yml', 'Dockerfile']);
  });

  it('kinds: say what is rewritten together with others', async () => {
    const inPlans = ['import', 'importUse', 'moduleString', 'pathString', 'command', 'config', 'markdown', 'prose'];
    const planned = async (): Promise<Set<string>> => {
      const plans = [
        await ask('tree-unifier_plan', { phase: 'canonicalize' }),
        await ask('tree-unifier_plan', { phase: 'align' }),
      ];
      return new Set(plans.flatMap(({ changes }) => (changes as readonly { kind: string }[]).map(({ kind }) => kind)));
    };
    // A bare name has no one rewrite that a plan could hold; all that are alike can be looked through together.
    const isBulkOffered = async (): Promise<boolean> =>
      (await actionsAt('launcher/gui/services.py', "'pixsim7_backend' in cmd")).some(
        ({ title }) => title === 'Rewrite all references of kind "bare" in the workspace…',
      );
    const used = async (): Promise<unknown> => {
      const found = await planned();
      return { ...Object.fromEntries(inPlans.map((kind) => [kind, found.has(kind)])), bare: await isBulkOffered() };
    };
    const off = Object.fromEntries([...inPlans, 'bare'].map((kind) => [kind, false]));
    await settingChanges('kinds', off, used, off);
  });

  it('severities: say how much a reference weighs', async () => {
    // One reference of each sort, and the depth-sensitive paths, which weigh as live code does.
    const places = {
      live: 'tests/test_plugins.py:7',
      documentation: 'docs/EXAMPLE_GENERATION_API_SPLIT.md:13',
      missing: 'tests/test_websocket_contract.py:22',
      historical: 'DOCUMENTATION_CHANGELOG.md:5',
      ownName: 'alembic.ini:4',
      kept: 'launcher/launch.bat:4',
    };
    const found = (): unknown => Object.fromEntries(Object.entries(places).map(([key, at]) => [key, severityAt(at)]));
    const given = {
      live: 'hint',
      documentation: 'error',
      missing: 'none',
      historical: 'information',
      ownName: 'warning',
      kept: 'error',
    };
    await settingChanges('severities', given, found, {
      live: 'Hint',
      documentation: 'Error',
      missing: undefined,
      historical: 'Information',
      ownName: 'Warning',
      kept: 'Error',
    });
  });

  it('taskFile: says where the phases are written down', async () => {
    const left = async (): Promise<string[]> =>
      rowAt(await api.rows('phases'), '34.1 Inventory & Diff Backend Trees').children.map(({ label }) => label);
    await settingChanges('taskFile', 'docs/unify.md', left, ['The summary is not in docs/unify.md yet.']);
  });

  it('entryPoints: name backends to start besides those that are found', async () => {
    await write('own_backend.py', 'print("started")\n');
    const offered = async (): Promise<boolean> => {
      const { details, stop } = hearMessages();
      await execute('verifyBackends');
      stop();
      assert.equal(details.length, 1);
      return (details[0] ?? '').includes(' -m own_backend --port <port>');
    };
    const own = { name: 'Own', module: 'own_backend', args: ['--port', '{port}'] };
    await settingChanges('entryPoints', [own], offered, true);
  });

  it('runStyle: says how a file of the package is started', async () => {
    const titles = async (): Promise<string[]> =>
      (await actionsAt('scripts/manage.sh', 'pixsim7_backend/main.py'))
        .map(({ title }) => title)
        .filter((title) => title.startsWith('Rewrite to'));
    await settingChanges('runStyle', 'path', titles, ['Rewrite to `pixsim7/backend/main/main.py`']);
  });
});

describe('settings that cannot be used', () => {
  let api: EditorApi;
  before(async () => {
    api = await activated();
  });
  after(freshSample);

  it('are named one by one, with what is expected, and the defaults are used instead', async () => {
    const before = (await api.rows('inventory')).map(({ label }) => label);
    const bad = Object.fromEntries(settingNames.map((name) => [`treeUnifier.${name}`, 17]));
    const { messages, stop } = hearMessages();
    await write('.vscode/settings.json', JSON.stringify(bad));
    await becomes(() => messages.length, 1);
    stop();
    for (const name of settingNames)
      assert.match(
        messages[0] ?? '',
        new RegExp(`(?:^|\\. )treeUnifier\\.${name} is 17: expected [^]*?, for example `, 'u'),
      );
    await api.ready();
    assert.deepEqual(
      (await api.rows('inventory')).map(({ label }) => label),
      before,
    );
    await remove('.vscode/settings.json');
  });
});

function severitiesOf(path: string): string[] {
  return [...new Set(problems(path).map((one) => one.split(' ').at(-1) ?? ''))].sort();
}

/** `a.py:3`: how much weighs what stands first in that line. */
function severityAt(place: string): string | undefined {
  const [path = '', line = ''] = place.split(':');
  return problems(path)
    .find((one) => one.startsWith(`${line}:`))
    ?.split(' ')
    .at(-1);
}
