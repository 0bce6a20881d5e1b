import Module from 'node:module';

/** Whether the extension host, which runs the tests too, has loaded this file of the extension's: `features`. */
export function isLoaded(bundle: string): boolean {
  const { _cache: cache } = Module as unknown as { _cache: Record<string, unknown> };
  return Object.keys(cache).some((path) => path.endsWith(`${bundle}.cjs`) && !path.includes('test'));
}
