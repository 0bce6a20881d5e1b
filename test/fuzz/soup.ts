/** Random numbers from a seed: mulberry32, by Tommy Ettinger, in the public domain. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const everywhere = [
  ...[
    'pixsim7_backend',
    'pixsim7.backend.main',
    'pixsim7/backend/main',
    'pixsim7_backend.main:app',
    'pixsim7_backend\\main.py',
  ],
  ...[
    '"',
    "'",
    '`',
    '\n',
    '\r\n',
    '\r',
    '\t',
    ' ',
    '  ',
    '\\',
    '/',
    '.',
    ',',
    ':',
    ';',
    '=',
    '-',
    '--',
    '#',
    '$',
    '{',
    '}',
    '(',
    ')',
  ],
  ...[
    '[',
    ']',
    '<',
    '>',
    '|',
    '&',
    '*',
    '@',
    '%',
    '!',
    '~',
    '^',
    '\0',
    '\ufeff',
    '\u2028',
    '😀',
    'é',
    '中',
    '\ud800',
    'a',
    'x1',
    '0',
  ],
];

/** Words of each language, thrown together: most texts are broken, some nearly right. */
const words: Readonly<Record<string, readonly string[]>> = {
  python: [
    ...[
      'import ',
      'from ',
      ' import ',
      ' as ',
      'def f(',
      'class A:',
      'lambda x: ',
      'f"',
      'rb"""',
      '"""',
      'global ',
      'del ',
      'try:',
      'except:',
    ],
    ...[
      'with ',
      'match x:',
      'case ',
      'if ',
      'else:',
      'yield',
      'async ',
      'await ',
      ':=',
      '->',
      '**',
      '@',
      '    ',
      '__all__ = [',
      'Path(__file__)',
      '.parent',
    ],
  ],
  markdown: [
    '# ',
    '```',
    '```sh\n',
    '~~~',
    '- ',
    '1. ',
    '> ',
    '![',
    '](',
    '<!--',
    '-->',
    '|',
    '├── ',
    '└── ',
    '[x]: ',
    '**',
    '<a href="',
  ],
  yaml: [
    '- ',
    '? ',
    '&a ',
    '*a',
    '<<: ',
    '|\n',
    '>-\n',
    'services:',
    'command:',
    'build:',
    '  ',
    '!!str ',
    '---\n',
    '...',
    '{{',
    '${X:-',
    'run: |',
  ],
  toml: ['[tool.', '[[', ']]', ' = ', '"""', "'''", 'true', '1979-05-27', '{ ', 'packages', 'scripts'],
  json: ['{"', '": ', '[', 'true', 'null', '//', '/*', '*/', '\\u', '1e9', '"scripts": '],
  shell: [
    'cd ',
    'python -m ',
    'uvicorn ',
    '$(',
    '${',
    '<<EOF\n',
    'EOF\n',
    '&&',
    '||',
    'export ',
    'if [ -f ',
    '; then',
    'fi',
    'pkill -f ',
  ],
  batch: ['set ', '%~dp0', '%X%', '^', '^&^&', 'cmd /c "', 'REM ', '::', 'if exist ', 'call '],
  powershell: ['Join-Path ', '$PSScriptRoot', '`', "@'", "'@", 'Start-Process -ArgumentList ', '-FilePath '],
  dockerfile: [
    'FROM ',
    'AS ',
    'COPY --from=',
    'COPY ',
    'ADD ',
    'RUN ',
    'CMD ["',
    'ENTRYPOINT ',
    'WORKDIR ',
    'ENV ',
    'ARG ',
    'ONBUILD ',
    '# escape=`\n',
    '<<EOF',
  ],
  ini: ['[', ']', 'source = ', 'omit=', '%(here)s', '; ', '[mypy-', '[tool:pytest]', '\n  '],
};

/** A text of some twenty pieces. */
export function soup(language: string, next: () => number): string {
  const pieces = [...everywhere, ...(words[language] ?? []), ...(words[language] ?? [])];
  const count = Math.floor(next() * 24);
  return Array.from({ length: count }, () => pieces[Math.floor(next() * pieces.length)]).join('');
}

/** Any JSON value, a few levels deep. */
export function anyValue(next: () => number, depth = 3): unknown {
  const kind = Math.floor(next() * (depth > 0 ? 8 : 6));
  const text = (): string => soup('json', next);
  switch (kind) {
    case 0:
      return null;
    case 1:
      return next() < 0.5;
    case 2:
      return (next() - 0.5) * 1e6;
    case 3:
      return text();
    case 4:
      return '';
    case 5:
      return undefined;
    case 6:
      return Array.from({ length: Math.floor(next() * 4) }, () => anyValue(next, depth - 1));
    default:
      return Object.fromEntries(
        Array.from({ length: Math.floor(next() * 4) }, () => [
          next() < 0.7 ? (names[Math.floor(next() * names.length)] ?? 'x') : text(),
          anyValue(next, depth - 1),
        ]),
      );
  }
}

const names = [
  'legacy',
  'canonical',
  'root',
  'package',
  'name',
  'globs',
  'import',
  'command',
  'live',
  'historical',
  'base',
  '__proto__',
  'constructor',
];
