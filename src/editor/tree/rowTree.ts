import * as vscode from 'vscode';
import { isLazy, treeItem, type Row } from './row.ts';

/** A row's place in the view. It stays the same object while its row is shown, as VS Code asks for. */
export interface Place {
  /** The ids from the top down to the row's own: one row under another parent is another place. */
  readonly id: string;
  readonly parent: Place | undefined;
  row: Row;
  /** What VS Code was last told is below. */
  children: readonly Place[];
}

/** Shows rows, and on an update draws again only the rows that look different now. */
export class RowTree implements vscode.TreeDataProvider<Place> {
  readonly #changed = new vscode.EventEmitter<Place[] | undefined>();
  readonly #places = new Map<string, Place>();
  #roots: readonly Row[] = [];
  #hasRows: () => void = () => undefined;
  /** The first answer waits for the first rows. An empty one, taken back at once, makes VS Code mix up what it expands. */
  #firstRows: Promise<void> | undefined = new Promise((resolve) => {
    this.#hasRows = resolve;
  });
  #shownRoots: readonly Place[] = [];

  readonly onDidChangeTreeData = this.#changed.event;

  /** The topmost rows as they are now. */
  get rows(): readonly Row[] {
    return this.#roots;
  }

  update(roots: readonly Row[]): void {
    const isReshaped = !sameIds(this.#roots, roots);
    const stale: Place[] = [];
    this.#roots = roots;
    this.#renew(roots, undefined, stale);
    if (this.#firstRows !== undefined) {
      this.#firstRows = undefined;
      this.#hasRows();
    } else if (isReshaped) this.#changed.fire(undefined);
    else if (stale.length > 0) this.#changed.fire(stale);
  }

  getTreeItem(place: Place): vscode.TreeItem {
    return treeItem(place.row, place.id);
  }

  async getChildren(place?: Place): Promise<Place[]> {
    await this.#firstRows;
    const below = place === undefined ? this.#roots : place.row.children;
    const rows = isLazy(below) ? await below.make() : (below ?? []);
    const before = place?.children ?? this.#shownRoots;
    const children = rows.map((row) => this.#place(row, place));
    if (place === undefined) this.#shownRoots = children;
    else place.children = children;
    for (const gone of before) if (!children.includes(gone)) this.#forget(gone);
    return children;
  }

  /** The place with these ids of rows, from the top down. */
  async find(ids: readonly string[]): Promise<Place | undefined> {
    let place: Place | undefined;
    for (const id of ids) {
      place = (await this.getChildren(place)).find(({ row }) => row.id === id);
      if (place === undefined) return undefined;
    }
    return place;
  }

  getParent(place: Place): Place | undefined {
    return place.parent;
  }

  #place(row: Row, parent: Place | undefined): Place {
    const id = idBelow(parent, row);
    const known = this.#places.get(id);
    if (known !== undefined && known.parent === parent) {
      known.row = row;
      return known;
    }
    const place = { id, parent, row, children: [] };
    this.#places.set(id, place);
    return place;
  }

  #forget(place: Place): void {
    place.children.forEach((child) => {
      this.#forget(child);
    });
    if (this.#places.get(place.id) === place) this.#places.delete(place.id);
  }

  /** Gives every known place its new row, and collects the topmost ones that must be drawn again. */
  #renew(rows: readonly Row[], parent: Place | undefined, stale: Place[]): void {
    for (const row of rows) {
      const place = this.#places.get(idBelow(parent, row));
      if (place === undefined) continue;
      const isStale = !looksSame(place.row, row);
      place.row = row;
      if (isStale) stale.push(place);
      if (!isLazy(row.children)) this.#renew(row.children ?? [], place, isStale ? [] : stale);
    }
  }
}

function idBelow(parent: Place | undefined, row: Row): string {
  return parent === undefined ? row.id : `${parent.id}\n${row.id}`;
}

function looksSame(a: Row, b: Row): boolean {
  if (JSON.stringify(looks(a)) !== JSON.stringify(looks(b))) return false;
  if (isLazy(a.children) && isLazy(b.children)) return a.children.of === b.children.of;
  return !isLazy(a.children) && !isLazy(b.children) && sameIds(a.children, b.children);
}

function looks({ label, highlights, description, tooltip, spoken, context, icon, subject }: Row): unknown[] {
  return [label, highlights, description, tooltip, spoken, context, icon?.id, subject?.uri.toString(), subject?.range];
}

function sameIds(a: readonly Row[] | undefined, b: readonly Row[] | undefined): boolean {
  return a?.length === b?.length && (a ?? []).every((row, index) => row.id === b?.[index]?.id);
}
