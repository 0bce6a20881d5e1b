import * as vscode from 'vscode';

/** As far as we need it, what the Python extension offers to others. */
export interface PythonApi {
  readonly environments: {
    getActiveEnvironmentPath(resource: vscode.Uri): { readonly id: string; readonly path: string };
    resolveEnvironment(environment: {
      readonly id: string;
      readonly path: string;
    }): Promise<{ readonly executable: { readonly uri?: vscode.Uri | undefined } } | undefined>;
  };
}

/**
 * The Python that its user chose for a folder in the Python extension: there the packages of the backends are installed.
 * `undefined` where nothing is chosen: then it is the first on the PATH.
 */
export async function chosenPython(
  folder: vscode.Uri,
  extension: Pick<vscode.Extension<PythonApi>, 'activate'> | undefined = vscode.extensions.getExtension(
    'ms-python.python',
  ),
): Promise<string | undefined> {
  if (extension === undefined) return undefined;
  try {
    const { environments } = await extension.activate();
    const chosen = await environments.resolveEnvironment(environments.getActiveEnvironmentPath(folder));
    return chosen?.executable.uri?.fsPath;
  } catch {
    // It cannot be asked, and says itself why. Whoever agrees to the start sees which Python it is instead.
    return undefined;
  }
}
