import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY_MS, after } from '../../shared/lib/instants.ts';
import { agedRecordings, goingFigures, keptByCampaign } from './recording-ages.ts';
import { NOON, aStore } from './testing.ts';

const daysOrNone = fc.option(fc.integer({ min: 1, max: 60 }));
const NUMBERS = ['+12125550100', '+442079460100', '+33155501000', '+3545550100', '+5215550100'];
const isProtected = (number: string) =>
  number.startsWith('+44') || number.startsWith('+33') || number.startsWith('+354');

test('what the preview says would go is what goes, and it is what the rules say of each recording', () => {
  const db = aStore();
  const sound = fc.record({
    campaignId: fc.constantFrom(1, 2, null),
    number: fc.constantFrom(...NUMBERS),
    ageDays: fc.integer({ min: 0, max: 90 }),
    bytes: fc.integer({ min: 1, max: 9_999 }),
  });
  db.$client.exec(`INSERT INTO campaigns (id, name, status, mode, rules, caller_id, version, planned_version, created_at)
    VALUES (1, 'One', 'active', 'power', '{}', '', 1, 1, 0), (2, 'Two', 'active', 'power', '{}', '', 1, 1, 0)`);
  const call =
    db.$client.prepare(`INSERT INTO calls (id, carrier, call_ref, direction, from_number, to_number, status,
    is_held, started_at, campaign_id) VALUES (?, 'simulator', ?, 'outbound', '', ?, 'ended', 0, 0, ?)`);
  const keep = db.$client.prepare(
    "INSERT INTO recordings (call_id, state, bytes, tries, fetched_at) VALUES (?, 'kept', ?, 0, ?)",
  );
  fc.assert(
    fc.property(
      fc.array(sound, { maxLength: 25 }),
      fc.record({ keptDays: daysOrNone, protectedDays: daysOrNone, ofFirst: daysOrNone }),
      (sounds, { keptDays, protectedDays, ofFirst }) => {
        db.$client.exec('DELETE FROM recordings; DELETE FROM calls');
        for (const [nth, { campaignId, number, ageDays, bytes }] of sounds.entries()) {
          call.run(nth + 1, String(nth), number, campaignId);
          keep.run(nth + 1, bytes, after(NOON, -ageDays * DAY_MS));
        }
        const ages = { keptDays, protectedDays, ofCampaigns: ofFirst === null ? {} : { 1: ofFirst } };
        const stays = ({ campaignId, number }: (typeof sounds)[number]) => {
          const usual = campaignId === 1 && ofFirst !== null ? ofFirst : keptDays;
          const all = [usual, isProtected(number) ? protectedDays : null].filter((days) => days !== null);
          return all.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...all);
        };
        const going = (within: number) =>
          sounds.flatMap((each, nth) => (each.ageDays + within >= stays(each) ? [nth + 1] : []));
        const gone = agedRecordings(db, ages, NOON, 100);
        expect(gone.map(({ callId }) => callId).sort((a, b) => a - b)).toEqual(going(0));
        expect(gone.every(({ callId, days }) => days === stays(sounds[callId - 1]!))).toBe(true);
        const figures = goingFigures(db, ages, NOON);
        expect([figures.now, figures.week, figures.month]).toEqual(
          [0, 7, 30].map((days) => going(days).length),
        );
        expect(figures.recordings).toBe(sounds.length);
        expect(keptByCampaign(db).reduce((sum, { bytes }) => sum + bytes, 0)).toBe(figures.bytes);
      },
    ),
    { numRuns: 80, seed: 20261120 },
  );
});
