import type { Place } from '../docker/layers.ts';

export type BackendRole = 'canonical' | 'legacy' | 'shim' | 'other';

/** How Python is told to run it. `asgi`: by uvicorn, as `module:attribute`. */
export type Launch =
  | { readonly kind: 'asgi'; readonly module: string; readonly attribute: string }
  | { readonly kind: 'module'; readonly module: string; readonly args: readonly string[] }
  /** A workspace path. */
  | { readonly kind: 'file'; readonly path: string };

/** A backend to start. */
export interface BackendTarget {
  /** `canonical pixsim7.backend.main.main`. */
  readonly name: string;
  readonly role: BackendRole;
  readonly launch: Launch;
  /** Where people start it. */
  readonly places: readonly Place[];
  /** Workspace path. */
  readonly cwd: string;
  /** Workspace paths. */
  readonly pythonPath: readonly string[];
  /** `{port}` in a value stands for the port. */
  readonly env: Readonly<Record<string, string>>;
  /** The path that is asked for its health. */
  readonly health: string;
  /** Files that take the place of the legacy tree. */
  readonly shim?: readonly { readonly path: string; readonly text: string }[];
}

export interface Route {
  /** In capitals. */
  readonly method: string;
  readonly path: string;
  readonly operationId?: string;
  readonly summary?: string;
  /** `query limit`, `path id (required)`; sorted. */
  readonly parameters: readonly string[];
  /** Sorted. */
  readonly tags: readonly string[];
}

/** What a backend answered, or why it did not. */
export type Probe =
  | {
      readonly kind: 'answered';
      readonly health: { readonly status: number; readonly body: string };
      /** Sorted by path and method; absent when it gives no OpenAPI document. */
      readonly routes?: readonly Route[];
      /** Sorted; absent when it lists none. */
      readonly plugins?: readonly string[];
      readonly leftBehind: number;
    }
  | {
      readonly kind: 'failed';
      /** One sentence for people. */
      readonly reason: string;
      /** The last lines of what it printed. */
      readonly output: readonly string[];
      readonly leftBehind: number;
    };

export interface ProbedBackend {
  readonly name: string;
  readonly role: BackendRole;
  /** `python3 -m pixsim7.backend.main.main`. */
  readonly command: string;
  readonly places: readonly Place[];
  readonly probe: Probe;
}

/** Something in which a backend is not like the one that all are held against. */
export interface Difference {
  readonly backend: string;
  readonly kind: 'health' | 'route' | 'operation' | 'plugin' | 'openapi';
  /** `GET /assets/{id}`, a plugin's name. */
  readonly what: string;
  /** One sentence for people. */
  readonly message: string;
}

export interface BackendComparison {
  readonly backends: readonly ProbedBackend[];
  /** The backend that the others are held against; absent when none answered. */
  readonly against?: string;
  readonly differences: readonly Difference[];
}
