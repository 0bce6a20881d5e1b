import type { TreePair } from '../tree/pair.ts';
import { markerLine } from './marker.ts';
import { literal } from './python.ts';

/**
 * The file of one direct child of the legacy package. Python looks for the child of a package that another thread is just
 * importing without waiting for it: the finder is not in place then, and without this file there would be no such module.
 */
export function earlyText({ legacy, canonical }: TreePair, child: string, expires: string): string {
  return `${markerLine(expires)}"""Stands in for \`${legacy.package}.${child}\` at one moment only: when a thread imports it while another has just begun
to import \`${legacy.package}\`. Python does not wait then, and finds this file before the package can forward the name.
"""

import importlib
import sys

del sys.modules[__name__]  # Nobody shall find it empty.
importlib.import_module(${literal(legacy.package)})  # Waits for the other thread.
sys.modules[__name__] = importlib.import_module(${literal(`${canonical.package}.${child}`)})
`;
}

/** Names of the modules and packages right below the root; `files` are paths inside the tree. */
export function childrenOf(files: readonly string[]): string[] {
  const names = files.filter((path) => path.endsWith('.py')).map((path) => path.replace(/\.py$|\/.*/gu, ''));
  return [...new Set(names)].filter((name) => /^(?!__)[\p{L}_][\p{L}\p{N}_]*$/u.test(name)).sort();
}
