import { table } from './cases.ts';

table('JavaScript and TypeScript', 'apps/web/start.ts', [
  {
    name: 'comments',
    before: '// see pixsim7_backend/main.py\n/* pixsim7_backend.main:app */\n',
    after: '// see pixsim7/backend/main/main.py\n/* pixsim7.backend.main.main:app */\n',
    kinds: 'prose prose',
  },
  {
    name: 'a comment in markup',
    path: 'apps/web/a.tsx',
    before: 'const a = <p title="pixsim7_backend/main.py">{/* pixsim7_backend/api */}</p>;\n',
    after: 'const a = <p title="pixsim7/backend/main/main.py">{/* pixsim7/backend/main/api */}</p>;\n',
    kinds: 'prose prose',
  },
  {
    name: 'strings',
    before:
      'const a = "pixsim7_backend/api";\nconst b = \'pixsim7_backend.main:app\';\nconst c = `pixsim7_backend/main.py`;\n',
    after:
      'const a = "pixsim7/backend/main/api";\nconst b = \'pixsim7.backend.main.main:app\';\nconst c = `pixsim7/backend/main/main.py`;\n',
    kinds: 'pathString moduleString prose',
  },
  {
    name: 'a backslash that the string escapes',
    before: 'const a = "pixsim7_backend\\\\main.py";\n',
    after: 'const a = "pixsim7\\\\backend\\\\main\\\\main.py";\n',
    kinds: 'pathString',
  },
  {
    name: 'names of the script',
    before:
      'const pixsim7_backend = start();\npixsim7_backend.main.stop();\nconst o = { pixsim7_backend, a: `${pixsim7_backend}` };\n',
    after:
      'const pixsim7_backend = start();\npixsim7_backend.main.stop();\nconst o = { pixsim7_backend, a: `${pixsim7_backend}` };\n',
    kinds: 'own own own own',
  },
  {
    name: 'modules of the script',
    before:
      'import a from "./pixsim7_backend";\nexport * from "../pixsim7_backend/main";\nconst b = require("pixsim7_backend");\nconst c = await import("@x/pixsim7_backend/api");\n',
    after:
      'import a from "./pixsim7_backend";\nexport * from "../pixsim7_backend/main";\nconst b = require("pixsim7_backend");\nconst c = await import("@x/pixsim7_backend/api");\n',
    kinds: 'own own own own',
  },
  {
    name: 'data of the legacy tree, imported',
    before: 'import main from "../../pixsim7_backend/main.py";\n',
    after: 'import main from "../../pixsim7/backend/main/main.py";\n',
    kinds: 'pathString',
  },
  {
    name: 'components of a path',
    before: "const a = path.join(root, 'pixsim7_backend', 'main.py');\n",
    after: "const a = path.join(root, 'pixsim7', 'backend', 'main', 'main.py');\n",
    kinds: 'pathString',
  },
  {
    name: 'a list of arguments',
    before: "spawn('python', ['-u', 'pixsim7_backend/main.py']);\nspawn('uvicorn', ['pixsim7_backend.main:app']);\n",
    after:
      "spawn('python', ['-u', '-m', 'pixsim7.backend.main.main']);\nspawn('uvicorn', ['pixsim7.backend.main.main:app']);\n",
    kinds: 'command command',
  },
  {
    name: 'a command line',
    before: "exec('python pixsim7_backend/main.py --reload');\n",
    after: "exec('python -m pixsim7.backend.main.main --reload');\n",
    kinds: 'command',
  },
  {
    name: 'an option that takes a folder',
    before: "spawn('uvicorn', ['--reload-dir', 'pixsim7_backend']);\n",
    after: "spawn('uvicorn', ['--reload-dir', 'pixsim7/backend/main']);\n",
    kinds: 'command',
  },
  {
    name: 'what does not parse is read all the same',
    before: 'const = {{ ;\n// pixsim7_backend/main.py\n',
    after: 'const = {{ ;\n// pixsim7/backend/main/main.py\n',
    kinds: 'prose',
  },
]);
