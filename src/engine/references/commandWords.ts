/** What a command takes where a name stands: a module, a path, or a name that somebody chose. */
export type Asked = 'dotted' | 'path' | 'own';

interface Command {
  /** The words of one simple command: operators, quotes, brackets and commas set aside. */
  readonly words: readonly string[];
  /** What stands straight before the place, without a blank: `--cov=`, `-r`. */
  readonly attached: string;
}

/** Reads the last simple command of a text that ends where the name stands. */
function readCommand(before: string): Command {
  let words: string[] = [];
  // `$(MAKE)` and `(Get-Location)` are words like any other.
  for (const [token] of before.replace(/\$?\([^()]*\)/gu, 'X').matchAll(/\|\||&&|[;|&()`]|[^\s"'[\],;|&()`]+/gu)) {
    if (/^[;|&()`]/u.test(token)) words = [];
    else if (token !== '-' && token !== '^' && token !== '\\') words.push(token.replace(/[\\^]+$/u, ''));
  }
  const isApart = before === '' || /[\s"'[\],;|&()`]$/u.test(before);
  return isApart ? { words, attached: '' } : { words: words.slice(0, -1), attached: words.at(-1) ?? '' };
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const TAKES_PATHS = words(
  'cd pushd chdir sl set-location push-location ls dir cat more less head tail rm rmdir rd del mkdir md touch chmod cp copy xcopy robocopy mv move ren tree find source . du wc stat ln tar rsync scp [ [[ test exist call black isort flake8 pylint bandit vulture pyright interrogate mypy ruff pytest py.test nosetests autoflake pyupgrade autopep8 yapf docformatter compileall cloc radon get-childitem gci get-content test-path copy-item move-item remove-item new-item resolve-path join-path copy add workdir volume prettier include recursive-include graft prune recursive-exclude exclude chown',
);
const ENTERS = /^(?:cd|pushd|chdir|sl|set-location|push-location)$/u;
const TAKES_MODULES = words('uvicorn gunicorn hypercorn daphne granian arq dramatiq');
/** Tools whose operands are users, services, databases, sessions. */
const TAKES_NAMES = words(
  'systemctl service journalctl useradd userdel adduser groupadd addgroup usermod groupdel createdb dropdb createuser dropuser psql pg_dump pg_restore mysql mysqldump tmux screen user activate conda mamba pyenv workon',
);
/** Tools whose names are English words as well: in prose they tell nothing. */
const ENGLISH = words(
  'more less head tail move copy find source stat call include exclude prune graft add volume test exist black tree service screen user radon vulture prettier touch test activate make just invoke',
);
const PYTHONS = /^(?:python[\d.]*|pythonw|py|uv|coverage|debugpy|pdb|cprofile|\$\(?\{?python.*)$/u;
const CONTAINERS = /^(?:docker|podman|docker-compose|kubectl)$/u;
/** What they run is a task that a file of theirs names. */
const RUNS_TASKS = /^(?:make|just|npm|pnpm|yarn|bun|invoke|poe|nox|tox)$/u;
const TOOL_WITH_COMMANDS = /^(?:git|pip|pip3|alembic|celery|watchmedo|unittest|flask|grep|rg|start|start-process)$/u;

const PATH_OPTION =
  /^(?:--(?:reload-dir|reload-include|reload-exclude|watch|watch-path|app-dir|rootdir|ignore|directory|chdir|cov-config|exclude|prefix|pythonpath|paths-to-mutate|project-dir|root|editable)|-(?:workingdirectory|path|childpath|literalpath|destination|filepath)|\/d)$/iu;
/** Long options that take a package: alternatives of a pattern. */
export const TAKE_PACKAGE = 'cov|cover-package|source|source-pkgs|pyargs|package|app';
const DOTTED_OPTION = new RegExp(`^--(?:${TAKE_PACKAGE})$`, 'u');
const OWN_OPTION =
  /^--(?:name|hostname|network|tag|user|group|chown|schema|dbname|database|branch|from|project-name|container-name)$/u;
/** Long options that take no value: what follows them is an operand. */
const FLAG =
  /^--(?:strict|fix|check|diff|all|recursive|force|verbose|quiet|cached|delete|parents|preview|unsafe-fixes|exitfirst|install-types|ignore-missing-imports|no-cache|write|link|reload|factory)$/u;

/** `[ -d`, `test -f`, `if [[ ! -e` */
const FILE_TEST = /(?:\[\[?|\btest)\s+(?:!\s+)?-[defrswxL]\s+["']?$/u;

/**
 * What the command before a name asks of it. In prose (`isProse`) a tool's name is also an English word: only a name
 * that follows it at once, options apart, is its operand.
 */
export function askedBy(before: string, isProse: boolean): Asked | undefined {
  const { words: all, attached } = readCommand(before);
  const option = /^(-{1,2}[\w-]+)=$/u.exec(attached)?.[1];
  if (attached !== '' && option === undefined) return undefined;
  if (FILE_TEST.test(before)) return 'path';
  const previous = all.at(-1) ?? '';
  if (previous === 'import' || (previous === 'from' && !isProse)) return 'dotted';
  const at = all.findLastIndex((word) => isTool(toolOf(word)));
  if (at < 0) return byOption(option ?? previous, '', undefined, all);
  const tool = toolOf(all[at] ?? '');
  const rest = all.slice(at + 1);
  const last =
    option ??
    (/^-+[^-=]+$/u.test(rest.at(-1) ?? '') || /^--[^=]+$/u.test(rest.at(-1) ?? '') || /^\/d$/iu.test(previous)
      ? previous
      : undefined);
  if (last !== undefined) {
    const known = byOption(last, tool, rest[0], rest);
    if (known !== undefined || takesValue(tool, last)) return known;
  }
  const operands = rest.filter((word) => !/^-|^\/\w$/u.test(word));
  // `echo we test x` is prose as well.
  const isSaid = isProse || all.some((word) => /^@?(?:echo|printf|write-(?:host|output))$/iu.test(word));
  if ((isSaid || ENTERS.test(tool)) && operands.length > 0) return undefined;
  if (isSaid && (ENGLISH.has(tool) || TAKES_MODULES.has(tool))) return undefined;
  return byOperand(tool, operands, rest);
}

function toolOf(word: string): string {
  return word
    .replace(/^.*[\\/](?=.)/u, '')
    .replace(/^@/u, '')
    .replace(/\.exe$/iu, '')
    .toLowerCase();
}

function isTool(tool: string): boolean {
  return (
    TAKES_PATHS.has(tool) ||
    TAKES_MODULES.has(tool) ||
    TAKES_NAMES.has(tool) ||
    PYTHONS.test(tool) ||
    CONTAINERS.test(tool) ||
    RUNS_TASKS.test(tool) ||
    TOOL_WITH_COMMANDS.test(tool)
  );
}

function byOption(
  option: string,
  tool: string,
  command: string | undefined,
  rest: readonly string[],
): Asked | undefined {
  if (OWN_OPTION.test(option)) return 'own';
  if (PATH_OPTION.test(option)) return 'path';
  if (DOTTED_OPTION.test(option)) return 'dotted';
  switch (`${PYTHONS.test(tool) ? 'python' : CONTAINERS.test(tool) ? 'docker' : tool} ${option}`) {
    case 'python -m':
    case 'celery -A':
    case 'mypy -p':
    case 'pytest -p':
      return 'dotted';
    case 'git -C':
    case 'make -C':
    case 'tar -C':
    case 'watchmedo -d':
    case 'unittest -s':
    case 'alembic -c':
      return 'path';
    case 'pip -e':
    case 'pip -r':
    case 'pip -c':
      return command === 'install' || rest.includes('install') ? 'path' : undefined;
    case 'docker -t':
    case 'docker -n':
    case 'docker -v':
    case 'psql -d':
    case 'pg_dump -d':
    case 'tmux -s':
    case 'tmux -t':
    case 'screen -S':
    case 'journalctl -u':
      return 'own';
    case 'git -b':
    case 'git -B':
      return 'own';
    default:
      // A list of arguments may have lost its interpreter: `args: ["-m", "pkg"]`.
      return tool === '' ? byLoneOption(option, rest) : undefined;
  }
}

function byLoneOption(option: string, before: readonly string[]): Asked | undefined {
  if (before.some((word) => !/^(?:[-X$]|CMD$|ENTRYPOINT$)|[:=]$/u.test(word))) return undefined;
  return option === '-m' ? 'dotted' : option === '-C' ? 'path' : undefined;
}

const CONTAINER_FLAG =
  /^(?:-(?:[dqaiT]|it|ti)|--(?:detach|build|rm|no-deps|force-recreate|no-cache|pull|wait|follow|quiet|remove-orphans))$/u;

/** Options after which a word is their value, not an operand; of most tools, short options are flags. */
function takesValue(tool: string, option: string): boolean {
  if (CONTAINERS.test(tool) && CONTAINER_FLAG.test(option)) return false;
  if (option.startsWith('--')) return !FLAG.test(option);
  if (tool === 'find' || !TAKES_PATHS.has(tool)) return true;
  const letters =
    { pytest: 'kmnpocW', head: 'nc', tail: 'nc', tar: 'f', mkdir: 'm', mypy: 'mpc', flake8: 'j' }[tool] ?? '';
  return option.length === 2 && letters.includes(option.at(1) ?? '?');
}

function byOperand(tool: string, operands: readonly string[], rest: readonly string[]): Asked | undefined {
  if (TAKES_MODULES.has(tool)) return 'dotted';
  if (TAKES_NAMES.has(tool)) return 'own';
  if (tool === 'chown' && operands.length === 0) return 'own';
  if (TAKES_PATHS.has(tool)) return operands.some((word) => /^as$/iu.test(word)) ? undefined : 'path';
  const [command = '', ...others] = operands;
  if (RUNS_TASKS.test(tool)) return 'own';
  if (tool === 'git') return gitOperand(command, rest);
  if (CONTAINERS.test(tool)) return containerOperand(command === 'compose' ? (others[0] ?? '') : command, others);
  // The first operand is what is looked for.
  return /^(?:grep|rg)$/u.test(tool) && operands.length > 0 ? 'path' : undefined;
}

function gitOperand(command: string, rest: readonly string[]): Asked | undefined {
  if (/^(?:add|rm|mv|ls-files|clean|restore|blame)$/u.test(command) || rest.includes('--')) return 'path';
  return /^(?:switch|branch|push|pull|fetch|merge|rebase|tag)$/u.test(command) ? 'own' : undefined;
}

function containerOperand(command: string, others: readonly string[]): Asked | undefined {
  if (command === 'build') return 'path';
  const named =
    /^(?:exec|stop|start|restart|logs|rm|kill|inspect|attach|rmi|pull|push|tag|up|down|cp|run|top|pause|unpause|wait|stats|image|container|volume|network)$/u;
  return named.test(command) && others.length <= 2 ? 'own' : undefined;
}
