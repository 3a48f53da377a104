import { expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS, after, instant } from '../../shared/lib/instants.ts';
import { campaignsOf, setCampaignDeleted, setCampaignStatus } from '../store/campaigns.ts';
import { aCampaign, aStore } from '../store/testing.ts';
import { openBreaks } from './breaks.ts';

const NOON = instant(Date.UTC(2026, 10, 18, 17));
const HOPELESS = { at: NOON, trouble: 'The account is closed.', isHopeless: true };

function tripped() {
  const db = aStore();
  const id = aCampaign(db, { status: 'active' });
  const breaks = openBreaks(db);
  expect(breaks.told(id, HOPELESS)).toBe('The account is closed.');
  expect(breaks.nextProbeAt()).toBe(after(NOON, 15 * MINUTE_MS));
  return { db, id, breaks };
}

test('a campaign that was deleted while its breaker waited is waited for no longer', () => {
  const { db, id, breaks } = tripped();
  setCampaignDeleted(db, id, NOON);
  expect(breaks.probe(campaignsOf(db), after(NOON, HOUR_MS))).toEqual([]);
  expect(breaks.nextProbeAt()).toBeNull();
});

test('nor is one that somebody has completed by hand', () => {
  const { db, id, breaks } = tripped();
  setCampaignStatus(db, id, 'completed', NOON);
  expect(breaks.probe(campaignsOf(db), after(NOON, HOUR_MS))).toEqual([]);
  expect(breaks.nextProbeAt()).toBeNull();
});

test('one that is still paused by it tries a call when it is time', () => {
  const { db, id, breaks } = tripped();
  expect(breaks.probe(campaignsOf(db), after(NOON, MINUTE_MS))).toEqual([]);
  expect(breaks.probe(campaignsOf(db), after(NOON, 15 * MINUTE_MS))).toEqual([id]);
});
