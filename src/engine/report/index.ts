export type { Paint, Role } from './format.ts';
export { inventoryMarkdown } from './inventoryMarkdown.ts';
export type { Summary } from './inventoryMarkdown.ts';
export { inventoryText } from './inventoryText.ts';
export { inventoryJson, referencesJson, statusJson } from './json.ts';
export { referencesMarkdown, statusMarkdown } from './markdown.ts';
export { referencesText } from './referencesText.ts';
export { statusText } from './statusText.ts';
