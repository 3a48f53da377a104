import { expect, test } from 'vitest';
import { STANDARD_DISPOSITIONS } from '../../shared/domain/disposition.ts';
import { seededRandom } from '../../shared/lib/random.ts';
import { drawMs, fateOf } from '../carriers/simulator/outcomes.ts';
import type { PastCall } from '../store/rehearsal-figures.ts';
import { outcomeFor, talkOutcomesOf } from './outcome.ts';
import { rehearsalWorld } from './world.ts';

const UNANSWERED: PastCall = {
  end: 'no-answer',
  answeredBy: null,
  ringMs: null,
  talkMs: null,
  dispositionId: 'no-answer',
};
const TALK: PastCall = {
  end: 'completed',
  answeredBy: 'human',
  ringMs: 6_000,
  talkMs: 40_000,
  dispositionId: 'qualified',
};

/** One talk in five, of twenty to sixty seconds. */
const PAST = Array.from({ length: 400 }, (_, nth) =>
  nth % 5 === 0 ? { ...TALK, talkMs: 20_000 + (nth % 50) * 800 } : UNANSWERED,
);

test('with 200 calls behind it a campaign meets the people it met; with fewer, people as they usually are', () => {
  expect(rehearsalWorld(PAST.slice(0, 199), false)).toMatchObject({ from: 'usual', calls: 199 });
  const { world, from } = rehearsalWorld(PAST, false);
  expect(from).toBe('history');
  const random = seededRandom('fates');
  const fates = Array.from({ length: 2_000 }, () => fateOf(world, '+12125550100', random));
  const talks = fates.filter((fate) => fate.kind === 'answered');
  expect(talks.length / fates.length).toBeCloseTo(0.2, 1);
  const spans = talks.map((fate) => drawMs(random, fate.stay));
  expect(Math.min(...spans)).toBeGreaterThanOrEqual(20_000);
  expect(Math.max(...spans)).toBeLessThanOrEqual(60_000);
});

test('the numbers of practice do what they always do in practice, and nothing special elsewhere', () => {
  expect(rehearsalWorld([], true).world.byNumber['5550120']).toBeDefined();
  expect(rehearsalWorld([], false).world.byNumber).toEqual({});
});

test('an outcome fits its call, and talks lead to what they led to so far', () => {
  const random = seededRandom('outcomes');
  const talks = talkOutcomesOf(PAST);
  const filed = (call: Parameters<typeof outcomeFor>[0]) =>
    outcomeFor(call, STANDARD_DISPOSITIONS, talks, random).id;
  expect(filed({ end: 'busy', answeredAt: null, answeredBy: null })).toBe('busy');
  expect(filed({ end: 'no-answer', answeredAt: null, answeredBy: null })).toBe('no-answer');
  expect(filed({ end: 'failed', answeredAt: null, answeredBy: null })).toBe('wrong-number');
  expect(filed({ end: 'completed', answeredAt: 1, answeredBy: 'machine_start' })).toBe('voicemail');
  expect(filed({ end: 'completed', answeredAt: 1, answeredBy: 'human' })).toBe('qualified');
});

test('a campaign with outcomes of its own gets one of those', () => {
  const own = { ...STANDARD_DISPOSITIONS[0]!, id: 'sold', label: 'Sold' };
  const random = seededRandom('own');
  const call = { end: 'completed', answeredAt: 1, answeredBy: 'human' } as const;
  expect(outcomeFor(call, [own], talkOutcomesOf([]), random)).toBe(own);
  expect(outcomeFor(null, [own], talkOutcomesOf([]), random)).toBe(own);
});
