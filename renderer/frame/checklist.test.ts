import { expect, test } from 'vitest';
import { checked, type Known } from './checklist.ts';

const nothing: Known = { microphone: 'unknown', carrier: null, lists: 0, campaigns: [], dialsToday: 0 };
const ready = { isSimulated: false, state: 'ready' } as const;

test('an empty workspace has everything before it', () => {
  expect([...checked(nothing)]).toEqual([]);
});

test('each of the five is done by doing it, in any order', () => {
  expect([...checked({ ...nothing, microphone: 'granted' })]).toEqual(['microphone']);
  expect([...checked({ ...nothing, carrier: ready })]).toEqual(['carrier']);
  expect([...checked({ ...nothing, lists: 1 })]).toEqual(['list']);
  expect([...checked({ ...nothing, campaigns: [{ attempts: 0 }] })]).toEqual(['hours']);
  expect([...checked({ ...nothing, campaigns: [{ attempts: 3 }] })]).toEqual(['hours', 'test-call']);
  expect([...checked({ ...nothing, dialsToday: 1 })]).toEqual(['test-call']);
});

test('a carrier that reaches nobody, or is in trouble, is none to call with', () => {
  expect(checked({ ...nothing, carrier: { ...ready, isSimulated: true } }).size).toBe(0);
  expect(checked({ ...nothing, carrier: { ...ready, state: 'in-trouble' } }).size).toBe(0);
});
