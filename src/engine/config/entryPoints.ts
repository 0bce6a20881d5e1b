import type { EntryPointSetting } from '../config.ts';
import { isAllowedVariable, readModuleName } from '../verify/backend/names.ts';
import { readPath } from './pairs.ts';
import type { SettingReader } from './reader.ts';
import { isObject } from './reader.ts';

/**
 * One item of `treeUnifier.entryPoints`. It may say which module of the workspace Python runs, where and with what; it
 * may not say what program runs: no command line, no option of Python's, no variable that would change what is loaded.
 */
export function readEntryPoint(reader: SettingReader, at: string, item: unknown): EntryPointSetting | null {
  const example = 'an object with name and module, for example {"name": "API", "module": "acme.api.main:app"}';
  if (!isObject(item)) return reader.wrong(at, item, example);
  const name = reader.text(`${at}.name`, item['name'], 'a name, for example "API"');
  const given = reader.text(`${at}.module`, item['module'], expectedModule);
  if (name === null || given === null) return null;
  const module = readModuleName(given);
  if (module === undefined) return reader.wrong(`${at}.module`, given, expectedModule);
  const cwd =
    item['cwd'] === undefined || item['cwd'] === '' ? '' : readPath(reader, `${at}.cwd`, item['cwd'], expectedFolder);
  const env = readEnvironment(reader, `${at}.env`, item['env'] ?? {});
  const health = readHealth(reader, `${at}.health`, item['health'] ?? '/health');
  const args = readArguments(reader, `${at}.args`, item['args'] ?? []);
  if (name === '') return reader.wrong(`${at}.name`, item['name'], 'a name, for example "API"');
  if (cwd === null || env === null || health === null || args === null) return null;
  return { name, ...module, args, cwd, env, health };
}

const expectedModule = 'a Python module of the workspace, for example "acme.api.main:app" or "acme.api.main"';
const expectedFolder = 'a folder inside the workspace, relative to its root, for example "services/api"';

function readEnvironment(reader: SettingReader, at: string, value: unknown): Record<string, string> | null {
  const expected = 'an object of variables and texts, for example {"BACKEND_PORT": "{port}"}';
  if (!isObject(value)) return reader.wrong(at, value, expected);
  const env: Record<string, string> = {};
  for (const [name, text] of Object.entries(value)) {
    if (!isAllowedVariable(name))
      return reader.wrong(`${at}.${name}`, text, 'no such variable, for it changes which program or module is loaded');
    if (typeof text !== 'string') return reader.wrong(`${at}.${name}`, text, 'a text, for example "{port}"');
    env[name] = text;
  }
  return env;
}

function readHealth(reader: SettingReader, at: string, value: unknown): string | null {
  const path = reader.text(at, value, 'a path that the backend answers, for example "/health"');
  if (path === null || /^\/(?!\/)[\x21-\x7e]*$/u.test(path)) return path;
  return reader.wrong(at, value, 'a path that the backend answers, for example "/health"');
}

function readArguments(reader: SettingReader, at: string, value: unknown): string[] | null {
  const expected = 'a list of texts for the module, for example ["--port", "{port}"]';
  if (!Array.isArray(value) || !value.every((word) => typeof word === 'string'))
    return reader.wrong(at, value, expected);
  return value.some((word) => word.includes('\0')) ? reader.wrong(at, value, expected) : value;
}
