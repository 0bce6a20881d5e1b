import type { CancellationToken, ProcessRunner } from '../ports.ts';

/** A mistake by which Python does not take a file. */
export interface PythonError {
  /** From 1. */
  readonly line: number;
  /** From 1, in characters: a pair of surrogates is one. */
  readonly column: number;
  /** In Python's words: `'(' was never closed`. */
  readonly message: string;
}

/** What Python says of a file: nothing where it takes it, `unknown` where it was too much. */
export type Verdict = PythonError | 'unknown' | undefined;

export type Compiled =
  | {
      readonly kind: 'asked';
      /** `3.12.4` */
      readonly version: string;
      /** By the place in the list of sources. */
      readonly verdicts: readonly Verdict[];
    }
  /** `why`: `for there is none on the PATH` */
  | { readonly kind: 'unasked'; readonly why: string };

/** In milliseconds; a thousand files take about four seconds. */
const LIMIT = 60_000;

/**
 * Reads the sources from its input, so that it opens no file of the workspace, and compiles them in memory: no code of
 * theirs runs and nothing is written. It answers a line of JSON for its version, for each mistake, and at the end.
 */
const PROGRAM = `
import io, json, sys, tokenize
def say(**what):
    print(json.dumps(what), flush=True)
def take(source):
    compile(source, "<source>", "exec", dont_inherit=True)
def better(error, source):
    # Of bytes, some versions count the column in bytes.
    try:
        take(source.decode(tokenize.detect_encoding(io.BytesIO(source).readline)[0]))
    except SyntaxError as same:
        return same
    except ValueError:
        pass
    return error
say(version="%d.%d.%d" % sys.version_info[:3])
given = sys.stdin.buffer
for at, size in enumerate(json.loads(given.readline().decode())):
    source = given.read(size)
    try:
        take(source)
    except SyntaxError as error:
        error = better(error, source)
        say(at=at, line=error.lineno, column=error.offset, message=error.msg)
    except ValueError as error:
        say(at=at, line=None, column=None, message=str(error))
    except (RecursionError, MemoryError, OverflowError):
        say(at=at)
say(done=True)
`;

/** Isolated: no variable, no user's folder, no working directory, no site-packages, no warnings, no bytecode. */
const ISOLATED = ['-I', '-S', '-B', '-W', 'ignore', '-c', PROGRAM];

/** Has the sources compiled by the first Python of the PATH that answers. */
export async function compile(
  runner: ProcessRunner,
  sources: readonly Uint8Array[],
  token?: CancellationToken,
): Promise<Compiled> {
  const header = new TextEncoder().encode(`${JSON.stringify(sources.map(({ length }) => length))}\n`);
  const input = joined([header, ...sources]);
  let why = 'for there is none on the PATH';
  for (const name of ['python3', 'python']) {
    const ran = await runner.run(name, ISOLATED, { input, limitMs: LIMIT, token });
    if (ran === undefined) continue;
    const compiled = read(new TextDecoder().decode(ran.stdout), sources.length);
    if (compiled !== undefined) return compiled;
    why = ran.code === undefined ? `for ${name} took too long` : `for ${name} did not answer`;
  }
  return { kind: 'unasked', why };
}

/** `undefined` for what is not all that the program has to say. */
function read(output: string, count: number): Compiled | undefined {
  const lines = output.split('\n').flatMap((line) => readLine(line.trim()));
  const version = lines[0]?.['version'];
  if (typeof version !== 'string' || lines.at(-1)?.['done'] !== true) return undefined;
  const verdicts = new Array<Verdict>(count).fill(undefined);
  for (const { at, line, column, message } of lines) {
    if (typeof at !== 'number') continue;
    verdicts[at] = typeof message === 'string' ? { line: fromOne(line), column: fromOne(column), message } : 'unknown';
  }
  return { kind: 'asked', version, verdicts };
}

function readLine(line: string): Record<string, unknown>[] {
  if (!line.startsWith('{')) return [];
  try {
    return [JSON.parse(line) as Record<string, unknown>];
  } catch (error) {
    // Some other program by that name.
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

/** Python knows no place for some mistakes, and counts others from 0. */
function fromOne(value: unknown): number {
  return typeof value === 'number' ? Math.max(1, value) : 1;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
