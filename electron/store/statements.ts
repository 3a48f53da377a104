import { type SQL, type SQLWrapper, getTableColumns, getTableName, sql } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { type Db, writing } from './open.ts';

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
  return (db, row) => {
    const given = row as Readonly<Record<string, unknown>>;
    const { changes, lastInsertRowid } = statement(db).run(
      columns.map(([key, column]) => encoded(column, given[key])),
    );
    return { changes, id: Number(lastInsertRowid) };
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
