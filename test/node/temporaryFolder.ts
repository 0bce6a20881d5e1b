import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder that is gone after the test; files are given as path → text. */
export class TemporaryFolder {
  readonly path = realpathSync(mkdtempSync(path.join(tmpdir(), 'tree-unifier-')));
  #commits = 0;

  write(files: Readonly<Record<string, string | Uint8Array>>): this {
    for (const [file, text] of Object.entries(files)) {
      const absolute = path.join(this.path, file);
      mkdirSync(path.dirname(absolute), { recursive: true });
      writeFileSync(absolute, text);
    }
    return this;
  }

  remove(file = ''): this {
    rmSync(path.join(this.path, file), { recursive: true, force: true });
    return this;
  }

  /** Runs git as nobody in particular, with no settings but the repository's own. Answers what it printed, trimmed. */
  git(...args: readonly string[]): string {
    // Commits one minute apart, so that their ids and their order are the same on every run.
    const date = `${1_700_000_000 + 60 * this.#commits++} +0000`;
    const env = {
      PATH: process.env['PATH'],
      HOME: this.path,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'Test',
      GIT_AUTHOR_EMAIL: 'test@example.org',
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_NAME: 'Test',
      GIT_COMMITTER_EMAIL: 'test@example.org',
      GIT_COMMITTER_DATE: date,
    };
    return execFileSync('git', ['-c', 'init.defaultBranch=main', '-c', 'protocol.file.allow=always', ...args], {
      cwd: this.path,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
      .toString('utf8')
      .trim();
  }

  /** Commits everything as it is on disk; answers the commit's id. */
  commit(message: string): string {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '-m', message);
    return this.git('rev-parse', 'HEAD');
  }
}

/** A {@link TemporaryFolder} for each test of the suite that calls this. */
export function temporaryFolders(): () => TemporaryFolder {
  const made: TemporaryFolder[] = [];
  afterEach(() => {
    for (const folder of made.splice(0)) folder.remove();
  });
  return () => {
    const folder = new TemporaryFolder();
    made.push(folder);
    return folder;
  };
}
