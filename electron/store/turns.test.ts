import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { addList, listsOf } from './lists.ts';
import { closeStore, withTransaction } from './open.ts';
import { NOON, aStore, inFolder } from './testing.ts';

const list = (name: string) => ({ name, source: 'x', createdAt: NOON });

test('a lock that is not let go of is told after the time to wait, and the connection is as it was', () =>
  inFolder((folder) => {
    const file = join(folder, 'parley.db');
    const db = aStore(file, { waitMs: 40 });
    const other = aStore(file);
    withTransaction(other, () => {
      expect(() => withTransaction(db, () => addList(db, list('late')))).toThrow('locked');
      expect(db.$client.pragma('busy_timeout', { simple: true })).toBe(40);
    });
    withTransaction(db, () => {
      expect(db.$client.pragma('busy_timeout', { simple: true })).toBe(40);
      addList(db, list('now'));
    });
    expect(() =>
      withTransaction(db, () => {
        throw new Error('of its own');
      }),
    ).toThrow('of its own');
    expect(listsOf(db).map(({ name }) => name)).toEqual(['now']);
    closeStore(other);
    closeStore(db);
  }));

test('whoever waits gets in between two slices of a long job', () =>
  inFolder(async (folder) => {
    const file = join(folder, 'parley.db');
    const db = aStore(file);
    // Five milliseconds of every six the lock is held, for longer than the waiting takes.
    const holder = new Worker(
      `const Database = require('better-sqlite3');
       const { workerData, parentPort } = require('node:worker_threads');
       const db = new Database(workerData, { timeout: 10000 });
       const rest = new Int32Array(new SharedArrayBuffer(4));
       parentPort.postMessage('ready');
       for (let slice = 0; slice < 400; slice++) {
         db.exec('BEGIN IMMEDIATE');
         Atomics.wait(rest, 0, 0, 5);
         db.exec('COMMIT');
         Atomics.wait(rest, 0, 0, 1);
       }
       db.close();`,
      { eval: true, workerData: file },
    );
    const isOver = new Promise((resolve) => holder.once('exit', resolve));
    await new Promise((resolve) => holder.once('message', resolve));
    let isHeld = true;
    void isOver.then(() => (isHeld = false));
    for (let nth = 0; nth < 20; nth++) {
      withTransaction(db, () => addList(db, list(`${nth}`)));
      await new Promise((resolve) => setImmediate(resolve));
    }
    // All of them got in while the job went on: nobody had to wait for its end.
    expect(isHeld).toBe(true);
    expect(listsOf(db)).toHaveLength(20);
    await isOver;
    closeStore(db);
  }));
