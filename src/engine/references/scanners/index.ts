import { isPython } from '../../python/syntax.ts';
import type { Scanner } from '../judgement.ts';
import { configScanner } from './config.ts';
import { markdownScanner } from './markdown.ts';
import { notebookScanner } from './notebook.ts';
import { pythonScanner } from './python/index.ts';
import { scriptScanner } from './script.ts';
import { textScanner } from './text.ts';

interface Language {
  reads(path: string): boolean;
  /** A language whose parser is large is loaded when a file of it holds the name, not at the start. */
  load(): Scanner | Promise<Scanner>;
}

const MARKDOWN = /\.(?:md|mdx|markdown)(?:\.[\w-]*(?:bak|backup|orig|old))?$/iu;
const SCRIPT =
  /(?:\.(?:sh|bash|zsh|fish|bat|cmd|ps1|psm1|mk|dockerfile)|(?:^|\/)(?:Makefile|GNUmakefile|justfile|Procfile|(?:Dockerfile|Containerfile)[^/]*))$/iu;
const JAVASCRIPT = /\.[cm]?[jt]sx?$/u;
const CONFIG =
  /(?:\.(?:ini|cfg|conf|json|jsonc|json5|env|properties|service|socket|timer|importlinter)|(?:^|\/)(?:MANIFEST\.in|CODEOWNERS|\.(?:coveragerc|flake8|pylintrc|gitattributes|env[^/]*|[^/]*ignore|[^/]*rc)))$/iu;

/** A new language is one entry here; the first that reads a path takes it, the last takes all. */
const languages: readonly Language[] = [
  { reads: isPython, load: () => pythonScanner },
  { reads: (path) => MARKDOWN.test(path), load: () => markdownScanner },
  { reads: (path) => SCRIPT.test(path), load: () => scriptScanner },
  { reads: (path) => JAVASCRIPT.test(path), load: async () => (await import('./javascript.ts')).javaScriptScanner },
  { reads: (path) => /\.ya?ml$/iu.test(path), load: async () => (await import('./yaml.ts')).yamlScanner },
  { reads: (path) => /\.toml$/iu.test(path), load: async () => (await import('./toml.ts')).tomlScanner },
  { reads: (path) => /\.ipynb$/iu.test(path), load: () => notebookScanner },
  { reads: (path) => CONFIG.test(path), load: () => configScanner },
  { reads: () => true, load: () => textScanner },
];

export async function scannerFor(path: string): Promise<Scanner> {
  return await (languages.find((language) => language.reads(path))?.load() ?? textScanner);
}
