import { afterEach, expect, test } from 'vitest';
import type { CampaignSheet } from '../../shared/contract/campaigns.ts';
import { STANDARD_DISPOSITIONS } from '../../shared/domain/disposition.ts';
import { HOUR_MS, instant } from '../../shared/lib/instants.ts';
import { addDispositions } from '../store/dispositions.ts';
import { ownDispositionsOf } from '../store/own-dispositions.ts';
import { type TestHouse, aHouse } from './testing-house.ts';

/* Who comes first and why, whom a change loses, and what a copy takes along. */

/** 13:00 in New York and 10:00 in Portland, on a Wednesday: practice is open. */
const START = instant(Date.UTC(2026, 10, 18, 18));
const PRACTICE = 1;

const open: TestHouse[] = [];

async function aPractice(): Promise<TestHouse> {
  const house = await aHouse(START);
  open.push(house);
  return house;
}

afterEach(async () => {
  for (const house of open.splice(0)) await house.end();
});

const sheetOf = (house: TestHouse) => house.get<CampaignSheet>('campaigns.get', { id: PRACTICE });

test('outside the hours the first to be rung are told as well, with the instant at which each may be', async () => {
  const house = await aPractice();
  const { rules, version } = await sheetOf(house);
  const windows = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: 9 * 60, to: 12 * 60 }));
  await house.get('campaigns.change', { id: PRACTICE, version, rules: { ...rules, windows } });
  interface First {
    readonly contactId: number;
    readonly why: string;
    readonly at: number | null;
  }
  const first = await house.get<First[]>('campaigns.first', { id: PRACTICE, count: 20 });
  expect(first).toHaveLength(20);
  const tomorrow = Date.UTC(2026, 10, 19, 14);
  expect(first[0]).toMatchObject({
    at: tomorrow,
    why: expect.stringContaining('Outside the campaign’s hours') as string,
  });
  expect(first.map(({ at }) => at)).toEqual(first.map(({ at }) => at).toSorted((a, b) => a! - b!));
  for (const { contactId, at } of first) {
    const { verdict } = await house.get<{ verdict: { kind: string } }>('campaigns.explain', {
      id: PRACTICE,
      contactId,
    });
    expect([verdict.kind, at! >= tomorrow]).toEqual(['wait', true]);
  }
});

test('the place of a contact is told in words that say something', async () => {
  const house = await aPractice();
  const { rules, version } = await sheetOf(house);
  await house.get('campaigns.change', { id: PRACTICE, version, rules: { ...rules, order: 'priority' } });
  const first = await house.get<{ why: string }[]>('campaigns.first', { id: PRACTICE, count: 20 });
  for (const { why } of first)
    expect(why).toMatch(/^(Never tried|Tried .*|Priority [1-9]\d* of 100|A callback was promised)/);
  for (const { why } of first) expect(why).not.toMatch(/Priority 0|one minute/);
});

test('whoever a change loses is told with what the rule says of them, and not its title alone', async () => {
  const house = await aPractice();
  const { rules } = await sheetOf(house);
  const windows = rules.windows.map((each) => ({ ...each, from: 540, to: 660 }));
  const { lostWho } = await house.get<{ lostWho: { why: string; at: number | null }[] }>('campaigns.effect', {
    id: PRACTICE,
    rules: { ...rules, windows },
  });
  expect(lostWho.length).toBeGreaterThan(5);
  for (const { why, at } of lostWho) {
    expect(why).toMatch(/^Outside the campaign’s hours: it is \d+:\d\d in New York\.$/);
    expect(at).toBeGreaterThan(START);
  }
});

test('a copy has the outcomes of its own, under ids of their own, and the rules that speak of them', async () => {
  const house = await aPractice();
  addDispositions(house.db, PRACTICE, [{ ...STANDARD_DISPOSITIONS[2]!, id: 'sample', label: 'Sample sent' }]);
  const { rules, version } = await sheetOf(house);
  const retryMs = { ...rules.retryMs, sample: 3 * HOUR_MS };
  await house.get('campaigns.change', { id: PRACTICE, version, rules: { ...rules, retryMs } });
  const copy = await house.get<CampaignSheet>('campaigns.duplicate', { id: PRACTICE });
  const own = ownDispositionsOf(house.db, copy.id);
  expect(own).toMatchObject([{ label: 'Sample sent', digit: '3' }]);
  expect(own[0]!.id).not.toBe('sample');
  expect(copy.rules.retryMs).toEqual({ ...rules.retryMs, [own[0]!.id]: 3 * HOUR_MS });
  expect(ownDispositionsOf(house.db, PRACTICE).map(({ id }) => id)).toEqual(['sample']);
});
