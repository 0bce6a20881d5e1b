import type { FileSystem, Git } from '../engine/index.ts';

/** What src/node does for the editor. extension.ts hands it in, so that the features know no adapter. */
export interface Adapters {
  createFileSystem(root: string, options: FileSystemOptions): FileSystem;
  /** `undefined` where there is no git, or the folder is in no repository. */
  findGit(root: string): Promise<Git | undefined>;
}

export interface FileSystemOptions {
  readonly git?: Git;
  readonly exclude?: readonly string[];
}
