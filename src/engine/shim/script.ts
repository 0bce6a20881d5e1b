import type { TreePair } from '../tree/pair.ts';
import { markerLine } from './marker.ts';
import { sourceRoot } from '../tree/pair.ts';
import { depthOf } from './places.ts';
import { inDocstring, literal } from './python.ts';

/** A program that is started by its path, as `script` in both trees, and is `module` below the package. */
export interface Script {
  readonly path: string;
  readonly module: string;
}

/**
 * The file in the place of a script: `python pixsim7_backend/main.py` runs the canonical one. Imports never reach it, for
 * the finder of the package answers them first.
 */
export function scriptText(pair: TreePair, script: Script, expires: string): string {
  const { legacy, canonical } = pair;
  const path = `${legacy.root}/${script.path}`;
  const module = `${canonical.package}.${script.module}`;
  const realFolder = `${canonical.root}/${script.path}`.split('/').slice(0, -1).join('/');
  const sources = [...new Set([sourceRoot(canonical), sourceRoot(legacy)])];
  return `${markerLine(expires)}"""Starts the program that was here: \`python ${inDocstring(path)}\`.

The program is now

    python -m ${module}

Write that instead: this file may stay until ${expires}, and goes with the rest of its folder.
"""

import importlib
import runpy
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # Type checkers and editors see the names of the real module.
    from ${module} import *  # noqa: F401,F403

_MODULE = ${literal(module)}
_FOLDER = Path(__file__).resolve().parent
_WORKSPACE = Path(__file__).resolve().parents[${depthOf(path)}]

warnings.warn(f"this file is now the module {_MODULE}; it goes after ${expires}", DeprecationWarning)

# Python put the folder of this file on its path. What it found there is beside the real program now.
_REAL_FOLDER = str(_WORKSPACE / ${literal(realFolder)})
sys.path[:] = [_REAL_FOLDER if Path(entry).resolve() == _FOLDER else entry for entry in sys.path]

# From here the packages are found by their full names.
for _source in ${pythonTuple(sources.map(sourceExpression))}:
    if _source not in sys.path:
        sys.path.insert(0, _source)

if __name__ == "__main__":
    runpy.run_module(_MODULE, run_name="__main__", alter_sys=True)
else:  # Imported as a module of its own, from inside the folder: \`uvicorn --app-dir ${inDocstring(legacy.root)} main:app\`.
    sys.modules[__name__] = importlib.import_module(_MODULE)
`;
}

function sourceExpression(folder: string): string {
  return folder === '' ? 'str(_WORKSPACE)' : `str(_WORKSPACE / ${literal(folder)})`;
}

function pythonTuple(items: readonly string[]): string {
  return `(${items.join(', ')}${items.length === 1 ? ',' : ''})`;
}
