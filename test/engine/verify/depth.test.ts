import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { applyEdits, defaultPair } from '../../../src/engine/index.ts';
import { findDepthSensitive } from '../../../src/engine/verify/depth.ts';

/** The text after every fix, and where each place led and leads. */
function mended(path: string, text: string): [string, string] {
  const findings = findDepthSensitive(defaultPair, path, text);
  const places = findings.map(({ legacyFolder, canonicalFolder }) => `${legacyFolder || '.'} → ${canonicalFolder}`);
  return [
    applyEdits(
      text,
      findings.flatMap(({ fix }) => fix ?? []),
    ),
    places.join(', '),
  ];
}

describe('depth-sensitive paths', () => {
  for (const [name, path, before, after] of [
    ['parents', 'api/a.py', 'R = Path(__file__).parents[2]\n', 'R = Path(__file__).parents[4]\n'],
    [
      'parent after parent',
      'a.py',
      'R = Path(__file__).resolve().parent.parent\n',
      'R = Path(__file__).resolve().parent.parent.parent.parent\n',
    ],
    [
      'a variable in between',
      'a.py',
      'f = Path(__file__)\nR = f.parent.parent\nx = R / "a"\n',
      'f = Path(__file__)\nR = f.parent.parent.parent.parent\nx = R / "a"\n',
    ],
    [
      'in a function',
      'a.py',
      'def f():\n    here = Path(__file__).parent\n    return here.parent\n',
      'def f():\n    here = Path(__file__).parent\n    return here.parent.parent.parent\n',
    ],
    [
      'dirname in dirname',
      'a.py',
      'R = dirname(dirname(abspath(__file__)))\n',
      'R = dirname(dirname(dirname(dirname(abspath(__file__)))))\n',
    ],
    [
      'join with dots',
      'api/a.py',
      'R = os.path.join(os.path.dirname(__file__), "../..", "x")\n',
      'R = os.path.join(os.path.dirname(__file__), "../../../..", "x")\n',
    ],
    [
      'dots as arguments',
      'a.py',
      'R = os.path.join(os.path.dirname(__file__), "..")\n',
      'R = os.path.join(os.path.dirname(__file__), "../../..")\n',
    ],
    [
      'a slash and dots',
      'a.py',
      'R = Path(__file__).parent / ".." / "x"\n',
      'R = Path(__file__).parent / "../../.." / "x"\n',
    ],
    [
      'os.pardir',
      'a.py',
      'R = os.path.join(os.path.dirname(__file__), os.pardir)\n',
      'R = os.path.join(os.path.dirname(__file__), os.pardir, os.pardir, os.pardir)\n',
    ],
    [
      'dots that are settled before the next step',
      'api/a.py',
      'R = dirname(abspath(join(dirname(__file__), "..")))\n',
      'R = dirname(dirname(dirname(abspath(join(dirname(__file__), "..")))))\n',
    ],
    [
      'a formatted text',
      'a.py',
      'R = f"{dirname(__file__)}/../{name}"\n',
      'R = f"{dirname(__file__)}/../../../{name}"\n',
    ],
    [
      'a formatted text of what goes up',
      'a.py',
      'R = f"{dirname(dirname(__file__))}/x"\n',
      'R = f"{dirname(dirname(dirname(dirname(__file__))))}/x"\n',
    ],
    ['a text added', 'a.py', 'R = dirname(__file__) + "/../x"\n', 'R = dirname(__file__) + "/../../../x"\n'],
    ['a real path', 'a.sh', 'cd "$(dirname "$(realpath "$0")")/.."\n', 'cd "$(dirname "$(realpath "$0")")/../../.."\n'],
    ['a link', 'a.sh', 'cd $(dirname $(readlink -f $0))/..\n', 'cd $(dirname $(readlink -f $0))/../../..\n'],
    ['all up to the last slash', 'a.sh', 'cd "${0%/*}/.."\n', 'cd "${0%/*}/../../.."\n'],
    ['Join-Path', 'a.ps1', 'cd (Join-Path $PSScriptRoot "..\\x")\n', 'cd (Join-Path $PSScriptRoot "..\\..\\..\\x")\n'],
    [
      'Split-Path',
      'a.ps1',
      '$R = Split-Path -Parent $PSScriptRoot\n',
      '$R = Split-Path -Parent (Split-Path -Parent (Split-Path -Parent $PSScriptRoot))\n',
    ],
    ['shell', 'a.sh', 'cd "$(dirname "$0")/.."\n', 'cd "$(dirname "$0")/../../.."\n'],
    [
      'bash',
      'bin/a.sh',
      'cd "$(dirname "${BASH_SOURCE[0]}")/../.."\n',
      'cd "$(dirname "${BASH_SOURCE[0]}")/../../../.."\n',
    ],
    ['backquotes', 'a.sh', 'cd `dirname $0`/..\n', 'cd `dirname $0`/../../..\n'],
    [
      'a variable of the shell',
      'a.sh',
      'HERE="$( cd -- "$( dirname -- "${BASH_SOURCE[0]}" )" &> /dev/null && pwd )"\nls ${HERE}/../x\n',
      'HERE="$( cd -- "$( dirname -- "${BASH_SOURCE[0]}" )" &> /dev/null && pwd )"\nls ${HERE}/../../../x\n',
    ],
    ['batch', 'a.bat', 'cd %~dp0..\r\n', 'cd %~dp0..\\..\\..\r\n'],
    ['PowerShell', 'a.ps1', 'cd $PSScriptRoot\\..\n', 'cd $PSScriptRoot\\..\\..\\..\n'],
    ['ini', 'a.ini', 'path = %(here)s/..\n', 'path = %(here)s/../../..\n'],
  ] as const) {
    it(`${name}: said and mended`, () => {
      assert.deepEqual(mended(path, before), [after, '. → pixsim7/backend']);
    });
  }

  for (const [name, path, text] of [
    ['its own folder', 'api/a.py', 'x = Path(__file__).parent / "data"\n'],
    ["the tree's root", 'api/a.py', 'x = Path(__file__).parents[1]\n'],
    ['steps that were written for the new place', 'a.py', 'x = Path(__file__).parents[3]\n'],
    ['up and down again', 'a.py', 'x = Path(__file__).parent / "a" / ".."\n'],
    ['a variable that went up before', 'a.py', 'R = Path(__file__).parent\nx = R / "a"\n'],
    ['dots that the next step takes off', 'api/a.py', 'x = dirname(join(dirname(__file__), ".."))\n'],
    ['dots that a parent takes off', 'api/a.py', 'x = (Path(__file__).parent / "..").parent\n'],
    ['a comment of a script', 'a.sh', '# cd "$(dirname "$0")/.."\n'],
    ['a variable that is given twice', 'a.sh', 'HERE=$(dirname "$0")\nHERE=$1\ncd $HERE/..\n'],
    ['a variable that went up before', 'api/a.sh', 'TOP="$(cd "$(dirname "$0")/.." && pwd)"\ncd "$TOP/.."\n'],
    ['a name added', 'a.py', 'x = dirname(__file__) + "../x"\n'],
    ['a split inside of the tree', 'api/a.ps1', '$x = Split-Path $PSScriptRoot -Parent\n'],
    ['another file', 'a.py', 'x = Path(other).parent.parent\n'],
    ['a comment', 'a.py', '# Path(__file__).parent.parent\n'],
    ['a string', 'a.py', 'x = "Path(__file__).parent.parent"\n'],
    ['a file name that starts with dots', 'a.sh', 'cat "$(dirname "$0")/..data"\n'],
  ] as const) {
    it(`${name}: nothing to say`, () => {
      assert.deepEqual(mended(path, text), [text, '']);
    });
  }
});
