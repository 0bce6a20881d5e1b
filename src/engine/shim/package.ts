import type { TreePair } from '../tree/pair.ts';
import { markerLine } from './marker.ts';
import { depthOf, sourceRoot } from './places.ts';
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

const FINDER = `
def _canonical(name: str) -> str:
    return _CANONICAL + name[len(_LEGACY) :]


class _Finder:
    """Finds the module \`a.b\` of the old package where the new one has it.

    Python calls this with its one global import lock held. So nothing is imported here, for that might wait for a
    thread that waits for the lock.
    """

    forwards = _LEGACY

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        if not fullname.startswith(_LEGACY + "."):
            return None
        spec = ModuleSpec(fullname, _Loader())
        name = _canonical(fullname)
        package = sys.modules.get(name.rpartition(".")[0])
        if package is None:  # Another thread is about to import it: the loader, which may wait, finds out more.
            return spec
        real = _find(name, getattr(package, "__path__", None))
        if real is None:
            # For an import the loader says what is missing; \`importlib.util.find_spec\` answers None instead.
            return _find_here(fullname) or (spec if _is_import(sys._getframe(1)) else None)
        spec.origin = real.origin
        spec.submodule_search_locations = real.submodule_search_locations
        spec.has_location = real.has_location
        return spec


def _find(name: str, path: Sequence[str] | None) -> ModuleSpec | None:
    if name in sys.modules:  # One that was put there by hand may have no spec.
        return getattr(sys.modules[name], "__spec__", None) or ModuleSpec(name, None)
    for finder in sys.meta_path:
        find_spec = getattr(finder, "find_spec", None)
        spec = find_spec(name, path) if find_spec else None
        if spec is not None:
            return spec
    return None


def _find_here(fullname: str) -> ModuleSpec | None:
    """A file that the new package does not have: the test of this shim, or local settings that git ignores."""
    folders = fullname[len(_LEGACY) + 1 :].split(".")[:-1]
    spec = PathFinder.find_spec(fullname, [os.path.join(_FOLDER, *folders)])
    return spec if spec is not None and spec.has_location else None


def _is_import(frame: FrameType) -> bool:
    asking = frame.f_back
    return asking is not None and asking.f_code.co_name == "_find_and_load_unlocked"
`;

const LOADER = `
class _Loader:
    """Loads a canonical module in the place of the old one."""

    def create_module(self, spec: ModuleSpec) -> None:
        # Here, and not in exec_module: until the real module is loaded, the old name must not be in sys.modules,
        # where a circular import would find it empty.
        __import__(_LEGACY)  # Another thread may not be through with it.
        name = _canonical(spec.name)
        if name not in sys.modules and False:
            message = f"No module named {name!r} (imported by its old name {spec.name!r})"
            raise ModuleNotFoundError(message, name=spec.name)
        _warn(spec.name)
        importlib.import_module(name)

    def exec_module(self, module: ModuleType) -> None:
        # Python made an empty module for the old name. Returned by create_module instead, the real one would be
        # given the old name's __spec__, and could not be reloaded any more.
        name = module.__name__
        real = importlib.import_module(_canonical(name))
        sys.modules[name] = real
        package, _, child = name.rpartition(".")
        _keep_own_name(sys.modules[package], child, real)

    def get_code(self, fullname: str) -> CodeType | None:
        """For \`python -m\`, which runs the code of a module as __main__ without importing it."""
        _warn(fullname)
        return self._ask("get_code", fullname)

    def get_source(self, fullname: str) -> str | None:
        return self._ask("get_source", fullname)

    def get_data(self, path: str) -> bytes:
        """For \`pkgutil.get_data\`, which knows the real path."""
        with open(path, "rb") as file:
            return file.read()

    def _ask(self, method: str, fullname: str) -> object:
        name = _canonical(fullname)
        real = importlib.util.find_spec(name)
        answer = getattr(real and real.loader, method, None)
        return answer(name) if answer else None


def _keep_own_name(package: ModuleType, name: str, submodule: ModuleType) -> None:
    """Lets \`router\` of a package that says \`from .router import router\` stay what the package made of it.

    When a loader is done, Python binds the submodule in its package. For a module that had been imported long
    before by its new name, that comes too late, and would hide what the package itself bound since. So this one
    assignment is left out.
    """
    if vars(package).get(name, submodule) is submodule:
        return
    with _lock:
        plain = type(package)

        class Package(plain):  # type: ignore[misc, valid-type]
            def __setattr__(self, attribute: str, value: object) -> None:
                if attribute != name or value is not submodule:
                    super().__setattr__(attribute, value)

        package.__class__ = Package
`;

const WARNING = `
def _warn(name: str) -> None:
    """Warns of one old name, once, where it is imported. Where warnings are errors, each import raises."""
    if name in _warned:
        return
    message = f"{name} is now {_canonical(name)}; the old name goes after {_EXPIRES}"
    frame = _importer()
    if frame is None:  # \`python -m\`: as if the command line were the program, so that it is shown.
        warnings.warn_explicit(message, DeprecationWarning, "<command line>", 1, "__main__")
    else:
        warnings.warn_explicit(
            message,
            DeprecationWarning,
            frame.f_code.co_filename,
            frame.f_lineno,
            str(frame.f_globals.get("__name__", "<unknown>")),
            frame.f_globals.setdefault("__warningregistry__", {}),
        )
    _warned.add(name)


def _importer() -> FrameType | None:
    """The code that imports: the nearest frame outside this file and Python's own import machinery."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        module = str(frame.f_globals.get("__name__"))
        if frame.f_globals is not globals() and module.partition(".")[0] not in ("importlib", "pkgutil", "runpy"):
            return frame
        frame = frame.f_back
    return None
`;

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
