import { EngineError } from '../../engine/index.ts';
import type { Checkpoint, CheckpointPhase, Git } from '../../engine/index.ts';
import { ask, askBytes } from '../state/ask.ts';
import type { Disk } from '../state/disk.ts';
import { openState, type StateFolder } from '../state/stateFolder.ts';
import { restoreGitIndex } from './gitIndex.ts';
import { readBlobs, readDetails, readTree } from './gitObjects.ts';
import { durably, writeTree } from './gitTree.ts';
import type { Store } from './model.ts';
import { nameOf } from './name.ts';

const refs = 'refs/tree-unifier/checkpoints/';

/** So many checkpoints can be taken in one second. */
const namesATime = 50;

const author = {
  GIT_AUTHOR_NAME: 'Backend Tree Unifier',
  GIT_AUTHOR_EMAIL: 'tree-unifier@localhost',
  GIT_COMMITTER_NAME: 'Backend Tree Unifier',
  GIT_COMMITTER_EMAIL: 'tree-unifier@localhost',
};

/** The last line of a checkpoint's commit message, as JSON. */
interface Header extends Omit<Checkpoint, 'name'> {
  readonly version: 1;
  /** The workspace in the repository, and the work tree: a repository may have several of both. */
  readonly prefix: string;
  readonly workTree: string;
}

/**
 * Checkpoints as commits with a ref each. A commit's tree holds `files/` (the workspace byte for byte), `details.json`
 * (permission bits that git does not know, and what was not there), `index` (git's index byte for byte) and `staged/` (what that index names, so
 * that it stays reachable). `git show refs/tree-unifier/checkpoints/NAME:files/a.py` needs no program of ours.
 */
export function createGitStore(git: Git, state: StateFolder, disk: Disk): Store {
  return {
    listPaths: async (token) => {
      const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
      return (await askBytes(git, args, { token })).toString('latin1').split('\0');
    },
    list: () => listHere(git, state.prefix, workTreeOf(state)),
    save: async (phase, present, token) => {
      await openState(state, disk);
      const { tree, entries } = await writeTree(git, state, present, phase, disk, token);
      const checkpoint = await commit(git, state, phase, tree);
      return { checkpoint, entries };
    },
    load: (name, token) => readTree(git, refs + name, token),
    absentAt: async (name) => (await readDetails(git, refs + name)).absent,
    read: (_, entries, onContent) => readBlobs(git, entries, onContent),
    remove: async (name) => {
      await ask(git, ['update-ref', '-d', refs + name]);
    },
    restoreIndex: (name) => restoreGitIndex(git, state, refs + name, disk),
  };
}

async function listHere(git: Git, prefix: string, workTree: string): Promise<Checkpoint[]> {
  const output = await askBytes(git, ['for-each-ref', '--format=%(refname)%00%(contents)%00', refs]);
  const fields = output.toString('utf8').split('\0');
  const headers = fields.flatMap((field, i) => (i % 2 === 0 ? headerOf(field.trim(), fields[i + 1]) : []));
  return headers
    .filter(({ header }) => header.prefix === prefix && header.workTree === workTree)
    .map(({ name, header: { phase, time, head } }) => ({ name, phase, time, ...(head && { head }) }))
    .sort((a, b) => (a.time < b.time || (a.time === b.time && a.name < b.name) ? -1 : 1));
}

/** Zero or one: what somebody else has put there is none of ours. */
function headerOf(ref: string, message: string | undefined): { name: string; header: Header }[] {
  if (message === undefined) return [];
  try {
    const header = JSON.parse(message.trimEnd().split('\n').at(-1) ?? '') as Header;
    return (header.version as number) === 1 ? [{ name: ref.slice(refs.length), header }] : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

async function commit(git: Git, state: StateFolder, phase: CheckpointPhase, tree: string): Promise<Checkpoint> {
  const head = await headOf(git);
  const workTree = workTreeOf(state);
  const now = new Date();
  const time = now.toISOString();
  const header: Header = { version: 1, phase, time, prefix: state.prefix, workTree, head };
  const message = `Checkpoint before ${phase}\n\n${JSON.stringify(header)}\n`;
  const parents = head.commit === undefined ? [] : ['-p', head.commit];
  const env = { ...author, GIT_AUTHOR_DATE: time, GIT_COMMITTER_DATE: time };
  const id = await ask(git, [...durably(phase), 'commit-tree', tree, ...parents, '-F', '-'], {
    env,
    input: Buffer.from(message),
  });
  for (let attempt = 1; ; attempt++) {
    const name = nameOf(phase, now, attempt);
    // With no old value the ref must not be there: the name may be taken.
    const made = await git.run([...durably(phase), 'update-ref', refs + name, id, '']);
    if (made.code === 0) return { name, phase, time, head };
    if (attempt === namesATime) throw new EngineError('git', `Cannot keep the checkpoint: ${made.stderr.trim()}.`);
  }
}

async function headOf(git: Git): Promise<NonNullable<Checkpoint['head']>> {
  const [commit, branch] = await Promise.all([
    git.run(['rev-parse', '--quiet', '--verify', 'HEAD^{commit}']),
    git.run(['symbolic-ref', '--quiet', '--short', 'HEAD']),
  ]);
  const line = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8').trim();
  return {
    ...(commit.code === 0 && { commit: line(commit.stdout) }),
    ...(branch.code === 0 && { branch: line(branch.stdout) }),
  };
}

function workTreeOf({ git }: StateFolder): string {
  return git?.workTree ?? '.';
}
