import { type SQL, type SQLWrapper, getTableColumns, getTableName, sql } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type Database from 'better-sqlite3';
import { type Db, type ReadDb, prepared, reading, writing } from './open.ts';

/** Columns whose values are kept as something else. */
const CODED: readonly string[] = ['SQLiteCustomColumn', 'SQLiteBoolean'];

export interface Inserted {
  /** Zero when the row was there already and `ifThere` says what then. */
  readonly changes: number;
  readonly id: number;
}

/**
 * Inserts whole rows of a table: one statement in plain SQL, kept per connection, with the values encoded by
 * the schema. Half of all writes are inserts, and drizzle takes twice the time even prepared. It also puts
 * the condition of a partial index in the wrong place of an ON CONFLICT clause, so that is given as text.
 */
export function inserting<T extends SQLiteTable>(
  table: T,
  ifThere = '',
): (db: Db, row: T['$inferInsert']) => Inserted {
  const columns: [string, SQLiteColumn][] = Object.entries(getTableColumns(table));
  const names = columns.map(([, column]) => `"${column.name}"`).join(', ');
  const marks = columns.map(() => '?').join(', ');
  const statement = writing(`INSERT INTO ${getTableName(table)} (${names}) VALUES (${marks}) ${ifThere}`);
  const cells = columns.map(([key, column]) => ({ key, column, isCoded: CODED.includes(column.columnType) }));
  return (db, row) => {
    const given = row as Readonly<Record<string, unknown>>;
    const values = cells.map(({ key, column, isCoded }) =>
      isCoded ? encoded(column, given[key]) : (given[key] ?? null),
    );
    const { changes, lastInsertRowid } = statement(db).run(values);
    return { changes, id: Number(lastInsertRowid) };
  };
}

type Columns = Readonly<Record<string, SQLiteColumn>>;

/** A row of some columns of a table, as the schema says. */
export type RowOf<C extends Columns> = {
  -readonly [K in keyof C]: C[K]['_']['notNull'] extends true ? C[K]['_']['data'] : C[K]['_']['data'] | null;
};

export interface Asking<Row> {
  get(...values: readonly unknown[]): Row | undefined;
  all(...values: readonly unknown[]): Row[];
}

/**
 * Rows of one table by a statement in plain SQL, read as the schema says. For what is asked several times in each
 * call: drizzle takes longer to put a row together than SQLite takes to find it.
 */
export function asking<C extends Columns>(
  table: SQLiteTable,
  columns: C,
  rest: string,
): (db: ReadDb) => Asking<RowOf<C>> {
  const names = Object.entries(columns).map(([key, column]) => `"${column.name}" AS "${key}"`);
  const statement = reading<RowOf<C>>(`SELECT ${names.join(', ')} FROM ${getTableName(table)} ${rest}`);
  const coded = Object.entries(columns).filter(([, { columnType }]) => CODED.includes(columnType));
  return prepared((db: ReadDb) => asked(statement(db), coded));
}

function asked<Row>(
  statement: Database.Statement<unknown[], Row>,
  coded: readonly (readonly [string, SQLiteColumn])[],
): Asking<Row> {
  if (coded.length === 0)
    return { get: (...values) => statement.get(...values), all: (...values) => statement.all(...values) };
  const decoded = (row: Row): Row => {
    const cells = row as Record<string, unknown>;
    for (const [key, column] of coded)
      if (cells[key] !== null) cells[key] = column.mapFromDriverValue(cells[key]);
    return row;
  };
  return {
    get(...values) {
      const row = statement.get(...values);
      return row === undefined ? undefined : decoded(row);
    },
    all: (...values) => statement.all(...values).map(decoded),
  };
}

/**
 * A value still to come, by name, in a prepared query. The plus changes nothing about the value and keeps SQLite
 * from peeking at it: with a partial index in reach it would otherwise plan the query anew at each run, which
 * takes ten times as long as running it.
 */
export function slot(name: string): SQLWrapper {
  return sql`+${sql.placeholder(name)}`;
}

/** So many rows at most, written into the statement: where it is bound, SQLite plans the query anew at each run. */
export function atMost(count: number): number {
  // Drizzle takes any piece of SQL here, and says that it wants a number.
  return sql.raw(String(count)) as unknown as number;
}

/**
 * A piece of SQL with nothing bound. The conditions of partial indexes are written with it: SQLite only uses
 * such an index where the query repeats its condition to the letter, and a bound value is not a letter.
 */
export function literally(column: SQLiteColumn, rest: string): SQL {
  return sql`${column} ${sql.raw(rest)}`;
}

function encoded(column: SQLiteColumn, value: unknown): unknown {
  return value === null || value === undefined ? null : column.mapToDriverValue(value);
}
