import type { BackendTarget, Launch } from './model.ts';

/** What follows `python3`; each name was checked when it was read, and none begins with `-`. */
export function argumentsOf(
  { launch, pythonPath }: BackendTarget,
  port: number | string,
  shimFolder?: string,
): string[] {
  switch (launch.kind) {
    case 'asgi': {
      const folder = shimFolder ?? (pythonPath[0] === undefined || pythonPath[0] === '' ? '.' : pythonPath[0]);
      const [app, where] = [`${launch.module}:${launch.attribute}`, ['--host', '127.0.0.1', '--port', String(port)]];
      return ['-m', 'uvicorn', app, ...where, '--app-dir', folder];
    }
    case 'module':
      // By its file: the working directory comes first for `-m`, and the real legacy tree lies there.
      if (shimFolder !== undefined) return [`${shimFolder}/${launch.module.replaceAll('.', '/')}.py`];
      return ['-m', launch.module, ...launch.args.map((word) => word.replaceAll('{port}', String(port)))];
    case 'file':
      // Not an option, whatever the folder is called.
      return [`./${launch.path}`];
  }
}

/**
 * What will be started, for people to agree to: `python`, then its arguments, with words for the port and the temporary
 * folder, which are known only then.
 */
export function argumentVector(target: BackendTarget, python: string): string[] {
  return [python, ...argumentsOf(target, '<port>', target.shim === undefined ? undefined : '<temporary folder>')];
}

/** As people would write it. */
export function commandOf(launch: Launch): string {
  switch (launch.kind) {
    case 'asgi':
      return `python3 -m uvicorn ${launch.module}:${launch.attribute}`;
    case 'module':
      return ['python3', '-m', launch.module, ...launch.args].join(' ');
    case 'file':
      return `python3 ${launch.path}`;
  }
}
