import assert from 'node:assert/strict';
import { EngineError } from '../../../src/engine/errors.ts';
import { isScript, shimFiles } from '../../../src/engine/shim/files.ts';
import { isShim, readShimExpiry } from '../../../src/engine/shim/marker.ts';
import { defaultPair } from '../../../src/engine/config.ts';
import type { TreePair } from '../../../src/engine/tree/pair.ts';
import { makeSample } from '../../fixtures/sample.ts';
import { makeSecondPair, secondPairFacts } from '../../fixtures/secondPair.ts';
import { TemporaryFolder } from '../../node/temporaryFolder.ts';
import { backend, backendPair } from './backend.ts';
import { replaceByShim, runPython } from './python.ts';

const expires = '2026-06-30';

function pathsFor(files: readonly string[], scripts: readonly string[] = []): string[] {
  return shimFiles(defaultPair, { files, scripts, expires }).map(({ path }) => path.replace('pixsim7_backend/', ''));
}

describe('the files of a shim', () => {
  it('are the package, its children, its programs and its test', () => {
    const files = ['__init__.py', 'api/v1/assets.py', 'main.py', 'server.py', 'jobs/run.py', 'web/logo.png', 'a.sh'];
    assert.deepEqual(pathsFor(files, ['jobs/run.py', 'gone.py']), [
      '__init__.py',
      'api.py',
      'jobs.py',
      'jobs/run.py',
      'main.py',
      'server.py',
      'test_shim.py',
    ]);
  });

  it('have no program where the canonical tree has none', () => {
    assert.deepEqual(pathsFor(['__init__.py']), ['__init__.py', 'test_shim.py']);
  });

  it('start what is started as a folder, and nothing that no import can name', () => {
    const files = ['__main__.py', 'a/__main__.py', 'a/v1.2.py', 'a/__init__.py'];
    assert.deepEqual(pathsFor(files, files), ['__init__.py', '__main__.py', 'a.py', 'a/__main__.py', 'test_shim.py']);
  });

  it('leave the name of a module to the module', () => {
    assert.deepEqual(pathsFor(['test_shim.py']), ['__init__.py', 'test_shim.py', 'test_shim_of_names.py']);
  });

  it('say that they are a shim, and until when', () => {
    const files = shimFiles(defaultPair, { files: ['main.py', 'a.py'], scripts: [], expires });
    assert.deepEqual(
      files.map(({ text }) => [isShim(text), readShimExpiry(text), readShimExpiry(text.replaceAll('\n', '\r\n'))]),
      files.map(() => [true, expires, expires]),
    );
    assert.deepEqual(
      [isShim('import os\n'), readShimExpiry('"# tree-unifier: shim until 2026-06-30"\n')],
      [false, undefined],
    );
  });

  for (const bad of ['', 'soon', '2026-6-30', '2026-02-30', '2026-13-01', '2026-06-30"\nimport os']) {
    it(`are not made until ${JSON.stringify(bad)}`, () => {
      assert.throws(
        () => shimFiles(defaultPair, { files: [], scripts: [], expires: bad }),
        new EngineError('badSetting', `"${bad}" is no date: write the last day of the shim as 2026-06-30.`),
      );
    });
  }

  it('stand for scripts that say so at their margin', () => {
    const texts = [
      'if __name__ == "__main__":\n',
      "x = 1\nif __name__=='__main__': run()\n",
      '# if __name__ == "__main__":\n',
    ];
    assert.deepEqual(texts.map(isScript), [true, true, false]);
  });
});

interface Place {
  readonly it: string;
  readonly make: (folder: TemporaryFolder) => unknown;
  readonly pair: TreePair;
  readonly discover: readonly string[];
}

