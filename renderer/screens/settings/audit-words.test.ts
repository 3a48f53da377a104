import { expect, test } from 'vitest';
import { actionInWords, changeInWords } from './audit-words.ts';

test('only what differs is told', () => {
  expect(changeInWords({ name: 'Ann', role: 'agent' }, { name: 'Ann', role: 'supervisor' })).toBe(
    'role: agent → supervisor',
  );
});

test('what was made new has no before', () => {
  expect(changeInWords(null, { name: 'Ann', role: 'agent' })).toBe('name: Ann, role: agent');
});

test('an action without words of its own is still readable', () => {
  expect(actionInWords('list.re-import')).toBe('list re import');
});
