import { expect, test } from 'vitest';
import { after } from '../../shared/lib/instants.ts';
import { aDesk, NOON } from './desk-fixture.ts';
import { doneBy, hintFor } from './hints.ts';

const NONE: ReadonlySet<string> = new Set();
const idle = aDesk({});
const ready = aDesk({ state: { kind: 'ready' } });
const talking = aDesk({ state: { kind: 'connected', attemptId: 'a' }, call: { answeredAt: NOON } });
const machine = aDesk({
  state: { kind: 'connected', attemptId: 'a' },
  call: { answeredAt: NOON, answeredBy: 'machine_start' },
});

test('the first hint of all is to press Enter', () => {
  expect(hintFor(idle, NONE)).toMatchObject({ id: 'start', keys: 'enter' });
});

test('a hint is gone for good once it was done', () => {
  expect(doneBy(idle, ready)).toEqual(['start']);
  expect(hintFor(idle, new Set(['start']))).toBeNull();
});

test('a person calls for notes and a voicemail for a message', () => {
  expect(hintFor(talking, NONE)?.id).toBe('notes');
  expect(hintFor(machine, NONE)?.id).toBe('voicemail');
});

test('after a talk the hint is the callback, after no answer it is the outcome', () => {
  const state = { kind: 'wrap-up', attemptId: 'a', endedAt: NOON } as const;
  expect(hintFor(aDesk({ state, call: { answeredAt: NOON } }), NONE)?.id).toBe('callback');
  expect(hintFor(aDesk({ state, call: {} }), NONE)?.id).toBe('outcome');
});

test('filing any outcome answers the outcome hint', () => {
  const undo = { attemptId: 'a', label: 'No answer', name: 'Omar Kim', until: after(NOON, 8_000) };
  const before = aDesk({ state: { kind: 'wrap-up', attemptId: 'a', endedAt: NOON }, call: {} });
  expect(doneBy(before, aDesk({ state: { kind: 'ready' }, undo }))).toEqual(['outcome']);
});
