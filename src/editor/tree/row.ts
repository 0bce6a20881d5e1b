import * as vscode from 'vscode';

/** One row of a view as plain data, so that two states of a view can be compared and only the difference drawn again. */
export interface Row {
  /** Unlike its siblings', and the same as long as the thing is shown: VS Code keeps selection and expansion by it. */
  readonly id: string;
  readonly label: string;
  /** Runs of the label to stand out, each from its start up to its end, in UTF-16 units from 0. */
  readonly highlights?: [number, number][];
  readonly description?: string;
  readonly icon?: vscode.ThemeIcon;
  /** Markdown. */
  readonly tooltip?: string;
  /** The row as a screen reader says it: a sentence with all that label, description and icon tell. */
  readonly spoken: string;
  /** For `when` clauses of item menus. */
  readonly context?: string;
  readonly command?: vscode.Command;
  /** What the row stands for; item commands use it. */
  readonly subject?: Subject;
  readonly expanded?: boolean;
  readonly children?: readonly Row[] | LazyRows;
}

export interface Subject {
  readonly uri: vscode.Uri;
  readonly range?: vscode.Range;
}

/** Children that are made when the row is first opened; other children are due when `of` is another object. */
export interface LazyRows {
  readonly of: object;
  make(): Promise<readonly Row[]>;
}

export function isLazy(children: Row['children']): children is LazyRows {
  return children !== undefined && 'make' in children;
}

/** @param id of the item in the whole tree. */
export function treeItem(row: Row, id: string): vscode.TreeItem {
  const label = row.highlights === undefined ? row.label : { label: row.label, highlights: row.highlights };
  const item = new vscode.TreeItem(label, collapsible(row));
  item.id = id;
  if (row.description !== undefined) item.description = row.description;
  if (row.icon !== undefined) item.iconPath = row.icon;
  if (row.tooltip !== undefined) item.tooltip = new vscode.MarkdownString(row.tooltip);
  if (row.context !== undefined) item.contextValue = row.context;
  if (row.command !== undefined) item.command = row.command;
  item.accessibilityInformation = { label: row.spoken };
  return item;
}

function collapsible({ children, expanded }: Row): vscode.TreeItemCollapsibleState {
  if (children === undefined) return vscode.TreeItemCollapsibleState.None;
  return expanded === true ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}

/** `1 hunk`, `3 hunks`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}

/** With a full stop, unless it ends like a sentence: a screen reader pauses there. */
export function sentence(text: string): string {
  return /[.!?…]$/u.test(text) ? text : `${text}.`;
}

/** Text that Markdown takes for what it is: a repository's words are no markup, and load no picture. */
export function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!~<>|&]/gu, '\\$&');
}

/** Text for a message: VS Code makes `[text](command:…)` in it a link. */
export function unlinked(text: string): string {
  return text.replaceAll('](', '] (');
}

/** Like {@link plain}, in the letters of code. */
export function code(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/gu) ?? []).map((run) => run.length));
  if (longest === 0) return `\`${text}\``;
  const fence = '`'.repeat(longest + 1);
  return `${fence} ${text} ${fence}`;
}
