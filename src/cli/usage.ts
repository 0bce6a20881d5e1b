import { EngineError } from '../engine/index.ts';

/** A mistake on the command line: shown as its message, exit code 2. */
export class UsageError extends EngineError {
  constructor(message: string) {
    super('badSetting', message);
    this.name = 'UsageError';
  }
}

/**
 * The values of an option that may be given several times, each with several values: `--kind import,command --kind
 * bare`. Upper and lower case are the same. Empty when the option is not given.
 * @throws UsageError for a value that is not allowed, naming those that are.
 */
export function choices<T extends string>(option: string, given: readonly string[], allowed: readonly T[]): Set<T> {
  const values = given.flatMap((list) => list.split(',')).map((value) => value.trim());
  return new Set(values.map((value) => choice(option, value, allowed)));
}

/** @throws UsageError for a value that is not allowed, naming those that are. */
export function choice<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one.toLowerCase() === value.toLowerCase());
  if (found !== undefined) return found;
  throw new UsageError(`--${option} is "${value}": expected one of ${allowed.join(', ')}.`);
}
