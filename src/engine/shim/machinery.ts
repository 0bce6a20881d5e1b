/** The Python that finds, in the package: needs no names of its own but `_LEGACY`, `_CANONICAL`, `_FOLDER`. */
export const FINDER = `
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

/** The Python that loads what was found. */
export const LOADER = `
class _Loader:
    """Loads a canonical module in the place of the old one."""

    def create_module(self, spec: ModuleSpec) -> None:
        # Here, and not in exec_module: until the real module is loaded, the old name must not be in sys.modules,
        # where a circular import would find it empty.
        name = _canonical(spec.name)
        if name not in sys.modules and importlib.util.find_spec(name) is None:
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

/** The Python that tells importers of the new name. */
export const WARNING = `
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
