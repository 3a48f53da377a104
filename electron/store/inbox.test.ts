import { expect, test } from 'vitest';
import { after } from '../../shared/lib/instants.ts';
import {
  type ArrivedEvent,
  deadLetter,
  deadLettersPage,
  keepEvent,
  markApplied,
  pendingEvents,
  reviveLetter,
} from './inbox.ts';
import { NOON, aStore, plansOf } from './testing.ts';

function arrived(key: string, given: Partial<ArrivedEvent> = {}): ArrivedEvent {
  const event = { key, at: NOON, facts: { status: 'ringing' } } as const;
  return { carrier: 'simulator', callRef: 'c1', attemptId: null, event, receivedAt: NOON, ...given };
}

test('an event that arrives twice is kept once; the same words about another call are another event', () => {
  const db = aStore();
  expect(keepEvent(db, arrived('ringing'))).toBe(true);
  expect(keepEvent(db, arrived('ringing', { receivedAt: after(NOON, 5) }))).toBe(false);
  expect(keepEvent(db, arrived('ringing', { callRef: 'c2' }))).toBe(true);
  expect(keepEvent(db, arrived('ringing', { carrier: 'twilio' }))).toBe(true);
});

test('events wait in the order they came until they are acted on', () => {
  const db = aStore();
  for (const key of ['b', 'a', 'c']) keepEvent(db, arrived(key));
  const [first, second] = pendingEvents(db, 2);
  expect([first?.event.key, second?.event.key]).toEqual(['b', 'a']);
  expect(first).toEqual({ id: first?.id, ...arrived('b') });
  markApplied(db, first!.id, NOON);
  markApplied(db, first!.id, after(NOON, 1));
  expect(pendingEvents(db, 9).map((each) => each.event.key)).toEqual(['a', 'c']);
});

test('an event nobody can act on is set aside with the reason, and can be tried again', () => {
  const db = aStore();
  keepEvent(db, arrived('odd'));
  const [event] = pendingEvents(db, 1);
  deadLetter(db, event!.id, 'No call of ours.', NOON);
  markApplied(db, event!.id, NOON);
  expect(pendingEvents(db, 9)).toEqual([]);
  const { rows, next } = deadLettersPage(db, 10);
  expect(rows).toMatchObject([{ reason: 'No call of ours.', at: NOON, event: { key: 'odd' } }]);
  expect(next).toBeNull();
  expect(reviveLetter(db, rows[0]!.deadLetterId)).toBe(true);
  expect(pendingEvents(db, 9)).toHaveLength(1);
  expect(deadLettersPage(db, 10).rows).toEqual([]);
});

test('what waits is found without looking at what is done: a lost index fails here', () => {
  const db = aStore();
  expect(plansOf(db, () => pendingEvents(db, 9))).toEqual(['SCAN inbox USING INDEX inbox_pending']);
});
