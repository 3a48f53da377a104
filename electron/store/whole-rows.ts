import { type Db, type ReadDb, prepared, reading, withTransaction, writing } from './open.ts';

/*
 * A contact with all that hangs on them, as text, and back again. Columns are asked for and not listed, so that
 * one added later comes along by itself.
 */

/** Parents before their children: they come back in this order. What was called is not here: it stays. */
const TABLES = [
  'contacts',
  'contact_numbers',
  'contact_tags',
  'consents',
  'enrolments',
  'callbacks',
  'schedules',
  'schedule_jobs',
] as const;
type Table = (typeof TABLES)[number];

type Row = Readonly<Record<string, string | number | null>>;
type Whole = Readonly<Record<Table, readonly Row[]>>;

const columnsOf = prepared((db: ReadDb) => {
  const names = (table: Table) =>
    columns(db)
      .all(table)
      .map(({ name }) => name);
  return new Map(TABLES.map((table) => [table, names(table)]));
});

const columns = reading<{ name: string }>('SELECT name FROM pragma_table_info(?)');

const readers = prepared((db: ReadDb) => new Map(TABLES.map((table) => [table, reader(db, table)])));

function reader(db: ReadDb, table: Table) {
  const pairs = columnsOf(db)
    .get(table)!
    .map((name) => `'${name}', t."${name}"`);
  const key = table === 'contacts' ? 'id' : 'contact_id';
  return reading<{ rows: string }>(
    `SELECT json_group_array(json_object(${pairs.join(', ')})) AS rows FROM ${table} t WHERE t.${key} = ?`,
  )(db);
}

export function wholeContact(db: ReadDb, id: number): string {
  const each = TABLES.map((table) => `"${table}":${readers(db).get(table)!.get(id)!.rows}`);
  return `{${each.join(',')}}`;
}

/** Brings a contact back as they were. False when somebody else has their place by now. */
export function restoreWhole(db: Db, text: string): boolean {
  const whole = JSON.parse(text) as Whole;
  return withTransaction(db, () => {
    for (const table of TABLES) {
      for (const row of whole[table] ?? []) {
        const { changes } = writers(db).get(table)!.run(JSON.stringify(row));
        if (table === 'contacts' && changes === 0) return false;
      }
    }
    return true;
  });
}

const writers = prepared((db: Db) => new Map(TABLES.map((table) => [table, writer(db, table)])));

function writer(db: Db, table: Table) {
  const names = columnsOf(db).get(table)!;
  const values = names.map((name) => `r.value ->> '$.${name}'`).join(', ');
  const into = names.map((name) => `"${name}"`).join(', ');
  // A list or campaign that went meanwhile must not keep a person from coming back.
  return writing(`INSERT INTO ${table} (${into}) SELECT ${values} FROM json_each('[' || ? || ']') AS r
    WHERE true ON CONFLICT DO NOTHING`)(db);
}
