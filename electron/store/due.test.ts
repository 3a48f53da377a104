import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ListOrder, usualRules } from '../../shared/domain/campaign.ts';
import { after } from '../../shared/lib/instants.ts';
import { dueByPlaces, nextDueAt } from './due-by-places.ts';
import { dueEnrolments } from './due.ts';
import { bandsOf } from './list-order.ts';
import type { Db } from './open.ts';
import { NOON, aCampaign, aStore } from './testing.ts';

/** Open enrolments at a few places, some of them ready, with ranks and due times that often tie. */
const rows = fc.array(
  fc.record({
    place: fc.integer({ min: 0, max: 6 }),
    rank: fc.integer({ min: 0, max: 30 }),
    isReady: fc.boolean(),
    dueIn: fc.integer({ min: -20, max: 5 }),
    isOpen: fc.integer({ min: 0, max: 9 }).map((each) => each > 0),
  }),
  { maxLength: 120 },
);

function filled(order: ListOrder, all: typeof rows extends fc.Arbitrary<infer T> ? T : never): [Db, number] {
  const db = aStore();
  const campaignId = aCampaign(db, { rules: { ...usualRules('America/New_York'), order } });
  db.$client.pragma('foreign_keys = OFF');
  const insert = db.$client.prepare(`INSERT INTO enrolments
    (campaign_id, contact_id, state, priority, places, attempts, due_at, rest_until, is_ready, rank)
    VALUES (?, ?, ?, 0, ?, 0, ?, 0, ?, ?)`);
  all.forEach(({ place, rank, isReady, dueIn, isOpen }, nth) => {
    // Who is ready has fallen due.
    const dueAt = after(NOON, isReady ? Math.min(dueIn, 0) : dueIn);
    insert.run(campaignId, nth + 1, isOpen ? 'open' : 'done', `Z/${place}||`, dueAt, isReady ? 1 : 0, rank);
  });
  return [db, campaignId];
}

/** Where it is night: nowhere, at one place, or nearly everywhere. */
const nights = fc.subarray([0, 1, 2, 3, 4, 5, 6]).map((places) => new Set(places.map((each) => `Z/${each}`)));

test('the first few are those that sorting everybody would put first, wherever they are', () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 40 }), nights, (all, limit, asleep) => {
      const [db, campaignId] = filled('priority', all);
      const expected = all
        .map((row, nth) => ({ ...row, id: nth + 1 }))
        .filter((row) => row.isOpen && !asleep.has(`Z/${row.place}`) && (row.isReady || row.dueIn <= 0))
        .map((row) => [row.isReady ? 0 : 1, row.isReady ? row.rank : row.dueIn, row.id] as const)
        .sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2])
        .slice(0, limit)
        .map(([, , id]) => id);
      const areOpen = ({ zones }: { zones: readonly string[] }) => !asleep.has(zones[0]!);
      expect(dueEnrolments(db, campaignId, NOON, limit, areOpen).map(({ id }) => id)).toEqual(expected);
    }),
    { numRuns: 150 },
  );
}, 60_000);

test('read from the front of the line or place by place, they are the same in the same order', () => {
  fc.assert(
    fc.property(rows, nights, fc.constantFrom<ListOrder>('priority', 'day-part'), (all, asleep, order) => {
      // Ranks in several bands of the day.
      const spread = all.map((row) => ({ ...row, rank: row.rank + (row.rank % 9) * 2 ** 42 }));
      const [db, campaignId] = filled(order, spread);
      const areOpen = ({ zones }: { zones: readonly string[] }) => !asleep.has(zones[0]!);
      const bands = bandsOf(db, campaignId, NOON);
      const byPlaces = Array.from(dueByPlaces(db, { campaignId, now: NOON, bands, areOpen }));
      expect(dueEnrolments(db, campaignId, NOON, 1_000, areOpen)).toEqual(byPlaces);
    }),
    { numRuns: 100 },
  );
}, 60_000);

test('every place is asked about, and the soonest due time is that of all open places', () => {
  fc.assert(
    fc.property(rows, (all) => {
      const [db, campaignId] = filled('priority', all);
      const open = all.filter((row) => row.isOpen);
      const asked = new Set<string>();
      const next = nextDueAt(db, campaignId, ({ zones }) => asked.add(zones[0]!).has(zones[0]!));
      expect([...asked].sort()).toEqual([...new Set(open.map(({ place }) => `Z/${place}`))].sort());
      const waiting = open.filter((row) => !row.isReady).map((row) => NOON + row.dueIn);
      if (open.every((row) => !row.isReady))
        expect(next).toBe(waiting.length === 0 ? null : Math.min(...waiting));
      else expect(next).toBeLessThanOrEqual(NOON);
    }),
    { numRuns: 60 },
  );
}, 60_000);
