/** How many folders lie between the workspace root and a file: the index into `Path.parents` that gives the root. */
export function depthOf(path: string): number {
  return path.split('/').length - 1;
}
