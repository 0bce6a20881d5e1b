import assert from 'node:assert/strict';
import { appendFileSync, chmodSync, existsSync, mkdirSync, readFileSync, utimesSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { createProcessRunner } from '../../src/node/processRunner.ts';
import type { TemporaryFolder } from '../node/temporaryFolder.ts';
import { temporaryFolders } from '../node/temporaryFolder.ts';
import { runIn } from './commandLine.ts';

const legacy = {
  'pixsim7_backend/__init__.py': '',
  'pixsim7_backend/main.py': 'from pixsim7_backend.a import f\n',
  'pixsim7_backend/a.py': 'def f(): ...\n\n\ndef g(): ...\n',
};
const canonical = {
  'pixsim7/__init__.py': '',
  'pixsim7/backend/__init__.py': '',
  'pixsim7/backend/main/__init__.py': '',
  'pixsim7/backend/main/main.py': 'from pixsim7.backend.main.a import f\n',
  'pixsim7/backend/main/a.py': 'def f(): ...\n\n\ndef g(): ...\n',
};

describe('a hostile workspace', () => {
  const newFolder = temporaryFolders();
  const oldPath = process.env['PATH'];

  afterEach(() => {
    process.env['PATH'] = oldPath;
  });

  /** Whatever runs of it says so in `trips`. */
  function hostile(): { folder: TemporaryFolder; trips: string } {
    const [folder, outside] = [newFolder(), newFolder()];
    const [trip, trips] = ['trip', 'trips'].map((name) => path.join(outside.path, name)) as [string, string];
    const program = `#!/bin/sh\necho "$0 $*" >> '${trips}'\nexit 0\n`;
    outside.write({ trip: program });
    chmodSync(trip, 0o755);
    const plant = (...files: string[]): void => {
      for (const file of files) {
        folder.write({ [file]: program });
        chmodSync(path.join(folder.path, file), 0o755);
      }
    };
    folder.git('init', '--quiet');
    folder.write(legacy).commit('legacy');
    folder.write(canonical).commit('copy');
    // Each side takes away what the other keeps: plans name the commits, which the history is searched for.
    folder.write({ 'pixsim7_backend/a.py': 'def f(): ...\n\n\ndef new(): ...\n' }).commit('legacy');
    folder.write({ 'pixsim7/backend/main/a.py': 'def f(): return 1\n\n\ndef g(): ...\n' }).commit('canonical');
    folder.write({ 'pixsim7/backend/main/b.py': 'x = 1\n' });
    const python = `import os\nos.system(${JSON.stringify(`${trip} python`)})\n`;
    for (const name of ['sitecustomize', 'usercustomize', 'conftest', 'setup', 'json', 'io', 'tokenize'])
      folder.write({ [`${name}.py`]: python });
    const names = ['--output=x.py', '-c.py', `$(${path.basename(trip)} x).py`, '`trip`.py', ';trip;.py', 'a"b\'c.py'];
    for (const name of [...names, 'new\nline.py', ':(exclude)x.py'])
      folder.write({ [`scripts/${name}`]: 'import pixsim7_backend.a\n', [name]: 'import pixsim7_backend.a\n' });
    plant('python3', 'python', 'git', 'docker', 'uvicorn', 'sh', 'bash');
    folder.write({
      Dockerfile: 'FROM python:3.12\nCOPY . .\nCMD ["uvicorn", "pixsim7_backend.main:app"]\n',
      'docker-compose.yml': 'services:\n  app:\n    build: .\n    command: uvicorn $(trip):app\n',
      'scripts/run.sh': 'python pixsim7_backend/main.py\n',
      '.gitattributes':
        '*.py filter=evil diff=evil merge=evil\n*.sh filter=e=v.il diff=evil\n*.yml filter=long diff=evil\n',
    });
    folder.commit('all');
    plantConfiguration(folder, trip);
    for (const hook of ['post-index-change', 'reference-transaction', 'post-checkout', 'pre-auto-gc'])
      plant(`.git/hooks/${hook}`, `.git/evil/${hook}`);
    // As old as git does not know them: it has to look into them to tell whether they changed.
    for (const file of ['pixsim7/backend/main/main.py', 'scripts/run.sh', 'docker-compose.yml'])
      utimesSync(path.join(folder.path, file), 1, 1);
    return { folder, trips };
  }

  function plantConfiguration(folder: TemporaryFolder, trip: string): void {
    mkdirSync(path.join(folder.path, '.git/evil'));
    const quoted = JSON.stringify(trip);
    const text = [
      ...['filter "evil"', 'filter "e=v.il"'].map((name) => `[${name}]\nclean=${quoted}\nsmudge=${quoted}\nrequired`),
      `[filter "long"]\nprocess=${quoted}\nrequired`,
      `[diff]\nexternal=${quoted}\n[diff "evil"]\ntextconv=${quoted}\ncommand=${quoted}\n[merge "evil"]\ndriver=${quoted}`,
      `[core]\nfsmonitor=${quoted}\nhooksPath=.git/evil\nsshCommand=${quoted}\npager=${quoted}\neditor=${quoted}`,
      `[core]\ngitProxy=${quoted}\nalternateRefsCommand=${quoted}\naskPass=${quoted}`,
      `[pager]\nlog=${quoted}\ndiff=${quoted}\n[gpg]\nprogram=${quoted}\n[log]\nshowSignature`,
      `[alias]\ndiff=!${trip}\nlog=!${trip}\nls-files=!${trip}\n[uploadpack]\npackObjectsHook=${quoted}`,
      `[core]\nrepositoryformatversion=1\n[extensions]\npartialClone=evil\n[protocol]\nallow=always`,
      `[protocol "ext"]\nallow=always\n[remote "evil"]\nurl="ext::${trip} %S"\npromisor\nuploadpack=${quoted}`,
    ];
    appendFileSync(path.join(folder.path, '.git/config'), `${text.join('\n')}\n`);
  }

  for (const command of [
    ...['inventory', 'references', 'status', 'detect', 'check', 'check --since HEAD~1', 'restore'],
    ...['inventory', 'canonicalize', 'align', 'deduplicate'].map((phase) => `plan --phase ${phase}`),
    ...['plan --phase canonicalize --format diff', 'apply --phase canonicalize --conflicts write --include-review'],
    ...['verify imports --since HEAD~2', 'verify syntax', 'verify paths', 'verify docker'],
  ])
    it(`has nothing of it run by ${command}`, async () => {
      const { folder, trips } = hostile();
      process.env['PATH'] = ['.', '', folder.path, oldPath].join(path.delimiter);
      const runsPython = { openPrograms: (root: string) => createProcessRunner(root) };
      const { errors } = await runIn(folder, command.split(' '), runsPython);
      assert.equal(existsSync(trips) ? readFileSync(trips, 'utf8') : '', '');
      assert.doesNotMatch(errors, /git|defect/iu);
    });
});
