import { expect, test } from 'vitest';
import { storageTroubleIn } from './storage-trouble.ts';

const thrown = (code: unknown) => Object.assign(new Error('as SQLite says it'), { code });

test.each([
  ['SQLITE_FULL', 'disk is full'],
  ['ENOSPC', 'disk is full'],
  ['SQLITE_READONLY_DBMOVED', 'may not be written'],
  ['EROFS', 'may not be written'],
  ['SQLITE_IOERR_FSYNC', 'did not answer'],
  ['SQLITE_CORRUPT_INDEX', 'is damaged'],
  ['SQLITE_NOTADB', 'is damaged'],
  ['SQLITE_BUSY_SNAPSHOT', 'Another program'],
  ['SQLITE_LOCKED', 'Another program'],
  ['SQLITE_CANTOPEN', 'cannot be reached'],
])('%s is told in a sentence: what happened, what is safe, what to do next', (code, words) => {
  const refusal = storageTroubleIn(thrown(code));
  expect(refusal).toMatchObject({ code: 'storage', sentence: expect.stringContaining(words) });
  expect(refusal!.sentence).not.toMatch(/SQLITE|as SQLite says it/);
  expect(refusal!.sentence).toMatch(/(try again|last backup)[^.]*\.$/i);
});

test.each([
  ['a rule of our own that was broken', thrown('SQLITE_CONSTRAINT_UNIQUE')],
  ['a code that only looks alike', thrown('SQLITE_FULLER')],
  ['a code that is no text', thrown(7)],
  ['an error without a code', new Error('SQLITE_FULL')],
  ['no error at all', 'SQLITE_FULL'],
  ['nothing', null],
])('%s is none of the disk’s doing', (_what, error) => {
  expect(storageTroubleIn(error)).toBeNull();
});
