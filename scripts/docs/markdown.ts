/** For pages that nobody should edit. */
export const MADE = '<!-- Made by `npm run docs`. Change package.json or the source instead. -->';

/** Text for a cell of a table: one line, in which `|` starts no new cell. */
export function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', '<br>');
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |\n`;
  return line(head) + `|${'---|'.repeat(head.length)}\n` + rows.map(line).join('');
}

export function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\n`;
}

/** `` `text` ``, or nothing for nothing. */
export function code(text: string): string {
  return text === '' ? '' : `\`${text}\``;
}

/** What VS Code shows for a key: `ctrl+k alt+l` → `Ctrl+K Alt+L`. */
export function keys(binding: string): string {
  return binding.replace(/\b[a-z]/gu, (letter) => letter.toUpperCase());
}
