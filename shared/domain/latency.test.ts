import { expect, test } from 'vitest';
import { instant } from '../lib/instants.ts';
import { type Moments, latencyLedger } from './latency.ts';

const NONE: Moments = {
  wished: null,
  requested: null,
  ringing: null,
  answered: null,
  audio: null,
  ended: null,
  filed: null,
  next: null,
};

test('each step is measured from the last moment that is known, and the unknown says nothing', () => {
  const rows = latencyLedger({
    ...NONE,
    wished: instant(1000),
    requested: instant(1200),
    answered: instant(9200),
    ended: instant(60_000),
  });
  const by = Object.fromEntries(rows.map(({ step, sinceMs }) => [step, sinceMs]));
  expect(by).toMatchObject({
    wished: null,
    requested: 200,
    ringing: null,
    answered: 8000,
    audio: null,
    ended: 50_800,
  });
});

test('a carrier whose clock runs behind makes no step last less than nothing', () => {
  const rows = latencyLedger({
    ...NONE,
    requested: instant(5000),
    ringing: instant(4000),
    answered: instant(7000),
  });
  expect(rows.map(({ sinceMs }) => sinceMs)).toEqual([null, null, 0, 2000, null, null, null, null]);
});
