import type { Route } from './model.ts';

const METHODS: readonly string[] = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** The routes of an OpenAPI document, sorted by path and method; `undefined` when the text is none. */
export function readRoutes(text: string): Route[] | undefined {
  const paths = objectOf(objectOf(parsed(text))?.['paths']);
  if (paths === undefined) return undefined;
  const routes = Object.entries(paths).flatMap(([path, item]) => {
    const shared = listOf(objectOf(item)?.['parameters']);
    return Object.entries(objectOf(item) ?? {}).flatMap(([method, operation]) =>
      METHODS.includes(method) ? [routeOf(method, path, objectOf(operation) ?? {}, shared)] : [],
    );
  });
  const key = ({ path, method }: Route): string => `${path} ${method}`;
  return routes.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function routeOf(method: string, path: string, operation: Record<string, unknown>, shared: readonly unknown[]): Route {
  const [operationId, summary] = [operation['operationId'], operation['summary']];
  const parameters = [...shared, ...listOf(operation['parameters'])].map(parameterText);
  if (operation['requestBody'] !== undefined) parameters.push('body');
  return {
    method: method.toUpperCase(),
    path,
    ...(typeof operationId === 'string' ? { operationId } : {}),
    ...(typeof summary === 'string' ? { summary } : {}),
    parameters: parameters.sort(),
    tags: listOf(operation['tags']).map(String).sort(),
  };
}

function parameterText(parameter: unknown): string {
  const found = objectOf(parameter);
  if (typeof found?.['$ref'] === 'string') return found['$ref'];
  const required = found?.['required'] === true ? ' (required)' : '';
  return `${String(found?.['in'])} ${String(found?.['name'])}${required}`;
}

/** Names from `{"plugins": ["a", {"name": "b"}]}`, or from such a list itself; sorted. `undefined` when there is no list. */
export function pluginsOf(body: string): string[] | undefined {
  const answer = parsed(body);
  const list = Array.isArray(answer) ? answer : objectOf(answer)?.['plugins'];
  if (!Array.isArray(list)) return undefined;
  const names = list.map((plugin: unknown) => {
    const { id, name } = objectOf(plugin) ?? { id: plugin };
    return String(id ?? name);
  });
  return names.sort();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Some other page at this address: no such document.
    return undefined;
  }
}

function objectOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
