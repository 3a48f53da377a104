/** A page of a list, and where the next one begins. Pages are found by key, so the last costs what the first does. */
export interface Page<Row, Cursor = number> {
  readonly rows: readonly Row[];
  /** Null on the last page. */
  readonly next: Cursor | null;
}

/** Makes a page of rows that were read one further than the limit. */
export function pageOf<Row, Cursor>(
  rows: readonly Row[],
  limit: number,
  cursor: (row: Row) => Cursor,
): Page<Row, Cursor> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > limit && last !== undefined ? cursor(last) : null };
}
