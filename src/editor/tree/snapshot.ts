import { isLazy, type Row } from './row.ts';

/** A row as tests see it, with everything below it. */
export interface RowSnapshot extends Omit<Row, 'id' | 'icon' | 'subject' | 'command' | 'expanded' | 'children'> {
  /** The icon's name. */
  readonly icon?: string;
  readonly children: readonly RowSnapshot[];
}

/** Rows with all that is below them, made now where it would be made on opening. */
export async function snapshot(rows: readonly Row[]): Promise<RowSnapshot[]> {
  return await Promise.all(
    rows.map(async ({ children, icon, ...row }) => ({
      ...row,
      ...(icon !== undefined && { icon: icon.id }),
      children: await snapshot(isLazy(children) ? await children.make() : (children ?? [])),
    })),
  );
}
