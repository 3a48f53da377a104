import { expect, test } from 'vitest';
import { after } from '../../shared/lib/instants.ts';
import {
  type NewDelivery,
  forgetDeliveries,
  keepDeliveries,
  markRead,
  reviveDelivery,
  troubleOf,
  troubledDeliveries,
  unreadDeliveries,
} from './deliveries.ts';
import { NOON, aStore } from './testing.ts';

function aDelivery(over: Partial<NewDelivery> = {}): NewDelivery {
  return {
    carrier: 'twilio',
    kind: 'status',
    attemptId: null,
    mime: 'application/x-www-form-urlencoded',
    body: Buffer.from('CallSid=CA1&Odd=%FF'),
    content: 'a',
    token: null,
    receivedAt: NOON,
    ...over,
  };
}

test('a delivery is kept byte for byte until somebody has read it', () => {
  const db = aStore();
  const body = Buffer.from([0, 255, 13, 10, 0]);
  expect(keepDeliveries(db, [aDelivery({ body })])).toBe(1);
  const [kept] = unreadDeliveries(db, 10);
  expect(Buffer.compare(kept!.body, body)).toBe(0);
  markRead(db, kept!.id, NOON, null);
  expect(unreadDeliveries(db, 10)).toEqual([]);
});

test('the same content, or the same mark of the carrier, is kept once', () => {
  const db = aStore();
  expect(keepDeliveries(db, [aDelivery({ token: 't' }), aDelivery({ token: 't2' })])).toBe(1);
  expect(keepDeliveries(db, [aDelivery({ content: 'b', token: 't' })])).toBe(0);
  expect(keepDeliveries(db, [aDelivery({ content: 'a', carrier: 'vapi', token: 't' })])).toBe(1);
});

test('what nobody could read stays with its reason, and can be read once more', () => {
  const db = aStore();
  keepDeliveries(db, [aDelivery(), aDelivery({ content: 'b' })]);
  const [first, second] = unreadDeliveries(db, 10);
  markRead(db, first!.id, NOON, 'It is cut off.');
  markRead(db, second!.id, NOON, null);
  expect(troubledDeliveries(db, 10).rows.map(({ id, trouble }) => [id, trouble])).toEqual([
    [first!.id, 'It is cut off.'],
  ]);
  expect(reviveDelivery(db, second!.id)).toBe(false);
  expect(reviveDelivery(db, first!.id)).toBe(true);
  expect(troubleOf(db, first!.id)).toBe(null);
  expect(unreadDeliveries(db, 10)).toHaveLength(1);
});

test('only what was read is forgotten', () => {
  const db = aStore();
  keepDeliveries(db, [aDelivery(), aDelivery({ content: 'b' })]);
  markRead(db, unreadDeliveries(db, 1)[0]!.id, NOON, null);
  expect(forgetDeliveries(db, NOON, 10)).toBe(0);
  expect(forgetDeliveries(db, after(NOON, 1), 10)).toBe(1);
  expect(unreadDeliveries(db, 10)).toHaveLength(1);
});
