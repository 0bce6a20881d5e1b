import type { FileOutcome } from '../../../src/engine/index.ts';

/** A plan with everything in it, sorted by path. */
export const killedOutcomes: readonly FileOutcome[] = [
  { path: 'edit 1.py', before: Buffer.from('before 1\n'), after: Buffer.from('after 1, and longer\n') },
  { path: 'edit 2.py', before: Buffer.from('before 2\n'), after: Buffer.from('after 2\n') },
  { path: 'edit 3.py', before: Buffer.from('before 3\n'), after: Buffer.from('') },
  { path: 'edit 4.py', before: Buffer.from('before 4\n'), after: Buffer.from('before 4\n'), executable: true },
  { path: 'edit 5.py', before: Buffer.from('before 5\r\n'), after: Buffer.from('after 5\r\n') },
  { path: 'gone/a.py', before: Buffer.from('a'), after: undefined },
  { path: 'gone/deep/b.py', before: Buffer.from('b'), after: undefined },
  { path: 'gone/deep/c.py', before: Buffer.from('b'), after: undefined },
  { path: 'gone/new/file.py', before: undefined, after: Buffer.from('new\n') },
  { path: 'new/deep/er.sh', before: undefined, after: Buffer.from('run\n'), executable: true },
  { path: 'new/file.py', before: undefined, after: Buffer.from('new\n') },
];
