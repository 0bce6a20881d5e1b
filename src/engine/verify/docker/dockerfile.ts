/** One instruction of a Dockerfile. */
export interface Instruction {
  /** In capitals: `COPY`. */
  readonly name: string;
  /** From 1. */
  readonly line: number;
  /** Flags before the arguments: `--from=build` as `from` → `build`; one without a value has `''`. */
  readonly flags: ReadonlyMap<string, string>;
  /** What follows the name and the flags, its lines joined, comments between them left out. */
  readonly text: string;
  /** The words of the JSON form; absent in the other form. */
  readonly json?: readonly string[];
  readonly heredocs: readonly string[];
}

/**
 * Reads a Dockerfile instruction by instruction: continuation lines (by the `escape` directive), comments and empty lines
 * between them, heredocs, flags, JSON forms. Never throws: what is no instruction is passed over.
 */
export function readDockerfile(text: string): Instruction[] {
  const lines = text.replace(/^\uFEFF/u, '').split(/\r\n|\r|\n/u);
  const escape = escapeOf(lines);
  const instructions: Instruction[] = [];
  for (let at = 0; at < lines.length; at++) {
    if (/^\s*(?:#|$)/u.test(lines[at] ?? '')) continue;
    const line = at + 1;
    let joined = '';
    for (; at < lines.length; at++) {
      const part = lines[at] ?? '';
      if (joined !== '' && /^\s*(?:#|$)/u.test(part)) continue;
      const goesOn = new RegExp(`${escape === '\\' ? '\\\\' : '`'}[ \\t]*$`, 'u');
      joined += part.replace(goesOn, '');
      if (!goesOn.test(part)) break;
    }
    const heredocs: string[] = [];
    for (const end of heredocEnds(joined)) {
      const found = lines.findIndex((one, index) => index > at && one.replace(/^\t+/u, '') === end);
      const last = found < 0 ? lines.length : found;
      heredocs.push(lines.slice(at + 1, last).join('\n'));
      at = last;
    }
    const instruction = readInstruction(joined, line, heredocs);
    if (instruction !== undefined) instructions.push(instruction);
  }
  return instructions;
}

/** `# escape=` among the directives at the very top. */
function escapeOf(lines: readonly string[]): '\\' | '`' {
  for (const line of lines) {
    const directive = /^\s*#\s*(?<name>\w+)\s*=\s*(?<value>\S+)/u.exec(line)?.groups;
    if (directive === undefined) return '\\';
    if (directive['name']?.toLowerCase() === 'escape') return directive['value'] === '`' ? '`' : '\\';
  }
  return '\\';
}

/** The words that end the heredocs which an instruction opens: `RUN <<EOF`, `COPY <<"A" <<-B /x/`. */
function heredocEnds(instruction: string): string[] {
  if (!/^\s*(?:RUN|COPY|ADD)\b/iu.test(instruction)) return [];
  return [...instruction.matchAll(/(?<!<)<<-?(["']?)(\w+)\1/gu)].map(([, , word]) => word ?? '');
}

function readInstruction(text: string, line: number, heredocs: readonly string[]): Instruction | undefined {
  const { name, rest = '' } = /^\s*(?<name>[A-Za-z]+)(?:\s+(?<rest>[^]*))?$/u.exec(text)?.groups ?? {};
  if (name === undefined) return undefined;
  const flags = new Map<string, string>();
  let left = rest.trim();
  for (let flag = FLAG.exec(left); flag !== null; flag = FLAG.exec(left)) {
    flags.set(flag.groups?.['flag'] ?? '', flag.groups?.['value'] ?? '');
    left = left.slice(flag[0].length);
  }
  const json = readJson(left);
  return { name: name.toUpperCase(), line, flags, text: left, heredocs, ...(json === undefined ? {} : { json }) };
}

const FLAG = /^--(?<flag>[a-z][a-z-]*)(?:=(?<value>\S*))?(?:\s+|$)/u;

function readJson(text: string): string[] | undefined {
  if (!text.startsWith('[')) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) && parsed.every((word) => typeof word === 'string') ? parsed : undefined;
  } catch {
    // Not JSON: then it is the shell form, by Docker's own rule.
    return undefined;
  }
}
