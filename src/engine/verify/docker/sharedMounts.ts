import type { Mount } from './mounts.ts';
import type { Service } from './service.ts';

/** A service with the mounts of those that its `volumes_from` names, under its own. */
export function withSharedMounts(service: Service, all: readonly Service[]): Service {
  return { ...service, mounts: mountsOf(service, all, new Set()) };
}

function mountsOf(service: Service, all: readonly Service[], seen: Set<string>): readonly Mount[] {
  seen.add(service.name);
  const shared = service.mountsOf.flatMap((written): readonly Mount[] => {
    const name = written.replace(/:r[ow]$/u, '');
    const other = all.find((one) => one.name === name);
    // A container of no service may mount anything.
    if (other === undefined) return [{ at: '/', kind: 'other', place: service.place }];
    if (seen.has(name)) return [];
    // The volume of another begins with what another's image has.
    return mountsOf(other, all, seen).map((mount) => (mount.kind === 'volume' ? { ...mount, kind: 'other' } : mount));
  });
  const hidden = new Set(service.mounts.map(({ at }) => at));
  return [...shared.filter(({ at }) => !hidden.has(at)), ...service.mounts];
}
