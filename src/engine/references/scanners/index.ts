import type { Scanner } from '../judgement.ts';
import { configScanner } from './config.ts';
import { markdownScanner } from './markdown.ts';
import { pythonScanner } from './python/index.ts';
import { scriptScanner } from './script.ts';
import { textScanner } from './text.ts';

/** A new language is one entry here; the first that reads a path takes it, the last takes all. */
const scanners: readonly Scanner[] = [pythonScanner, markdownScanner, scriptScanner, configScanner, textScanner];

export function scannerFor(path: string): Scanner {
  return scanners.find((scanner) => scanner.reads(path)) ?? textScanner;
}