const places: readonly Place[] = [
  {
    it: 'the sample repository',
    make: ({ path }) => makeSample(path, { git: false }),
    pair: defaultPair,
    discover: ['-s', 'pixsim7_backend'],
  },
  {
    it: 'the sample repository, from its root',
    make: ({ path }) => makeSample(path, { git: false }),
    pair: defaultPair,
    discover: ['-s', 'pixsim7_backend', '-t', '.'],
  },
  {
    it: 'packages in two source folders',
    make: ({ path }) => makeSecondPair(path),
    pair: { legacy: secondPairFacts.legacy, canonical: secondPairFacts.canonical },
    discover: ['-s', 'src/acme_api'],
  },
  {
    it: 'a tree with broken modules and programs',
    make: (folder) => folder.write(backend),
    pair: backendPair,
    discover: ['-s', 'old'],
  },
  {
    it: 'a canonical package that needs what is not installed',
    make: (folder) => folder.write({ 'new/app/__init__.py': 'import not_installed_anywhere\n', 'new/app/main.py': '' }),
    pair: backendPair,
    discover: ['-s', 'old'],
  },
  {
    it: 'a root with quotes, and no __init__.py',
    make: (folder) => folder.write({ 'it"""s {new}\\x/pack/näme.py': 'x = 1\n', 'it"""s {new}\\x/pack/main.py': '' }),
    pair: {
      legacy: { root: 'it"""s {new}\\x/old', package: 'old' },
      canonical: { root: 'it"""s {new}\\x/pack', package: 'pack' },
    },
    discover: ['-s', 'it"""s {new}\\x/old'],
  },
];

const found = /^Ran (\d+) tests? in [\d.]+s\n\n(.*)\n$/mu;

describe('the test of a shim', () => {
  const summaries: Record<string, string> = {
    'a tree with broken modules and programs': 'Ran 8: OK (skipped=3)',
    'a canonical package that needs what is not installed': 'Ran 8: OK (skipped=8)',
  };
  for (const { it: name, make, pair, discover } of places) {
    it(`passes in ${name}`, async () => {
      const folder = new TemporaryFolder();
      try {
        await make(folder);
        replaceByShim(folder.path, pair);
        const { err } = await runPython(folder.path, ['-m', 'unittest', 'discover', ...discover]);
        const [, ran, summary] = found.exec(err) ?? [];
        assert.equal(`Ran ${ran ?? ''}: ${summary ?? ''}`, summaries[name] ?? 'Ran 8: OK', err);
      } finally {
        folder.remove();
      }
    });
  }

  it('fails where the shim is not what it should be', async () => {
    const folder = new TemporaryFolder().write(backend);
    try {
      replaceByShim(folder.path, backendPair);
      folder.write({ 'old/__init__.py': 'import sys, new.app\nsys.modules[__name__] = new.app\n' });
      const { code, err } = await runPython(folder.path, ['-m', 'unittest', 'discover', '-s', 'old']);
      assert.notEqual(code, 0);
      assert.deepEqual([...new Set(err.match(/^(?:FAIL|ERROR): \w+/gmu))].sort(), [
        'FAIL: test_every_module_is_the_same_object',
        'FAIL: test_is_an_error_where_warnings_are',
        'FAIL: test_missing_module',
        'FAIL: test_warns_once_where_it_is_imported',
      ]);
    } finally {
      folder.remove();
    }
  });
});

describe('the sample repository behind the shim', () => {
  it('answers the same as its canonical tree', async () => {
    const folder = new TemporaryFolder();
    try {
      await makeSample(folder.path, { git: false });
      replaceByShim(folder.path, defaultPair);
      const program = `
import sys, asyncio, importlib, json
module = importlib.import_module(sys.argv[1])
async def ask(path):
    sent = []
    async def send(message): sent.append(message)
    async def receive(): return {"type": "http.request"}
    await module.app({"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}, receive, send)
    return [sent[0]["status"], json.loads(sent[1]["body"])]
print(json.dumps([asyncio.run(ask(path)) for path in ["/health", "/openapi.json", "/nothing"]]))`;
      const args = ['-W', 'ignore::DeprecationWarning', '-c', program];
      const canonical = await runPython(folder.path, [...args, 'pixsim7.backend.main.main']);
      assert.deepEqual([canonical.code, canonical.out.slice(0, 6)], [0, '[[200,']);
      assert.deepEqual(await runPython(folder.path, [...args, 'pixsim7_backend.main']), canonical);
    } finally {
      folder.remove();
    }
  });
});
