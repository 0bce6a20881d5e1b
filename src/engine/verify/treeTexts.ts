import type { WorkspaceFiles } from '../tree/files.ts';
import { mapBounded } from '../tree/files.ts';
import type { Tree } from '../tree/pair.ts';
import { pathInTree } from '../tree/pair.ts';

/** A Python file of a tree: its path below the root, and its text. */
export type TreeText = readonly [pathInTree: string, text: string];

/** The Python files of the trees, read when first asked for: to look up what is not where an import wants it. */
export class TreeTexts {
  readonly #files: WorkspaceFiles;
  readonly #texts = new Map<Tree, Promise<readonly TreeText[]>>();

  constructor(files: WorkspaceFiles) {
    this.#files = files;
  }

  /** Paths below the tree's root. */
  async paths(tree: Tree): Promise<readonly string[]> {
    const listed = await this.#files.list();
    return listed.flatMap((path) => (path.endsWith('.py') ? (pathInTree(tree, path) ?? []) : []));
  }

  all(tree: Tree): Promise<readonly TreeText[]> {
    const texts = this.#texts.get(tree) ?? this.#read(tree);
    this.#texts.set(tree, texts);
    return texts;
  }

  async #read(tree: Tree): Promise<readonly TreeText[]> {
    return await mapBounded(await this.paths(tree), async (path): Promise<TreeText> => {
      const text = (await this.#files.text(`${tree.root}/${path}`))?.text;
      return [path, text ?? ''];
    });
  }
}
