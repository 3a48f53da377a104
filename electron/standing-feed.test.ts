import { expect, test } from 'vitest';
import type { Standing } from '../shared/contract/standing.ts';
import { instant } from '../shared/lib/instants.ts';
import { simulatedClock } from '../shared/lib/simulated-clock.ts';
import { openStandingFeed } from './standing-feed.ts';

function aFeed() {
  const clock = simulatedClock(instant(0));
  const told: (number | null)[] = [];
  const now = { underWay: 0, reads: 0 };
  const feed = openStandingFeed({
    clock,
    read: () => {
      now.reads += 1;
      return { underWay: now.underWay } as Standing;
    },
    tell: (standing) => void told.push(standing?.underWay ?? null),
    log: () => {},
  });
  return { clock, told, now, feed };
}

test('what happens is told at once, and further news together a second later', async () => {
  const { clock, told, now, feed } = aFeed();
  await clock.advance(10);
  expect(told).toEqual([0]);
  await clock.advance(2_000);
  for (const underWay of [1, 2, 3, 4]) {
    now.underWay = underWay;
    feed.touch();
    await clock.advance(100);
  }
  expect(told).toEqual([0, 1]);
  await clock.advance(1_000);
  expect(told).toEqual([0, 1, 4]);
  feed.close();
});

test('through ten seconds of uproar it is told ten times, not a thousand', async () => {
  const { clock, told, now, feed } = aFeed();
  for (let nth = 0; nth < 1_000; nth += 1) {
    now.underWay = nth;
    feed.touch();
    await clock.advance(10);
  }
  expect(told.length).toBeLessThanOrEqual(11);
  expect(now.reads).toBeLessThanOrEqual(12);
  feed.close();
});

test('time alone is noticed within five seconds, and what has not changed is not told again', async () => {
  const { clock, told, now, feed } = aFeed();
  await clock.advance(20_000);
  expect(told).toEqual([0]);
  now.underWay = 7;
  await clock.advance(5_000);
  expect(told).toEqual([0, 7]);
  feed.close();
  now.underWay = 8;
  await clock.advance(60_000);
  expect(told).toEqual([0, 7]);
});
