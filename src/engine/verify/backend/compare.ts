import type { BackendComparison, Difference, Probe, ProbedBackend, Route } from './model.ts';

type Answer = Extract<Probe, { kind: 'answered' }>;

/** Holds every backend that answered against the canonical one, or against the first that answered. */
export function compareBackends(backends: readonly ProbedBackend[]): BackendComparison {
  const answered = backends.flatMap(({ name, role, probe }) =>
    probe.kind === 'answered' ? [{ name, role, probe }] : [],
  );
  const against = answered.find(({ role }) => role === 'canonical') ?? answered[0];
  if (against === undefined) return { backends, differences: [] };
  const differences = answered
    .filter((one) => one !== against)
    .flatMap(({ name, probe }) => differencesOf(name, probe, against.name, against.probe));
  return { backends, against: against.name, differences };
}

function differencesOf(backend: string, own: Answer, other: string, expected: Answer): Difference[] {
  const found: Difference[] = [];
  const note = (kind: Difference['kind'], what: string, message: string): void => {
    found.push({ backend, kind, what, message });
  };
  if (own.health.status !== expected.health.status)
    note('health', 'status', `Health is ${own.health.status}, and ${expected.health.status} of ${other}.`);
  else if (healthText(own.health.body) !== healthText(expected.health.body))
    note(
      'health',
      'answer',
      `Health says ${healthText(own.health.body)}, and of ${other} ${healthText(expected.health.body)}.`,
    );
  if ((own.routes === undefined) !== (expected.routes === undefined))
    note('openapi', '/openapi.json', `Only ${own.routes === undefined ? other : backend} gives an OpenAPI document.`);
  else found.push(...routeDifferences(backend, own.routes ?? [], other, expected.routes ?? []));
  for (const [plugin, of] of lost(own.plugins ?? [], expected.plugins ?? []))
    note(
      'plugin',
      plugin,
      of === 'expected' ? `Plugin ${plugin} of ${other} is missing.` : `Plugin ${plugin} is not in ${other}.`,
    );
  return found;
}

/** What changes from one start to the next, and the plugins, which are compared by themselves, are set aside. */
function healthText(body: string): string {
  try {
    const answer: unknown = JSON.parse(body);
    return JSON.stringify(answer, (key, value: unknown) => (VOLATILE.test(key) ? undefined : value));
  } catch {
    // Plain text is compared as it is.
    return body.replace(/\s+/gu, ' ').trim().slice(0, 200);
  }
}

const VOLATILE = /time|uptime|date|pid|port|url|host|started|latency|memory|(?:^|_)(?:id|ms)$|plugins/iu;

function routeDifferences(
  backend: string,
  own: readonly Route[],
  other: string,
  expected: readonly Route[],
): Difference[] {
  const name = ({ method, path }: Route): string => `${method} ${path}`;
  const [mine, theirs] = [own, expected].map((routes) => new Map(routes.map((route) => [name(route), route])));
  const found: Difference[] = [];
  for (const [route, of] of lost([...(mine?.keys() ?? [])], [...(theirs?.keys() ?? [])])) {
    const message = of === 'expected' ? `${route} of ${other} is missing.` : `${route} is not in ${other}.`;
    found.push({ backend, kind: 'route', what: route, message });
  }
  for (const [route, one] of mine ?? []) {
    const counterpart = theirs?.get(route);
    if (counterpart !== undefined) found.push(...operationDifferences(backend, route, one, other, counterpart));
  }
  return found;
}

function operationDifferences(backend: string, what: string, own: Route, other: string, expected: Route): Difference[] {
  const fields = ['operationId', 'parameters', 'tags', 'summary'] as const;
  const titles = { operationId: 'operation id', parameters: 'parameters', tags: 'tags', summary: 'summary' };
  return fields.flatMap((field) => {
    const [is, was] = [own[field], expected[field]].map((value) =>
      Array.isArray(value) ? value.join(', ') : String(value ?? ''),
    );
    if (is === was) return [];
    const message = `${what}: ${titles[field]} ${quoted(is)}, and ${quoted(was)} of ${other}.`;
    return [{ backend, kind: 'operation' as const, what, message }];
  });
}

function quoted(text = ''): string {
  return text === '' ? 'none' : `"${text}"`;
}

function lost(own: readonly string[], expected: readonly string[]): (readonly [string, 'own' | 'expected'])[] {
  const [mine, theirs] = [new Set(own), new Set(expected)];
  return [
    ...[...theirs].filter((one) => !mine.has(one)).map((one) => [one, 'expected'] as const),
    ...[...mine].filter((one) => !theirs.has(one)).map((one) => [one, 'own'] as const),
  ];
}
