import { expect, test } from 'vitest';
import { ATTEMPT, aCall, aDesk, aSession, NOON } from '../screens/dial/desk-fixtures.ts';
import { heardIn } from './heard.ts';

const attemptId = ATTEMPT;
const heard = (state: Parameters<typeof aSession>[0], call = {}) =>
  heardIn(aDesk({ session: aSession(state), call: aCall(call) }));

test('it rings in the ear while it rings there, and is silent while nobody is called', () => {
  expect(heard({ kind: 'ringing', attemptId }).kind).toBe('ringback');
  expect(heard({ kind: 'dialing', attemptId }).kind).toBe('silence');
  expect(heardIn(aDesk())).toEqual({ kind: 'silence' });
});

test('busy and a call that failed sound like it; one that was answered ends in silence', () => {
  const over = { kind: 'wrap-up', attemptId, endedAt: NOON } as const;
  expect(heard(over, { answeredAt: null, end: 'busy' }).kind).toBe('busy');
  expect(heard(over, { answeredAt: null, end: 'failed' }).kind).toBe('congestion');
  expect(heard(over, { answeredAt: null, end: 'no-answer' }).kind).toBe('silence');
  expect(heard(over, { end: 'completed' }).kind).toBe('silence');
});

test('what the other side says is heard, what the agent says is not', () => {
  const transcript = [
    { speaker: 'contact', fromMs: 300, toMs: 1_500, text: 'Hello?' },
    { speaker: 'agent', fromMs: 2_000, toMs: 4_000, text: 'Hi.' },
  ] as const;
  expect(heard({ kind: 'connected', attemptId }, { transcript: [...transcript] })).toMatchObject({
    kind: 'line',
    said: 1,
    lastMs: 1_200,
    isHeld: false,
  });
  expect(heard({ kind: 'on-hold', attemptId })).toMatchObject({ kind: 'line', isHeld: true });
});
