import { expect, test } from 'vitest';
import { type FormField, answersKept, whyNotAnswered } from './form.ts';

const field = (part: Partial<FormField>): FormField => ({
  key: 'it',
  label: 'It',
  kind: 'text',
  isRequired: false,
  options: [],
  ...part,
});
const asks = (part: Partial<FormField>, answer: string) =>
  whyNotAnswered([field(part)], { it: answer })?.sentence ?? null;

test('an empty answer is missed only where it is required', () => {
  expect(asks({ isRequired: true }, '   ')).toBe('“It” is still empty.');
  expect(asks({ isRequired: false, kind: 'money' }, '')).toBeNull();
});

test.each([
  ['number', '3.5', 'three'],
  ['number', '-12', '1e400'],
  ['money', '249.90', '249.999'],
  ['money', '0', '-1'],
  ['date', '2028-02-29', '2026-02-29'],
  ['yes-no', 'yes', 'perhaps'],
] as const)('a %s takes %s and refuses %s in a sentence', (kind, good, bad) => {
  expect(asks({ kind }, good)).toBeNull();
  expect(asks({ kind }, bad)).toMatch(/^“It” wants /);
});

test('a choice is one of those offered', () => {
  expect(asks({ kind: 'choice', options: ['Basic', 'Plus'] }, 'Plus')).toBeNull();
  expect(asks({ kind: 'choice', options: ['Basic', 'Plus'] }, 'plus')).toBe(
    '“It” wants one of: Basic, Plus.',
  );
});

test('what is kept is what the form asks, without blanks', () => {
  const form = [field({ key: 'a' }), field({ key: 'b' })];
  expect(answersKept(form, { a: ' x ', b: '  ', c: 'not asked' })).toEqual({ a: 'x' });
});
