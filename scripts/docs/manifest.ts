import { readFileSync } from 'node:fs';

/** What the reference reads of package.json. */
export interface Manifest {
  readonly contributes: {
    readonly commands: readonly ManifestCommand[];
    readonly configuration: { readonly properties: Readonly<Record<string, Schema>> };
    readonly keybindings: readonly { readonly command: string; readonly key: string; readonly mac: string }[];
    readonly languageModelTools: readonly Tool[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly views: { readonly treeUnifier: readonly { readonly id: string; readonly name: string }[] };
  };
}

export interface ManifestCommand {
  readonly command: string;
  readonly title: string;
  readonly category: string;
  readonly enablement: string;
}

export interface MenuItem {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
}

export interface Tool {
  readonly name: string;
  readonly toolReferenceName: string;
  readonly modelDescription: string;
  readonly inputSchema: Schema;
}

/** As much of JSON Schema as VS Code's settings use, and ours need. */
export interface Schema {
  readonly type: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly markdownEnumDescriptions?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minLength?: number;
  readonly uniqueItems?: boolean;
  readonly additionalProperties?: boolean | Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly patternErrorMessage?: string;
  readonly description?: string;
  readonly markdownDescription?: string;
}

export function readManifest(): Manifest {
  return JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as Manifest;
}

export function describe(schema: Schema): string {
  return schema.markdownDescription ?? schema.description ?? '';
}
