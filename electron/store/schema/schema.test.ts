import { is } from 'drizzle-orm';
import { SQLiteTable, getTableConfig } from 'drizzle-orm/sqlite-core';
import { expect, test } from 'vitest';
import { aStore } from '../testing.ts';
import * as book from './book.ts';
import * as callTables from './calls.ts';
import * as campaignTables from './campaigns.ts';
import * as deliveryTables from './deliveries.ts';
import * as desk from './desk.ts';
import * as importTables from './imports.ts';
import * as keptTables from './kept.ts';
import * as messageTables from './messages.ts';
import * as meaningTables from './meaning.ts';
import * as reportTables from './reports.ts';
import * as scheduleTables from './schedules.ts';

interface Column {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly pk: number;
}

const sqlite = aStore().$client;
const tables = Object.values({
  ...book,
  ...callTables,
  ...campaignTables,
  ...deliveryTables,
  ...desk,
  ...importTables,
  ...keptTables,
  ...messageTables,
  ...meaningTables,
  ...reportTables,
  ...scheduleTables,
}).filter((each) => is(each, SQLiteTable));

/** Made by the migrations and read in plain SQL only. */
const WITHOUT_DRIZZLE = /^(migrations|sqlite_.*|contact_search.*|note_search.*|transcript_search.*)$/;

test('drizzle knows every table the migrations make, and no other', () => {
  const made = sqlite
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .pluck()
    .all() as string[];
  const known = tables.map((table) => getTableConfig(table).name);
  expect(known.sort()).toEqual(made.filter((name) => !WITHOUT_DRIZZLE.test(name)).sort());
});

test.each(tables.map((table) => [getTableConfig(table).name, table] as const))(
  'the columns of %s are those the migrations make',
  (name, table) => {
    const made = sqlite.pragma(`table_xinfo(${name})`) as Column[];
    const config = getTableConfig(table);
    const keys = new Set(config.primaryKeys.flatMap((key) => key.columns.map((column) => column.name)));
    const isKey = (column: { name: string; primary?: boolean }) =>
      column.primary === true || keys.has(column.name);
    const shape = config.columns.map((column) => ({
      name: column.name,
      type: column.getSQLType().toUpperCase(),
      // A key is never null, whether or not it says so.
      isNullable: !column.notNull && !isKey(column),
    }));
    expect(shape).toEqual(
      made.map(({ name: each, type, notnull, pk }) => ({
        name: each,
        type,
        isNullable: notnull === 0 && pk === 0,
      })),
    );
  },
);

test.each(tables.map((table) => [getTableConfig(table).name, table] as const))(
  'the indexes of %s are those the migrations make',
  (name, table) => {
    const made = sqlite.pragma(`index_list(${name})`) as { name: string; unique: number; partial: number }[];
    const ours = getTableConfig(table).indexes.map(({ config }) => ({
      name: config.name,
      isUnique: config.unique,
      isPartial: config.where !== undefined,
      columns: config.columns.map((column) => ('name' in column ? column.name : namesIn(column))),
    }));
    const theirs = made
      .filter((index) => !index.name.startsWith('sqlite_autoindex'))
      .map((index) => ({
        name: index.name,
        isUnique: index.unique === 1,
        isPartial: index.partial === 1,
        columns: (sqlite.pragma(`index_info(${index.name})`) as { name: string }[]).map(
          (column) => column.name,
        ),
      }));
    expect(ours.sort(byName)).toEqual(theirs.sort(byName));
  },
);

/** A column that is indexed downwards comes as a piece of SQL with the column in it. */
function namesIn(piece: { queryChunks: unknown[] }): string {
  const column = piece.queryChunks.find(
    (chunk) => typeof chunk === 'object' && chunk !== null && 'name' in chunk,
  );
  return (column as { name: string }).name;
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1;
}
