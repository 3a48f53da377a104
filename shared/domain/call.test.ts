import fc from 'fast-check';
import { expect, test } from 'vitest';
import { after, instant } from '../lib/instants.ts';
import { CALL_STATUSES, type CallEvent, type CallFacts, storyOf } from './call.ts';

const NOON = instant(Date.UTC(2026, 10, 20, 12));

const facts: fc.Arbitrary<CallFacts> = fc.record(
  {
    status: fc.constantFrom(...CALL_STATUSES),
    rawStatus: fc.constantFrom('queued', 'initiated', 'completed'),
    end: fc.constantFrom('completed' as const, 'busy' as const, 'no-answer' as const),
    endedBy: fc.constantFrom('us' as const, 'them' as const),
    answeredBy: fc.constantFrom('human' as const, 'unknown' as const),
    isHeld: fc.boolean(),
    seconds: fc.integer({ min: 0, max: 999 }),
    costMicros: fc.integer({ min: 0, max: 99_999 }),
    recordingRef: fc.constantFrom('recording-1', 'recording-2'),
  },
  { requiredKeys: [] },
);

/** Events of one call. Some share an instant, none a key. */
const histories = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), facts), { maxLength: 10 }).map((all) =>
  all.map(
    ([second, each], nth): CallEvent => ({
      key: `event-${nth}`,
      at: after(NOON, second * 1000),
      facts: each,
    }),
  ),
);

const event = (second: number, each: CallFacts): CallEvent => ({
  key: `${second} ${JSON.stringify(each)}`,
  at: after(NOON, second * 1000),
  facts: each,
});

const rank = (events: readonly CallEvent[]) => CALL_STATUSES.indexOf(storyOf(events).status);

test('events in any order and told any number of times tell the same story', () => {
  const told = histories.chain((events) =>
    fc.tuple(
      fc.constant(events),
      fc.shuffledSubarray(events, { minLength: events.length }),
      fc
        .array(fc.nat(), { maxLength: 10 })
        .map((picks) => picks.flatMap((n) => events[n % events.length] ?? [])),
    ),
  );
  fc.assert(
    fc.property(told, ([events, shuffled, again]) => {
      expect(storyOf([...shuffled, ...again])).toEqual(storyOf(events));
      expect(storyOf([...again, ...shuffled])).toEqual(storyOf(events));
    }),
    { numRuns: 500 },
  );
});

test('whatever comes to be known, the status never goes back and an ended call stays ended', () => {
  fc.assert(
    fc.property(histories, fc.nat(), (events, cut) => {
      const known = events.slice(0, cut % (events.length + 1));
      expect(rank(events)).toBeGreaterThanOrEqual(rank(known));
    }),
    { numRuns: 500 },
  );
});

test('the status is the furthest anybody told of', () => {
  fc.assert(
    fc.property(histories, (events) => {
      const told = events.map((each) => CALL_STATUSES.indexOf(each.facts.status ?? 'queued'));
      expect(rank(events)).toBe(Math.max(0, ...told));
    }),
  );
});

const WHOLE = [
  event(0, { status: 'queued' }),
  event(1, { status: 'ringing' }),
  event(4, { status: 'in-progress', answeredBy: 'human' }),
  event(64, { status: 'ended', end: 'completed', endedBy: 'them', seconds: 60 }),
];

test('a whole call has its instants and its end', () => {
  expect(storyOf(WHOLE)).toMatchObject({
    status: 'ended',
    ringingAt: after(NOON, 1000),
    answeredAt: after(NOON, 4000),
    endedAt: after(NOON, 64_000),
    end: 'completed',
    endedBy: 'them',
  });
});

test('cost, recording and transcript still land after the end', () => {
  const transcript = [{ speaker: 'contact' as const, fromMs: 0, toMs: 900, text: 'Hello?' }];
  const late = [
    event(70, { costMicros: 8500, currency: 'USD' }),
    event(90, { recordingRef: 'recording-1', answeredBy: 'human' }),
    event(95, { transcript }),
  ];
  expect(storyOf([...late, ...WHOLE])).toMatchObject({
    costMicros: 8500,
    currency: 'USD',
    recordingRef: 'recording-1',
    transcript,
  });
});

test('nothing told after the end says anew how it ended, or puts anybody on hold', () => {
  const late = [
    event(70, { status: 'ended', end: 'failed', endedBy: 'carrier', rawStatus: 'failed' }),
    event(71, { status: 'in-progress', isHeld: true }),
  ];
  const { end, endedBy, isHeld, status, endedAt, answeredAt } = storyOf([...WHOLE, ...late]);
  expect({ end, endedBy, isHeld, status }).toEqual({
    end: 'completed',
    endedBy: 'them',
    isHeld: undefined,
    status: 'ended',
  });
  expect([endedAt, answeredAt]).toEqual([after(NOON, 64_000), after(NOON, 4000)]);
});

test('a story told from its end alone is an ended one, and fills up as the rest comes in', () => {
  const [, ringing, , ended] = WHOLE;
  expect(storyOf([ended!])).toMatchObject({ status: 'ended', ringingAt: null, answeredAt: null });
  expect(storyOf([ended!, ringing!])).toMatchObject({ status: 'ended', ringingAt: after(NOON, 1000) });
});

test('nothing known yet is a queued call', () => {
  expect(storyOf([])).toEqual({ status: 'queued', ringingAt: null, answeredAt: null, endedAt: null });
});
