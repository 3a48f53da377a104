import Database from 'better-sqlite3';
import { mkdirSync, readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { agentsHere } from './agents.ts';
import { isSound } from './backup.ts';
import { APPLICATION_ID, type Migration } from './migrate.ts';
import { MIGRATIONS } from './migrations/all.ts';
import { type Db, type ReadDb, closeStore, openStore, prepared, reading, withTransaction } from './open.ts';
import { setSetting, setting } from './settings.ts';
import { agents } from './schema/desk.ts';
import { NOON, aStore, anAgent, inFolder } from './testing.ts';
import { storeTrouble } from './trouble.ts';

const now = () => NOON;

/** A file as Parley leaves it, closed. */
function aFile(folder: string, alter: (db: Db) => void = () => undefined): string {
  const file = join(folder, 'work.db');
  const db = aStore(file);
  alter(db);
  closeStore(db);
  return file;
}

function refusal(file: string, options: { migrations?: readonly Migration[]; waitMs?: number } = {}) {
  const opened = openStore(file, { now, ...options });
  if (!opened.ok) return opened.error;
  closeStore(opened.value);
  return null;
}

const NEWER: Migration = {
  version: 999,
  name: 'from-the-future',
  sql: 'CREATE TABLE wonders (id INTEGER) STRICT',
};

test('a store is durable at every commit, checks its links and lets readers read', () => {
  inFolder((folder) => {
    const db = aStore(join(folder, 'a.db'));
    const pragma = (name: string) => db.$client.pragma(name, { simple: true });
    expect(pragma('journal_mode')).toBe('wal');
    expect(pragma('synchronous')).toBe(2);
    expect(pragma('foreign_keys')).toBe(1);
    expect(pragma('busy_timeout')).toBe(5_000);
    expect(pragma('application_id')).toBe(APPLICATION_ID);
    closeStore(db);
    expect(readdirSync(folder)).toEqual(['a.db']);
  });
});

test('what was written is there after closing and opening again', () => {
  inFolder((folder) => {
    const file = aFile(folder, (db) => setSetting(db, 'workspace', 'home', { country: 'US' }));
    const db = aStore(file);
    expect(setting(db, 'workspace', 'home')).toEqual({ country: 'US' });
    closeStore(db);
  });
});

test('a database from a newer Parley is refused and left byte for byte as it was', () => {
  inFolder((folder) => {
    const file = aFile(folder);
    const future = openStore(file, { now, migrations: [...MIGRATIONS, NEWER] });
    if (future.ok) closeStore(future.value);
    const before = readFileSync(file);
    const trouble = refusal(file);
    expect(trouble).toMatchObject({ kind: 'newer', found: 999, known: MIGRATIONS.length });
    expect(trouble?.sentence).toMatch(/Nothing was changed\. Update Parley/);
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

test('a newer database whose log was left behind by a crash is refused with its log untouched', () => {
  inFolder((folder) => {
    const file = aFile(folder);
    const future = openStore(file, { now, migrations: [...MIGRATIONS, NEWER] });
    // Copied while open: a crash leaves exactly these two files.
    const [crashed, log] = [join(folder, 'crashed.db'), join(folder, 'crashed.db-wal')];
    writeFileSync(crashed, readFileSync(file));
    writeFileSync(log, readFileSync(`${file}-wal`));
    if (future.ok) closeStore(future.value);
    const before = [readFileSync(crashed), readFileSync(log)];
    expect(before[1]!.length).toBeGreaterThan(0);
    expect(refusal(crashed)?.kind).toBe('newer');
    expect([readFileSync(crashed), readFileSync(log)]).toEqual(before);
  });
});

test('a database whose past is not ours is refused and left byte for byte as it was', () => {
  inFolder((folder) => {
    const file = aFile(folder);
    const before = readFileSync(file);
    const [first, ...rest] = MIGRATIONS;
    const edited = [{ ...first!, sql: `${first!.sql} -- edited after it was released` }, ...rest];
    expect(refusal(file, { migrations: edited })).toMatchObject({
      kind: 'changed-migration',
      step: '1 (first-tables)',
    });
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

test.each([
  ['text', (file: string) => writeFileSync(file, 'Dear diary, '.repeat(100))],
  ['half a header', (file: string) => writeFileSync(file, 'SQLite format 3\0')],
  ['zeros', (file: string) => writeFileSync(file, Buffer.alloc(8192))],
  ['a file cut short', (file: string) => truncateSync(file, 40_960)],
  ['a page of noise', (file: string) => scribble(file, 4096 * 3)],
])('%s is reported as damaged and left byte for byte as it was', (_what, damage) => {
  inFolder((folder) => {
    const file = aFile(folder);
    damage(file);
    const before = readFileSync(file);
    const trouble = refusal(file);
    expect(trouble?.kind).toBe('damaged');
    expect(trouble?.sentence).toMatch(/backups/);
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

test('somebody else’s database is not ours to change', () => {
  inFolder((folder) => {
    const file = join(folder, 'recipes.db');
    const theirs = new Database(file);
    theirs.exec('CREATE TABLE recipes (name TEXT)');
    theirs.close();
    const before = readFileSync(file);
    expect(refusal(file)?.kind).toBe('not-ours');
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

test('a folder that is gone, a folder in the place of the file and a file nobody made are out of reach', () => {
  inFolder((folder) => {
    expect(refusal(join(folder, 'gone', 'work.db'))?.kind).toBe('out-of-reach');
    mkdirSync(join(folder, 'work.db'));
    expect(refusal(join(folder, 'work.db'))?.kind).toBe('out-of-reach');
    const reader = openStore(join(folder, 'other.db'), { now, readonly: true });
    expect(reader).toMatchObject({ ok: false, error: { kind: 'out-of-reach' } });
    expect(readdirSync(folder)).toEqual(['work.db']);
  });
});

test('a file another program holds is reported as locked, with nothing taken from it', () => {
  inFolder((folder) => {
    const file = aFile(folder);
    const other = new Database(file);
    other.pragma('journal_mode = DELETE');
    other.exec('BEGIN EXCLUSIVE');
    const trouble = refusal(file, { waitMs: 50 });
    expect(trouble).toMatchObject({ kind: 'locked' });
    other.exec('ROLLBACK');
    other.close();
    expect(refusal(file)).toBeNull();
  });
});

test.each([
  ['SQLITE_FULL', 'disk-full'],
  ['SQLITE_READONLY_DIRECTORY', 'read-only'],
  ['SQLITE_IOERR_FSYNC', 'out-of-reach'],
  ['SQLITE_BUSY_SNAPSHOT', 'locked'],
  ['SQLITE_CORRUPT_INDEX', 'damaged'],
  ['EACCES', 'read-only'],
  ['EROFS', 'read-only'],
  ['ENOSPC', 'disk-full'],
])('%s in the middle of a shift is told as %s, with what to do next', (code, kind) => {
  const trouble = storeTrouble('work.db', Object.assign(new Error('boom'), { code }));
  expect(trouble?.kind).toBe(kind);
  expect(trouble?.sentence.length).toBeGreaterThan(60);
});

test('a mistake of ours is not passed off as the disk’s', () => {
  expect(storeTrouble('work.db', new TypeError('undefined is not a function'))).toBeNull();
  expect(
    storeTrouble('work.db', Object.assign(new Error(), { code: 'SQLITE_CONSTRAINT_UNIQUE' })),
  ).toBeNull();
});

test('a full disk in a commit keeps all that was kept before, and nothing of what was not', () => {
  const db = aStore();
  anAgent(db, 'Ada');
  const pages = db.$client.pragma('page_count', { simple: true }) as number;
  db.$client.pragma(`max_page_count = ${pages + 2}`);
  const fill = () =>
    withTransaction(db, () => {
      for (let i = 0; i < 1_000; i++) anAgent(db, `Agent ${i} ${'x'.repeat(100)}`);
    });
  let thrown: unknown = null;
  try {
    fill();
  } catch (error) {
    thrown = error;
  }
  expect(storeTrouble('work.db', thrown)?.kind).toBe('disk-full');
  expect(agentsHere(db).map((each) => each.name)).toEqual(['Ada']);
});

test('a reader cannot write, and cannot be handed to a writer', () => {
  inFolder((folder) => {
    const file = aFile(folder, (db) => void anAgent(db));
    const opened = openStore(file, { now, readonly: true });
    if (!opened.ok) throw new Error(opened.error.sentence);
    const reader: ReadDb = opened.value;
    expect(agentsHere(reader)).toHaveLength(1);
    // @ts-expect-error a reader has no `insert`
    expect(() => anAgent(reader)).toThrow(/readonly/);
    expect(() => reading('DELETE FROM agents')(reader)).toThrow(/this statement writes/);
    closeStore(reader);
  });
});

test('a transaction is kept whole or not at all', () => {
  const db = aStore();
  const failing = () =>
    withTransaction(db, () => {
      anAgent(db);
      throw new Error('no');
    });
  expect(failing).toThrow('no');
  expect(agentsHere(db)).toEqual([]);
});

test('a part that fails can be given up without the whole', () => {
  const db = aStore();
  withTransaction(db, () => {
    anAgent(db, 'Ada');
    try {
      withTransaction(db, () => {
        anAgent(db, 'Grace');
        throw new Error('no');
      });
    } catch {
      anAgent(db, 'Joan');
    }
  });
  expect(agentsHere(db).map((each) => each.name)).toEqual(['Ada', 'Joan']);
});

test('a transaction that would wait is refused with nothing written', () => {
  const db = aStore();
  const waiting = async () => anAgent(db);
  // @ts-expect-error a promise is never a result
  expect(() => withTransaction(db, waiting)).toThrow(/promise/);
  expect(agentsHere(db)).toEqual([]);
});

test('a hot query is prepared once for each connection', () => {
  let built = 0;
  const query = prepared((db: ReadDb) => {
    built += 1;
    return db.select().from(agents).prepare();
  });
  const [one, other] = [aStore(), aStore()];
  for (const db of [one, other, one, other]) query(db).all();
  expect(built).toBe(2);
});

test('a database is copied whole before it is migrated, and the copy reads back', () => {
  inFolder((folder) => {
    const file = aFile(folder, (db) => void anAgent(db, 'Ada'));
    expect(refusal(file, { migrations: [...MIGRATIONS, NEWER] })).toBeNull();
    const [copy, ...others] = readdirSync(join(folder, 'backups'));
    expect(others).toEqual([]);
    expect(copy).toBe('work.db-before-999-20261118T120000-000Z.db');
    expect(isSound(join(folder, 'backups', copy!))).toBe(true);
    const old = aStore(join(folder, 'backups', copy!));
    expect(agentsHere(old).map((each) => each.name)).toEqual(['Ada']);
    closeStore(old);
  });
});

test('closing leaves no statistics behind: plans stay those that were tested', () => {
  inFolder((folder) => {
    const db = aStore(aFile(folder, (fresh) => void anAgent(fresh)));
    const statistics = db.$client
      .prepare("SELECT name FROM sqlite_schema WHERE name LIKE 'sqlite_stat%'")
      .all();
    expect(statistics).toEqual([]);
    closeStore(db);
  });
});

test('a new workspace needs no backup', () => {
  inFolder((folder) => {
    aFile(folder);
    expect(readdirSync(folder)).toEqual(['work.db']);
  });
});

test('when the backup cannot be made nothing is migrated', () => {
  inFolder((folder) => {
    const file = aFile(folder);
    writeFileSync(join(folder, 'backups'), 'a file where the folder should be');
    expect(refusal(file, { migrations: [...MIGRATIONS, NEWER] })?.kind).toBe('no-backup');
    expect(refusal(file)).toBeNull();
  });
});

function scribble(file: string, at: number): void {
  const bytes = readFileSync(file);
  bytes.fill(0x5a, at, at + 4096);
  writeFileSync(file, bytes);
}
