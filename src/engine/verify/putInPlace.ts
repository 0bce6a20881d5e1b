/**
 * Whether a text may put a module, or a name in one, in its place when it runs: then nobody who only reads can say that it
 * is missing.
 *
 * - `sys.modules["app.core.x"] = …`, `patch.dict(sys.modules, {"app.core.x": …})`
 * - `app.core.x = …`
 * - `setattr(app.core, "x", …)`, and `setattr` of a variable where the name is among the text's strings
 *
 * @param module dotted, as it is imported
 */
export function putsInPlace(text: string, module: string, name?: string): boolean {
  if (name === undefined) return registers(text, module);
  if (!text.includes(name)) return false;
  return registers(text, `${module}.${name}`) || sets(text, module, name);
}

function registers(text: string, module: string): boolean {
  if (!text.includes(module) || !text.includes('modules')) return false;
  const quoted = `["']${module.replaceAll('.', '\\.')}["']`;
  return new RegExp(
    `modules\\s*\\[\\s*${quoted}|modules["']?\\s*(?:,|\\.\\s*(?:update|setdefault)\\b)[^]*${quoted}`,
    'u',
  ).test(text);
}

function sets(text: string, module: string, name: string): boolean {
  if (/\bsetattr\s*\(/u.test(text) && new RegExp(`["']${name}["']`, 'u').test(text)) return true;
  const last = module.slice(module.lastIndexOf('.') + 1);
  return new RegExp(`^[ \\t]*(?:[\\w.]+\\.)?${last}\\.${name}[ \\t]*=[^=]`, 'mu').test(text);
}
