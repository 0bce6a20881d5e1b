import type { TreePair } from '../tree/pair.ts';
import { FINDER, LOADER, WARNING } from './machinery.ts';
import { markerLine } from './marker.ts';
import { sourceRoot } from '../tree/pair.ts';
import { depthOf } from './places.ts';
import { inDocstring, literal } from './python.ts';

/** The `__init__.py` that makes every import of the legacy package answer the canonical module. */
export function packageText(pair: TreePair, expires: string): string {
  const { legacy, canonical } = pair;
  return `${markerLine(expires)}${docstring(pair, expires)}
from __future__ import annotations

import importlib
import importlib.util
import os
import sys
import threading
import warnings
from importlib.machinery import ModuleSpec, PathFinder
from types import CodeType, FrameType, ModuleType

TYPE_CHECKING = False  # True for type checkers and editors, which see the names of the real package.
if TYPE_CHECKING:
    from typing import Sequence

    from ${canonical.package} import *  # noqa: F401,F403

_LEGACY = ${literal(legacy.package)}
_CANONICAL = ${literal(canonical.package)}
_EXPIRES = ${literal(expires)}
_FOLDER = os.path.dirname(os.path.abspath(__file__))

_warned: set[str] = set()
_lock = threading.Lock()

${FINDER}
${LOADER}
${WARNING}
${installation(pair)}`;
}

function docstring({ legacy, canonical }: TreePair, expires: string): string {
  return `"""The old name of the package \`${canonical.package}\`.

Nothing is implemented here. An import of \`${legacy.package}\`, or of a module below it, answers the module
in the same place below \`${canonical.package}\`: the same object, executed once, whichever
name comes first. Each module that is imported by its old name warns once, at the line of the import: write
the new name there.

This may stay until ${expires}. Once nothing uses the old name any more,

    tree-unifier apply --phase deduplicate

removes it: the folder \`${inDocstring(legacy.root)}\` with all that is in it.
"""
`;
}

function installation({ legacy, canonical }: TreePair): string {
  return `
def __getattr__(name: str) -> object:
    """For imports of the old package that the new one makes while it is being imported from here itself."""
    return getattr(sys.modules.get(_CANONICAL), name)


# In front of the finders that look into folders: they would find the new package's files, whose folder is also
# the __path__ of the old package at the end, and execute them a second time under their old names.
sys.meta_path[:] = [
    _Finder(),
    *(finder for finder in sys.meta_path if getattr(finder, "forwards", None) != _LEGACY),
]

# Before the new package is imported: where warnings are errors, no module is left behind.
_warn(_LEGACY)
${otherSource(sourceRoot(legacy), sourceRoot(canonical), depthOf(`${legacy.root}/__init__.py`))}
# The old package is the new one, the same object, as all modules below it are. So \`dir\`, \`vars\`, \`reload\`,
# \`patch("${legacy.package}.name")\`, __file__ and package data need no forwarding that could be incomplete. By itself
# this would execute the modules below the package twice, once for each name; the finder above sees to that.
sys.modules[__name__] = importlib.import_module(_CANONICAL)
`;
}

/** Where the packages lie in different folders, that of the old name may be on Python's path alone. */
function otherSource(legacy: string, canonical: string, depth: number): string {
  if (legacy === canonical) return '';
  const steps = Array.from({ length: depth - 1 }, () => '".."').join(', ');
  const parts = ['_FOLDER', ...(steps === '' ? [] : [steps]), ...(canonical === '' ? [] : [literal(canonical)])];
  return `
# The new package lies in another folder, which need not be on Python's path.
_SOURCE = os.path.normpath(os.path.join(${parts.join(', ')}))
if _SOURCE not in sys.path:
    sys.path.append(_SOURCE)
`;
}
