/**
 * Splits a command line into words as a POSIX shell does, quotes and backslashes taken off; operators (`&&`, `;`, `|`) are
 * words of their own, marked, and a line break is a `;`.
 */
export interface Word {
  readonly text: string;
  readonly isOperator: boolean;
  /** Offset from 0, in UTF-16 units. */
  readonly offset: number;
}

const TOKEN =
  /(?<space>(?:[ \t\r]|\\\r?\n)+)|(?<comment>(?<=^|[\s;&|])#[^\n]*)|(?<operator>&&|\|\||;;|[;&|()\n])|(?<word>(?:\\[^]|"(?:\\[^]|[^"\\])*"|'[^']*'|\$\([^()]*\)|\$\{[^}]*\}|[^\s"'\\;&|()$]|\$|["'\\])+)/gu;

export function splitShell(text: string): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const { operator, word } = match.groups ?? {};
    if (operator !== undefined)
      words.push({ text: operator === '\n' ? ';' : operator, isOperator: true, offset: match.index });
    else if (word !== undefined) words.push({ text: unquote(word), isOperator: false, offset: match.index });
  }
  return words;
}

/** The commands of a shell text, each as its words; what a branch or a loop holds is among them. */
export function commandsOf(text: string): string[][] {
  const commands: string[][] = [[]];
  for (const { text: word, isOperator } of splitShell(text)) {
    if (isOperator || /^(?:then|do|else|if|while|\{|\}|!)$/u.test(word)) commands.push([]);
    else commands.at(-1)?.push(word);
  }
  return commands;
}

/** The words without operators: how compose and supervisors split a command that no shell sees. */
export function splitPlain(text: string): string[] {
  return [...text.matchAll(/(?:\\[^]|"(?:\\[^]|[^"\\])*"|'[^']*'|[^\s"'\\]|["'\\])+/gu)].map(([word]) => unquote(word));
}

function unquote(word: string): string {
  return word.replace(
    /"((?:\\[^]|[^"\\])*)"|'([^']*)'|\\\r?\n|\\([^])/gu,
    (_, double?: string, single?: string, escaped?: string) =>
      double === undefined ? (single ?? escaped ?? '') : double.replace(/\\(["\\$`])/gu, '$1'),
  );
}
