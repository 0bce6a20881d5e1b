"""What Python itself says about imports, for the tests of the static check. Prints JSON.

    importOracle.py imports PACKAGE...            every import of the packages in the standard library, really imported
    importOracle.py mutations FOLDER SEED COUNT PACKAGE...  the same in a copy in FOLDER, after each seeded removal
"""

import ast
import compileall
import importlib
import json
import os
import random
import re
import sys
import sysconfig
import traceback
import warnings

warnings.simplefilter("ignore")
STDLIB = sysconfig.get_path("stdlib")
LEFT_OUT = {"site-packages", "__pycache__", "test", "tests"}


def python_files(root):
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(set(folders) - LEFT_OUT)
        for name in sorted(files):
            if name.endswith(".py"):
                yield os.path.join(folder, name)


def imports_of(path, root, packages):
    """(line, module, name or None) of the imports of the packages, relative ones resolved."""
    own = os.path.relpath(path, root)[: -len(".py")].split(os.sep)
    package = own[:-1]
    with open(path, "rb") as file:
        tree = ast.parse(file.read())
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found = [(alias.name, None) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join(base + (node.module.split(".") if node.module else []))
            found = [(module, alias.name) for alias in node.names]
        else:
            continue
        yield from ((node.lineno, *one) for one in found if one[0].split(".")[0] in packages)


def complaint(module, name):
    """None when Python can import it, else [module, name or None] that its ImportError is about."""
    try:
        if name is None:
            importlib.import_module(module)
        else:
            exec(f"from {module} import {name}", {})
        return None
    except ModuleNotFoundError as error:
        return [error.name, None]
    except ImportError as error:
        found = re.match(r"cannot import name '(\w+)'", str(error))
        return [error.name, found.group(1) if found else "?"]
    except AttributeError as error:
        # A star import of what `__all__` lists in vain; any other attribute is no matter of imports.
        line = traceback.extract_tb(error.__traceback__)[-1].line or ""
        found = line.endswith("import *") and re.match(r"module '([\w.]+)' has no attribute '(\w+)'", str(error))
        return [found.group(1), found.group(2)] if found else ["?", str(error)]
    except BaseException as error:
        return ["?", repr(error)]


def imports(packages):
    found = []
    for path in python_files(STDLIB):
        relative = os.path.relpath(path, STDLIB).replace(os.sep, "/")
        for line, module, name in imports_of(path, STDLIB, packages):
            found.append([relative, line, module, name, complaint(module, name)])
    return found


def removable(path, wanted):
    """First and last line of each definition at the margin that somebody imports, with its decorators."""
    with open(path, "rb") as file:
        tree = ast.parse(file.read())
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Assign, ast.ImportFrom)):
            bound = {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
            bound |= {getattr(node, "name", None)} | {one.asname or one.name for one in getattr(node, "names", [])}
            if not bound & wanted:
                continue
            first = min([node.lineno] + [one.lineno for one in getattr(node, "decorator_list", [])])
            yield [first, node.end_lineno]


def mutations(folder, seed, count, packages):
    sys.dont_write_bytecode = True
    compileall.compile_dir(folder, quiet=2)
    files = list(python_files(folder))
    sites = sorted({one[1:] for path in files for one in imports_of(path, folder, packages)}, key=str)
    for package in packages:
        importlib.import_module(package)
    sys.path.insert(0, folder)
    chance = random.Random(seed)
    return [mutate(folder, files, sites, chance, packages) for _ in range(count)]


def mutate(folder, files, sites, chance, packages):
    """Takes a module or a definition away, asks Python in a child process about every import, and puts it back."""
    module, name = chance.choice(sites)
    path = os.path.join(folder, *module.split("."))
    path = path + ".py" if path + ".py" in files else os.path.join(path, "__init__.py")
    with open(path, "rb") as file:
        before = file.read()
    times = os.stat(path).st_mtime_ns
    lines = list(removable(path, {name}))
    removed = chance.choice(lines) if lines else None
    # Without its own `__init__.py` a package of the copy would give way to the library's.
    if removed is None and path.count(os.sep) == folder.count(os.sep) + 2 and path.endswith("__init__.py"):
        return mutate(folder, files, sites, chance, packages)
    if removed is None:
        os.remove(path)
    else:
        kept = before.splitlines(keepends=True)
        kept[removed[0] - 1 : removed[1]] = [b"\n"] * (removed[1] - removed[0] + 1)
        with open(path, "wb") as file:
            file.write(b"".join(kept))
        os.utime(path, (1, 1))
    relative = os.path.relpath(path, folder).replace(os.sep, "/")
    package = relative.split("/")[0]
    complaints = in_child(lambda: ask(package, [one for one in sites if one[0].split(".")[0] == package]))
    with open(path, "wb") as file:
        file.write(before)
    os.utime(path, ns=(times, times))
    return {"path": relative, "lines": removed, "complaints": complaints}


def ask(package, sites):
    for name in [name for name in sys.modules if name.split(".")[0] == package]:
        del sys.modules[name]
    importlib.invalidate_caches()
    return [[module, name, complaint(module, name)] for module, name in sites if name != "*"]


def in_child(work):
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        with os.fdopen(write, "w") as out:
            json.dump(work(), out)
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as answer:
        result = json.load(answer)
    os.waitpid(child, 0)
    return result


if __name__ == "__main__":
    if sys.argv[1] == "imports":
        result = {"root": STDLIB, "imports": imports(set(sys.argv[2:]))}
    else:
        result = mutations(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5:])
    json.dump(result, sys.__stdout__)
