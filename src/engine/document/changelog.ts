/** `## 2025-11-21 - Title`, `## [2025-11-21] …`, `## 2025-11-21` */
const DATED = /^## \[?(\d{4}-\d{2}-\d{2})\]?.*$/gmu;

/**
 * The changelog with an entry under `## 2025-11-21 - Title`: where the newest entries stand, which is at the top unless the
 * dates grow downwards. One that is there already stays as it is. Line endings stay as they are.
 *
 * @param text the file, `undefined` when there is none yet
 * @param body Markdown below the heading
 */
export function addChangelogEntry(text: string | undefined, date: string, title: string, body: string): string {
  const old = text ?? '# Documentation Changelog\n';
  const ending = old.includes('\r\n') ? '\r\n' : '\n';
  const plain = old.replaceAll('\r\n', '\n');
  if (plain.split('\n').some((line) => line.startsWith('## ') && line.endsWith(` - ${title}`))) return old;
  const at = placeOf(plain);
  const before = plain.slice(0, at).replace(/\n*$/u, '\n\n');
  const after = plain.slice(at);
  // Where a rule parts what stands above, one parts the entry from what stands below.
  const rule = /\n---\n+$/u.test(before) ? '---\n\n' : '';
  const result = `${before}## ${date} - ${title}\n\n${body.trim()}\n${after === '' ? '' : `\n${rule}${after}`}`;
  return ending === '\n' ? result : result.replaceAll('\n', ending);
}

/** Before the newest entry, or at the end where the dates grow downwards or there are none. */
function placeOf(text: string): number {
  const dated = [...text.matchAll(DATED)];
  const [first, last] = [dated[0], dated.at(-1)];
  const growsDown = first !== undefined && last !== undefined && (first[1] ?? '') < (last[1] ?? '');
  return first === undefined || growsDown ? text.length : first.index;
}
