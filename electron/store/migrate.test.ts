import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { type Migration, migrate, stepsAhead, versionOf } from './migrate.ts';
import { NOON } from './testing.ts';

const A: Migration = {
  version: 1,
  name: 'a',
  sql: 'CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT) STRICT',
};
const B: Migration = { version: 2, name: 'b', sql: "INSERT INTO a (name) VALUES ('from b')" };
const C: Migration = { version: 5, name: 'c', sql: 'ALTER TABLE a ADD COLUMN age INTEGER' };
const BROKEN: Migration = {
  version: 6,
  name: 'broken',
  sql: 'CREATE TABLE d (id INTEGER); SELECT * FROM nowhere',
};
const EDITED: Migration = { ...B, sql: "INSERT INTO a (name) VALUES ('otherwise')" };

interface Case {
  readonly name: string;
  readonly before: readonly Migration[];
  readonly steps: readonly Migration[];
  readonly history: readonly number[];
  readonly refused?: string;
}

const CASES: readonly Case[] = [
  { name: 'an empty file takes every step', before: [], steps: [A, B, C], history: [1, 2, 5] },
  { name: 'an old file takes what is new', before: [A], steps: [A, B, C], history: [1, 2, 5] },
  { name: 'a current file takes nothing', before: [A, B], steps: [A, B], history: [1, 2] },
  { name: 'a newer file is refused', before: [A, B, C], steps: [A, B], history: [1, 2, 5], refused: 'newer' },
  {
    name: 'an edited step is refused',
    before: [A, B],
    steps: [A, EDITED, C],
    history: [1, 2],
    refused: 'changed-migration',
  },
  {
    name: 'a step slipped in below is refused',
    before: [A, C],
    steps: [A, B, C],
    history: [1, 5],
    refused: 'changed-migration',
  },
  {
    name: 'a step taken out is refused',
    before: [A, B, C],
    steps: [A, C],
    history: [1, 2, 5],
    refused: 'changed-migration',
  },
];

test.each(CASES)('$name', ({ before, steps, history, refused }) => {
  const sqlite = new Database(':memory:');
  expect(migrate(sqlite, before, NOON).ok).toBe(true);
  const taken = migrate(sqlite, steps, NOON);
  expect(taken.ok ? undefined : taken.error.kind).toBe(refused);
  expect(historyOf(sqlite)).toEqual(history);
  expect(versionOf(sqlite)).toBe(history.at(-1));
});

test('steps that cannot all be taken are not taken at all', () => {
  const sqlite = new Database(':memory:');
  migrate(sqlite, [A], NOON);
  expect(() => migrate(sqlite, [A, B, C, BROKEN], NOON)).toThrow(/nowhere/);
  expect(historyOf(sqlite)).toEqual([1]);
  expect(sqlite.prepare('SELECT * FROM a').all()).toEqual([]);
});

test('a step that rebuilds a table does not drag its children along', () => {
  const sqlite = new Database(':memory:');
  sqlite.pragma('foreign_keys = ON');
  const family = `CREATE TABLE parents (id INTEGER PRIMARY KEY) STRICT;
    CREATE TABLE children (parent_id INTEGER REFERENCES parents (id) ON DELETE CASCADE) STRICT;
    INSERT INTO parents VALUES (1); INSERT INTO children VALUES (1);`;
  const rebuild = `CREATE TABLE parents_new (id INTEGER PRIMARY KEY, name TEXT) STRICT;
    INSERT INTO parents_new (id) SELECT id FROM parents; DROP TABLE parents; ALTER TABLE parents_new RENAME TO parents;`;
  const steps = [
    { version: 1, name: 'family', sql: family },
    { version: 2, name: 'rebuild', sql: rebuild },
  ];
  expect(migrate(sqlite, steps, NOON).ok).toBe(true);
  expect(sqlite.prepare('SELECT count(*) FROM children').pluck().get()).toBe(1);
  expect(sqlite.pragma('foreign_keys', { simple: true })).toBe(1);
});

test('a step that leaves rows pointing at nothing is not taken', () => {
  const sqlite = new Database(':memory:');
  const orphan = `CREATE TABLE p (id INTEGER PRIMARY KEY) STRICT; CREATE TABLE c (p INTEGER REFERENCES p (id)) STRICT;
    INSERT INTO c VALUES (7);`;
  expect(() => migrate(sqlite, [{ version: 1, name: 'orphan', sql: orphan }], NOON)).toThrow(
    /pointing at nothing/,
  );
  expect(versionOf(sqlite)).toBe(0);
});

test('steps out of order are a mistake of ours', () => {
  const sqlite = new Database(':memory:');
  expect(() => stepsAhead(sqlite, [B, A])).toThrow(/out of order/);
});

function historyOf(sqlite: Database.Database): unknown[] {
  return sqlite.prepare('SELECT version FROM migrations ORDER BY version').pluck().all();
}
