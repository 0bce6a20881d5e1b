import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { referencesOf } from '../../helpers/engine.ts';
import { table } from './cases.ts';

/** A notebook of cells, each as the editor writes it: `code: …` or `markdown: …`, a string a line. */
function notebook(...cells: readonly string[]): string {
  const made = cells.map((cell) => {
    const [, type, text = ''] = /^(?<type>\w+): (?<text>[^]*)$/u.exec(cell) ?? [];
    return { cell_type: type, metadata: {}, source: text.split(/(?<=\n)/u) };
  });
  return `${JSON.stringify({ cells: made, metadata: {}, nbformat: 4 }, undefined, 1)}\n`;
}

table('a notebook', 'docs/use.ipynb', [
  {
    name: 'is one program: an import of one cell binds what another uses',
    before: notebook('code: import pixsim7_backend.main\n', 'markdown: Then:', 'code: x = pixsim7_backend.main.app()'),
    after: notebook(
      'code: import pixsim7.backend.main.main\n',
      'markdown: Then:',
      'code: x = pixsim7.backend.main.main.app()',
    ),
    kinds: 'import importUse',
  },
  {
    name: 'keeps its escapes, and gets them where a rewrite has quotes',
    before: notebook(
      'code: p = ROOT / "pixsim7_backend" / "api"\nq = "C:\\\\x\\\\pixsim7_backend\\\\main.py\\t\u00e9"',
    ),
    after: notebook(
      'code: p = ROOT / "pixsim7" / "backend" / "main" / "api"\nq = "C:\\\\x\\\\pixsim7\\\\backend\\\\main\\\\main.py\\t\u00e9"',
    ),
    kinds: 'pathString pathString',
  },
  {
    name: 'has commands for the shell, which are no Python',
    before: notebook(
      'code: !python -m pixsim7_backend.main "it\'s\n%cd pixsim7_backend\nfrom pixsim7_backend import main\n',
      'code: %%bash\ncd pixsim7_backend\npython pixsim7_backend/main.py',
    ),
    after: notebook(
      'code: !python -m pixsim7.backend.main.main "it\'s\n%cd pixsim7/backend/main\nfrom pixsim7.backend.main import main\n',
      'code: %%bash\ncd pixsim7/backend/main\npython -m pixsim7.backend.main.main',
    ),
    kinds: 'command command import command command',
  },
  {
    name: 'has documents',
    before: notebook('markdown: # Use\n`pixsim7_backend/main.py`, see [it](../pixsim7_backend/main.py)'),
    after: notebook('markdown: # Use\n`pixsim7/backend/main/main.py`, see [it](../pixsim7/backend/main/main.py)'),
    kinds: 'markdown markdown',
  },
  {
    name: 'may hold its source in one string',
    before: '{"cells": [{"cell_type": "code", "source": "import os\\nimport pixsim7_backend.main\\n"}]}\n',
    after: '{"cells": [{"cell_type": "code", "source": "import os\\nimport pixsim7.backend.main.main\\n"}]}\n',
    kinds: 'import',
  },
  {
    name: 'begins a line with the name, in a cell that is one string',
    before: '{"cells": [{"cell_type": "code", "source": "import pixsim7_backend\\npixsim7_backend.main\\n"}]}\n',
    after:
      '{"cells": [{"cell_type": "code", "source": "import pixsim7.backend.main\\npixsim7.backend.main.main\\n"}]}\n',
    kinds: 'import importUse',
  },
  {
    name: 'has notes of its own',
    before: '{"metadata": {"title": "pixsim7_backend/main.py"}, "cells": []}\n',
    after: '{"metadata": {"title": "pixsim7/backend/main/main.py"}, "cells": []}\n',
    kinds: 'prose',
  },
  {
    name: 'is read as far as it goes where it is broken',
    before: '{"cells": [{"cell_type": "code", "source": ["import pixsim7_backend.main\n',
    after: '{"cells": [{"cell_type": "code", "source": ["import pixsim7.backend.main.main\n',
    kinds: 'import',
  },
]);

describe('what a run of a notebook printed', () => {
  it('tells what was', async () => {
    const text =
      '{"cells": [{"cell_type": "code", "source": [], "outputs": [{"text": ["pixsim7_backend/main.py\\n"]}]}]}\n';
    const found = await referencesOf('a.ipynb', text);
    assert.deepEqual(
      found.map(({ kind, standing }) => [kind, standing]),
      [['prose', 'historical']],
    );
  });
});
