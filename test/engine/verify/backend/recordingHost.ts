import type { BackendHost, BackendProgram, HttpAnswer } from '../../../../src/engine/index.ts';

/** Starts nothing: notes what it is asked to start, and answers for it. */
export class RecordingHost implements BackendHost {
  readonly started: BackendProgram[] = [];
  readonly scratched: string[][] = [];
  stopped = 0;
  hasUvicorn = false;
  readonly #answer: (path: string, program: BackendProgram) => HttpAnswer | undefined;

  constructor(answer: (path: string, program: BackendProgram) => HttpAnswer | undefined) {
    this.#answer = answer;
  }

  hasModule(): Promise<boolean> {
    return Promise.resolve(this.hasUvicorn);
  }

  freePort(): Promise<number> {
    return Promise.resolve(4000 + this.started.length);
  }

  start(program: BackendProgram): ReturnType<BackendHost['start']> {
    this.started.push(program);
    return Promise.resolve({
      ended: () => undefined,
      output: () => 'first\nlast\n\n',
      stop: () => {
        this.stopped++;
        return Promise.resolve({ leftBehind: 0 });
      },
    });
  }

  get(port: number, path: string): Promise<HttpAnswer | undefined> {
    const program = this.started[port - 4000];
    return Promise.resolve(program === undefined ? undefined : this.#answer(path, program));
  }

  wait(): Promise<void> {
    return new Promise(setImmediate);
  }

  scratch(files: readonly { path: string }[]): ReturnType<BackendHost['scratch']> {
    this.scratched.push(files.map(({ path }) => path));
    return Promise.resolve({ path: '/scratch', dispose: () => Promise.resolve() });
  }
}
