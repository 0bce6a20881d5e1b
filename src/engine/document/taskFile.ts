import { escapePattern } from '../text/pattern.ts';
import type { PhaseName } from './phases.ts';

/** What a phase has to say in the task file. */
export interface PhaseEntry {
  readonly name: PhaseName;
  /** Its summary: Markdown below the heading, without it. */
  readonly body: string;
  /** `replace`: the section is written anew. `append`: what it says already stays above. */
  readonly mode: 'replace' | 'append';
  /** The checkbox is ticked and the status line says so. */
  readonly isComplete: boolean;
  /** `2025-11-21` */
  readonly date: string;
}

/**
 * The task file with one phase brought up to date, in the form of task-34: checkbox with date, status line, and one
 * summary section after the phase's own. Written twice, it is the same. Line endings stay as they are.
 *
 * @param text the file, `undefined` when there is none yet: it is begun, with all phases in its checklist
 * @param all the phases in their order
 */
export function updateTaskFile(text: string | undefined, entry: PhaseEntry, all: readonly PhaseName[]): string {
  const old = text ?? newTaskFile(all);
  const ending = old.includes('\r\n') ? '\r\n' : '\n';
  const plain = old.replaceAll('\r\n', '\n');
  const withSection = putSummary(plain, entry);
  const marked = setStatus(setCheckbox(withSection, entry), entry);
  return ending === '\n' ? marked : marked.replaceAll('\n', ending);
}

function newTaskFile(all: readonly PhaseName[]): string {
  const boxes = all.map(({ number, title }) => `- [ ] **Phase ${number} – ${title}**\n`).join('');
  const sections = all.map(
    ({ number, title }) => `---\n\n## Phase ${number} – ${title}\n\n**Status:** \`[ ]\` Not started\n`,
  );
  return `**Task: Backend Tree Unification**\n\n---\n\n## Phase Checklist\n\n${boxes}\n${sections.join('\n')}`;
}

/** `- [ ] **Phase 34.2 – …**` → `- [X] **Phase 34.2 – …** ✅ Complete (2025-11-21)`. One that is ticked stays as it is. */
function setCheckbox(text: string, { name, isComplete, date }: PhaseEntry): string {
  if (!isComplete) return text;
  const box = new RegExp(`^([-*] )\\[ \\]( .*\\bPhase ${escapePattern(name.number)}(?![.\\d]).*)$`, 'mu');
  return text.replace(box, (_, bullet: string, rest: string) => `${bullet}[X]${rest.trimEnd()} ✅ Complete (${date})`);
}

/** ``**Status:** `[ ]` Not started`` → ``**Status:** `[X]` Complete``, in the phase's own section. */
function setStatus(text: string, entry: PhaseEntry): string {
  const section = findSection(text, ownHeading(entry.name));
  if (section === undefined) return text;
  const status = entry.isComplete ? '`[X]` Complete' : '`[ ]` In progress';
  const body = text
    .slice(section.from, section.to)
    .replace(/^(\*\*Status:\*\*) `\[ \]`.*$/mu, (_, label: string) => `${label} ${status}`);
  return text.slice(0, section.from) + body + text.slice(section.to);
}

function putSummary(text: string, entry: PhaseEntry): string {
  const { name, body, mode } = entry;
  const heading = `## Phase ${name.number} Summary: ${name.summary}`;
  const old = findSection(text, summaryHeading(name));
  if (old === undefined) return insertSummary(text, entry, `${heading}\n\n${body.trim()}\n`);
  if (body.trim() === '' && !entry.isComplete) return text;
  // The rule that parts it from the next section is not the section's own.
  const content = text.slice(old.from, old.to);
  const end = /\n+(?:---\n+)?$/u.exec(content)?.[0] ?? '';
  const kept = mode === 'append' ? soFar(content.slice(0, content.length - end.length), entry) : heading;
  const section = [kept, body.trim()].filter((part) => part !== '').join('\n\n');
  return `${text.slice(0, old.from)}${section}${end === '' ? '\n' : end}${text.slice(old.to)}`;
}

/** What a summary says so far; once the phase is complete it is dated so, and nothing is left for a person. */
function soFar(summary: string, { isComplete, date }: PhaseEntry): string {
  if (!isComplete) return summary;
  return summary
    .replace(/^\*\*Date:\*\* .*$/mu, `**Date Completed:** ${date}`)
    .replace(/\n+### Left for a Person\n\n(?:- .*(?:\n|$))+/gu, '\n')
    .trimEnd();
}

/** After the phase's own section, or at the end. */
function insertSummary(text: string, { name, body }: PhaseEntry, summary: string): string {
  if (body.trim() === '') return text;
  const own = findSection(text, ownHeading(name));
  const at = own?.to ?? text.length;
  const before = text.slice(0, at).replace(/[\r\n]*(?:---\n+)?$/u, '');
  const after = text.slice(at);
  return `${before}\n\n---\n\n${summary}${after === '' ? '' : `\n---\n\n${after}`}`;
}

interface Section {
  readonly from: number;
  readonly to: number;
}

/** From a heading of the second level up to the next one that is not inside a fence. */
function findSection(text: string, heading: RegExp): Section | undefined {
  const fences = closedFences(text);
  const headings = [...text.matchAll(/^## .*$/gmu)].filter(
    ({ index }) => !fences.some(({ from, to }) => from < index && index < to),
  );
  const at = headings.findIndex(({ 0: line }) => heading.test(line));
  const found = headings[at];
  return found === undefined ? undefined : { from: found.index, to: headings[at + 1]?.index ?? text.length };
}

/** A fence that is never closed hides nothing from us: whoever forgot its end did not mean the rest of the file. */
function closedFences(text: string): Section[] {
  const fences: Section[] = [];
  let open: { readonly mark: string; readonly from: number } | undefined;
  for (const { 0: mark, index } of text.matchAll(/^(?:```|~~~)/gmu)) {
    if (open === undefined) open = { mark, from: index };
    else if (open.mark === mark) {
      fences.push({ from: open.from, to: index });
      open = undefined;
    }
  }
  return fences;
}

function ownHeading({ number }: PhaseName): RegExp {
  return new RegExp(`^## Phase ${escapePattern(number)}(?![.\\d])(?! Summary\\b)`, 'u');
}

function summaryHeading({ number }: PhaseName): RegExp {
  return new RegExp(`^## Phase ${escapePattern(number)} Summary\\b`, 'u');
}
