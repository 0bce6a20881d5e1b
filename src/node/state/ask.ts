import { EngineError } from '../../engine/index.ts';
import type { Git, GitOptions } from '../../engine/index.ts';

/** What git answers is read byte by byte: names on a disk need not be UTF-8. */
export async function askBytes(git: Git, args: readonly string[], options: GitOptions = {}): Promise<Buffer> {
  // A replaced object is not the one that we put there.
  const env = { ...options.env, GIT_NO_REPLACE_OBJECTS: '1' };
  const { code, stdout, stderr } = await git.run(args, { ...options, env });
  if (code === 0) return Buffer.from(stdout.buffer, stdout.byteOffset, stdout.byteLength);
  const command = args.find((arg, at) => /^[a-z]/u.test(arg) && args[at - 1] !== '-c') ?? '';
  throw new EngineError('git', `git ${command} failed: ${stderr.trim() || `exit code ${code}`}.`);
}

/**
 * The one line that git answers.
 * @throws EngineError `git` when git gives another exit code than 0.
 */
export async function ask(git: Git, args: readonly string[], options?: GitOptions): Promise<string> {
  return (await askBytes(git, args, options)).toString('utf8').replace(/\n$/u, '');
}
