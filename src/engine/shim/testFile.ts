import type { TreePair } from '../tree/pair.ts';
import { markerLine } from './marker.ts';
import { sourceRoot } from '../tree/pair.ts';
import { depthOf } from './places.ts';
import { inDocstring, literal } from './python.ts';
import type { Script } from './script.ts';

/** The shim's own test, which its users run: plain `unittest`, and nothing that the shim does not need itself. */
export function testText(pair: TreePair, path: string, scripts: readonly Script[], expires: string): string {
  const { legacy, canonical } = pair;
  const sources = [...new Set([sourceRoot(canonical), sourceRoot(legacy)])].map(literal).join(', ');
  return `${markerLine(expires)}"""Does the old name \`${legacy.package}\` still answer \`${canonical.package}\`?

    python -m unittest discover -s ${inDocstring(legacy.root)}

imports every module of the package by both names, as a start of the program does. A module that cannot be
imported on this machine, most often for a package that is not installed, is skipped with the reason.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import subprocess
import sys
import unittest
import warnings
from pathlib import Path
from types import ModuleType
from unittest import mock

LEGACY = ${literal(legacy.package)}
CANONICAL = ${literal(canonical.package)}
WORKSPACE = Path(__file__).resolve().parents[${depthOf(path)}]
CANONICAL_FOLDER = WORKSPACE / ${literal(canonical.root)}
SOURCES = [str(WORKSPACE / folder) for folder in (${sources},)]
SCRIPTS = ${scriptTable(scripts)}


def setUpModule() -> None:
    for source in SOURCES:
        if source not in sys.path:
            sys.path.insert(0, source)


def import_or_skip(name: str) -> ModuleType:
    """A canonical module. Whether it can be imported here is not for this test to judge."""
    try:
        return importlib.import_module(name)
    except (Exception, SystemExit) as error:
        raise unittest.SkipTest(f"{name} cannot be imported here: {type(error).__name__}: {error}") from error


def import_legacy(name: str) -> ModuleType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return importlib.import_module(name)


def modules() -> list[str]:
    """Every module below the packages, as \`.a.b\`; no tests, and no folders that are no packages."""
    found = []
    for folder, folders, files in os.walk(CANONICAL_FOLDER):
        inside = Path(folder).relative_to(CANONICAL_FOLDER).parts
        folders[:] = [name for name in folders if (Path(folder) / name / "__init__.py").is_file()]
        found += [".".join(("", *inside, name)) for name in folders]
        names = [Path(name).stem for name in files if name.endswith(".py")]
        found += [".".join(("", *inside, name)) for name in names if is_importable(name)]
    return sorted(found)


def is_importable(name: str) -> bool:
    is_special = name in ("__init__", "__main__", "conftest")
    return name.isidentifier() and not is_special and not name.startswith("test_") and not name.endswith("_test")


def run_python(*arguments: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([*SOURCES, os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=WORKSPACE,
        env={**os.environ, "PYTHONPATH": path, "PYTHONWARNINGS": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        universal_newlines=True,
        check=False,
    )


class ShimTest(unittest.TestCase):
    def setUp(self) -> None:
        import_or_skip(CANONICAL)

    def test_package(self) -> None:
        self.assertIs(import_legacy(LEGACY), importlib.import_module(CANONICAL))

    def test_every_module_is_found(self) -> None:
        import_legacy(LEGACY)
        for name in modules():
            with self.subTest(name):
                import_or_skip((CANONICAL + name).rpartition(".")[0])
                real = importlib.util.find_spec(CANONICAL + name)
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore", DeprecationWarning)
                    found = importlib.util.find_spec(LEGACY + name)
                self.assertEqual((found and found.origin), (real and real.origin))

    def test_every_module_is_the_same_object(self) -> None:
        for name in modules():
            with self.subTest(name):
                # Python answers a module that it has, though its package could not be imported.
                import_or_skip((CANONICAL + name).rpartition(".")[0])
                real = import_or_skip(CANONICAL + name)
                self.assertIs(import_legacy(LEGACY + name), real)

    def test_patch(self) -> None:
        package = importlib.import_module(CANONICAL)
        import_legacy(LEGACY)
        with mock.patch(f"{LEGACY}.name_of_this_test", "patched", create=True):
            self.assertEqual(vars(package)["name_of_this_test"], "patched")
        self.assertNotIn("name_of_this_test", vars(package))

    def test_missing_module(self) -> None:
        import_legacy(LEGACY)
        with self.assertRaises(ModuleNotFoundError) as raised:
            importlib.import_module(f"{LEGACY}.no_such_module")
        self.assertEqual(raised.exception.name, f"{LEGACY}.no_such_module")
        self.assertIn(f"{LEGACY}.no_such_module", str(raised.exception))
        self.assertIn(f"{CANONICAL}.no_such_module", str(raised.exception))
        self.assertIsNone(importlib.util.find_spec(f"{LEGACY}.no_such_module"))

    def test_warns_once_where_it_is_imported(self) -> None:
        program = f"import sys\\nimport {LEGACY}\\nimport {LEGACY}\\ndel sys.modules[{LEGACY!r}]"
        done = run_python("-W", "always::DeprecationWarning", "-c", program)
        self.assertEqual(done.returncode, 0, done.stderr)
        told = [line for line in done.stderr.splitlines() if f"DeprecationWarning: {LEGACY} is now {CANONICAL};" in line]
        self.assertEqual([line.split(" ")[0] for line in told], ["<string>:2:"], done.stderr)

    def test_is_an_error_where_warnings_are(self) -> None:
        # Only this shim's: the package may have warnings of its own.
        done = run_python("-W", f"error:{LEGACY} is now:DeprecationWarning", "-c", f"import {LEGACY}")
        self.assertIn(f"DeprecationWarning: {LEGACY} is now {CANONICAL};", done.stderr)
        self.assertEqual(done.returncode, 1, done.stderr)

    def test_programs(self) -> None:
        """\`python -m\` and \`python FILE\` find the real programs. They are not run: they may serve, or change data."""
        program = "import importlib.util, sys; name = sys.argv[1]; spec = importlib.util.find_spec(name); "
        program += "print(spec.loader.get_code(name).co_filename)"
        for file, name in SCRIPTS.items():
            with self.subTest(file):
                import_or_skip((CANONICAL + name).rpartition(".")[0])
                done = run_python("-c", program, LEGACY + name)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(Path(done.stdout.strip()), CANONICAL_FOLDER / file)
                here = Path(__file__).resolve().parent / file
                self.assertIn(f'"{CANONICAL}{name}"', here.read_text(encoding="utf-8"))


if __name__ == "__main__":
    unittest.main()
`;
}

/** `{"main.py": ".main"}`, one entry a line. */
function scriptTable(scripts: readonly Script[]): string {
  if (scripts.length === 0) return '{}';
  const entries = scripts.map(({ path, module }) => `    ${literal(path)}: ${literal(`.${module}`)},\n`);
  return `{\n${entries.join('')}}`;
}
