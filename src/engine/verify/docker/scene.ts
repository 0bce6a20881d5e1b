import { EngineError } from '../../errors.ts';
import type { CancellationToken, FileSystem } from '../../ports.ts';
import { decode } from '../../text/decode.ts';
import type { VerifyWorld } from '../check.ts';
import type { DockerReading } from './check.ts';
import { readContainers } from './check.ts';
import type { ReadText } from './compose.ts';

/** Several checks of one run ask the same. */
const known = new WeakMap<VerifyWorld, Promise<DockerReading>>();

/** The containers of a workspace, from its files as they are now; read once for one world. */
export function containersOf(world: VerifyWorld, token?: CancellationToken): Promise<DockerReading> {
  const found = known.get(world) ?? readWorld(world, token);
  known.set(world, found);
  return found;
}

async function readWorld({ session, ports }: VerifyWorld, token?: CancellationToken): Promise<DockerReading> {
  const { files } = ports;
  const paths = await files.list(token);
  const read = readerOf(files);
  // Large, and most workspaces need it not: a file of its own in the bundle.
  const { readYaml } = await import('../../references/scanners/yaml.ts');
  return await readContainers({ paths, pairs: session.pairs, read, readYaml }, token);
}

/** Reads files that may be missing, out of reach, or no text. */
export function readerOf(files: FileSystem): ReadText {
  return async (path) => {
    try {
      if ((await files.stat(path)).kind !== 'file') return undefined;
      const decoded = decode(await files.read(path));
      return decoded.kind === 'text' ? decoded.text : undefined;
    } catch (error) {
      if (error instanceof EngineError && error.code === 'unreadable') return undefined;
      throw error;
    }
  };
}
