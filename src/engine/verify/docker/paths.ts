/** A path by its segments, from a folder: absolute when it begins with `/`, `..` followed; `/` is the top. */
export function resolvePath(folder: string, path: string): string {
  const segments = path.startsWith('/') ? [] : folder.split('/').filter(Boolean);
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return `/${segments.join('/')}`;
}

/** A path inside the workspace from a folder in it; `undefined` when it leads out, or is one of the machine. */
export function resolveInWorkspace(folder: string, path: string): string | undefined {
  if (/^(?:[/\\~]|[A-Za-z]:[\\/])/u.test(path)) return undefined;
  const segments = folder.split('/').filter(Boolean);
  for (const segment of path.replaceAll('\\', '/').split('/')) {
    if (segment === '..') {
      if (segments.pop() === undefined) return undefined;
    } else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return segments.join('/');
}

export function joinPath(folder: string, path: string): string {
  return [folder, path].filter((part) => part !== '').join('/');
}

/** The part below a folder (`''` for the folder itself), or `undefined` for a path outside; both without a `/` at the end. */
export function below(folder: string, path: string): string | undefined {
  if (path === folder) return '';
  if (folder === '' || folder === '/') return path.replace(/^\//u, '');
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

export function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The files and folders of the workspace, as listed. */
export class Listing {
  readonly #files: ReadonlySet<string>;
  readonly #folders = new Set<string>(['']);

  constructor(files: Iterable<string>) {
    this.#files = new Set(files);
    for (const file of this.#files) {
      for (let folder = folderOf(file); !this.#folders.has(folder); folder = folderOf(folder))
        this.#folders.add(folder);
    }
  }

  get files(): Iterable<string> {
    return this.#files;
  }

  get folders(): Iterable<string> {
    return this.#folders;
  }

  kind(path: string): 'file' | 'folder' | undefined {
    return this.#files.has(path) ? 'file' : this.#folders.has(path) ? 'folder' : undefined;
  }

  holdsAny(folder: string, isWanted: (file: string) => boolean): boolean {
    const prefix = folder === '' ? '' : `${folder}/`;
    for (const file of this.#files) if (file.startsWith(prefix) && isWanted(file)) return true;
    return false;
  }
}
