import { expect, test } from 'vitest';
import { addList, listsOf } from './lists.ts';
import { beginStretch, withTransaction } from './open.ts';
import { NOON, aStore } from './testing.ts';

const list = (name: string) => ({ name, source: 'x', createdAt: NOON });

test('a part that fails in a stretch is told as what spoiled it, also where somebody caught it', () => {
  const db = aStore();
  const stretch = beginStretch(db);
  withTransaction(db, () => addList(db, list('first')));
  expect(stretch.failure()).toBeNull();
  const fails = (why: string) => () =>
    withTransaction(db, () => {
      throw new Error(why);
    });
  expect(fails('one')).toThrow('one');
  expect(fails('two')).toThrow('two');
  expect(String(stretch.failure())).toContain('one');
  stretch.end();
});

test('what a stretch has kept stays, and after its end a part that fails leaves nothing again', () => {
  const db = aStore();
  const stretch = beginStretch(db);
  withTransaction(db, () => addList(db, list('kept')));
  stretch.goOn();
  db.$client.exec('ROLLBACK; BEGIN');
  withTransaction(db, () => addList(db, list('to the end')));
  stretch.end();
  expect(() =>
    withTransaction(db, () => {
      addList(db, list('never'));
      throw new Error('of its own');
    }),
  ).toThrow('of its own');
  expect(listsOf(db).map(({ name }) => name)).toEqual(['kept', 'to the end']);
});
