import { code, fenced, table } from './markdown.ts';
import { describe, type Manifest, type Schema } from './manifest.ts';

export function settingsSection({ contributes }: Manifest): string {
  const settings = Object.entries(contributes.configuration.properties);
  return settings.map(([name, schema]) => setting(name, schema)).join('\n');
}

function setting(name: string, schema: Schema): string {
  const rows = properties('', schema);
  const checks = rules(schema);
  const facts = [
    `- Type: ${typeOf(schema)}`,
    ...valuesOf(schema),
    ...(checks.length === 0 ? [] : [`- Checked: ${checks.join('; ')}`]),
    // Where every property has a default, the table has them.
    ...(rows.length > 0 && schema.type === 'object' ? [] : [defaultOf(schema)]),
  ];
  const parts = [`### \`${name}\``, describe(schema), facts.join('\n')];
  if (rows.length > 0) parts.push(table(['property', 'type', 'default', 'what it is'], rows).trimEnd());
  return `${parts.join('\n\n')}\n`;
}

/** `list of objects`, `text`, `one of …` */
function typeOf({ type, items, enum: values }: Schema): string {
  if (values !== undefined) return `one of ${values.map((value) => code(value)).join(', ')}`;
  if (type === 'array') return `list of ${items?.type === 'object' ? 'objects' : 'texts'}`;
  return { string: 'text', boolean: 'true or false' }[type] ?? type;
}

/** What each value means, where it says so. */
function valuesOf({ enum: values = [], markdownEnumDescriptions: meanings }: Schema): string[] {
  return meanings === undefined ? [] : values.map((value, index) => `  - ${code(value)}: ${meanings[index] ?? ''}`);
}

/** What is checked besides the type. */
function rules({ minItems, minLength, uniqueItems, patternErrorMessage: pattern, items }: Schema): string[] {
  return [
    ...(minItems === undefined ? [] : ['one item at least']),
    ...(uniqueItems === true ? ['no item twice'] : []),
    ...(items?.minLength === undefined ? [] : ['no item is empty']),
    ...(minLength === undefined || pattern !== undefined ? [] : ['not empty']),
    ...(pattern === undefined ? [] : [pattern.charAt(0).toLowerCase() + pattern.slice(1).replace(/\.$/u, '')]),
  ];
}

function defaultOf({ default: value }: Schema): string {
  if (value === undefined) return '- No default';
  if (value === '') return '- Default: empty';
  const text = JSON.stringify(value);
  if (!Array.isArray(value) || value.length === 0) return `- Default: ${code(text)}`;
  const items = value.map((item) => `  ${JSON.stringify(item)}`).join(',\n');
  const block = fenced('json', `[\n${items}\n]`).trimEnd();
  return `- Default:\n\n${block.replaceAll(/^/gmu, '  ')}`;
}

/** One row for each property, those of inner objects under their path: `legacy.root`. */
function properties(path: string, schema: Schema): string[][] {
  const inner = schema.type === 'array' ? schema.items : schema;
  return Object.entries(inner?.properties ?? {}).flatMap(([name, property]) => {
    const at = path === '' ? name : `${path}.${name}`;
    const isRequired = inner?.required?.includes(name) === true;
    const value = property.default === undefined ? '' : code(JSON.stringify(property.default));
    const checks = rules(property);
    const checked = checks.length === 0 ? '' : ` Checked: ${checks.join('; ')}.`;
    const text = `${describe(property)}${checked}`;
    return [[code(at), typeOf(property), isRequired ? 'required' : value, text], ...properties(at, property)];
  });
}
