import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CampaignRules, type ListOrder, usualRules } from '../../shared/domain/campaign.ts';
import { shippedLaw } from '../../shared/domain/law/book.ts';
import type { E164 } from '../../shared/domain/phone.ts';
import { verdictOn } from '../../shared/domain/verdict.ts';
import { DAY_MS, HOUR_MS, type Instant, after } from '../../shared/lib/instants.ts';
import { between, seededRandom } from '../../shared/lib/random.ts';
import { machineClock } from '../../shared/lib/clock.ts';
import { changeCampaign, keptCampaign } from '../store/campaigns.ts';
import { dueEnrolments } from '../store/due.ts';
import { enrolmentsOfCampaign } from '../store/enrolments.ts';
import { makeReady } from '../store/list-order.ts';
import type { Db } from '../store/open.ts';
import { subjectOfEnrolment } from '../store/subjects.ts';
import { NOON, aCampaign, aContact, aStore, anEnrolment } from '../store/testing.ts';
import { replanCampaign } from './replan.ts';
import { type Yardstick, weighing } from './weigh.ts';

/** 13:00 in New York. */
const NOW = after(NOON, 6 * HOUR_MS);
const never = new AbortController().signal;
const clock = { ...machineClock(), now: () => NOW };
const YARDSTICK: Yardstick = { law: shippedLaw, carrier: null };
const AREAS = ['212', '312', '303', '206', '808'];
const OUTCOMES = ['no-answer', 'busy', 'voicemail', 'interested', 'qualified'];

/** A campaign with people in every kind of state, the same for the same seed. */
function aPastCampaign(db: Db, seed: number, rules: CampaignRules, people = 40): number {
  const random = seededRandom(seed);
  const campaignId = aCampaign(db, { rules });
  for (let nth = 0; nth < people; nth++) {
    const e164 = `+1${AREAS[nth % AREAS.length]}55501${String(nth % 100).padStart(2, '0')}` as E164;
    const contactId = aContact(db, { numbers: [{ e164, kind: 'mobile', zones: [], isStarred: true }] });
    const id = anEnrolment(db, { campaignId, contactId, dueAt: after(NOW, -DAY_MS), priority: nth % 4 });
    const attempts = between(random, 0, 4);
    if (attempts === 0) continue;
    const outcome = OUTCOMES[between(random, 0, OUTCOMES.length - 1)]!;
    const lastAt = after(NOW, -between(random, 1, 60 * 48) * 60_000);
    const isOver = outcome === 'qualified' || (attempts >= rules.attemptsMax && random.next() < 0.5);
    db.$client
      .prepare(
        `UPDATE enrolments SET attempts = ?, last_attempt_at = ?, last_outcome = ?, state = ?, rest_from = ?,
         rest_until = ?, due_at = ? WHERE id = ?`,
      )
      .run(
        attempts,
        lastAt,
        outcome,
        isOver ? 'done' : 'open',
        outcome === 'qualified' ? null : lastAt,
        lastAt + 4 * HOUR_MS,
        lastAt + 4 * HOUR_MS,
        id,
      );
  }
  return campaignId;
}

/** What standing there leads to: contacts who are open, due, and have a verdict of ring when they are staged. */
function ringable(db: Db, campaignId: number): number[] {
  const open = enrolmentsOfCampaign(db, campaignId, 0, 1_000).filter(
    ({ state, dueAt }) => state === 'open' && dueAt <= NOW,
  );
  return open
    .filter(
      ({ id }) =>
        verdictOn(subjectOfEnrolment(db, id, null, { law: shippedLaw, now: NOW }), NOW).kind === 'ring',
    )
    .map(({ contactId }) => contactId);
}

function weighed(db: Db, campaignId: number, rules?: CampaignRules): readonly number[] {
  const run = weighing(db, campaignId, NOW, { ...YARDSTICK, ...(rules === undefined ? {} : { rules }) });
  for (let step = run.next(); ; step = run.next()) if (step.done === true) return step.value!.ring;
}

const someRules = fc
  .record({
    from: fc.integer({ min: 6, max: 14 }),
    hours: fc.integer({ min: 1, max: 9 }),
    attemptsMax: fc.integer({ min: 1, max: 6 }),
    frequency: fc.constantFrom('any' as const, 'daily' as const, 'weekly' as const),
    attemptsPerDayMax: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }),
    coolDownMs: fc.constantFrom(0, 2 * HOUR_MS, 30 * HOUR_MS),
    order: fc.constantFrom<ListOrder>('priority', 'fresh', 'oldest', 'random', 'day-part'),
    busyMs: fc.option(fc.constantFrom(HOUR_MS / 2, 20 * HOUR_MS), { nil: null }),
    zone: fc.constantFrom('America/New_York', 'America/Los_Angeles', 'Asia/Tokyo'),
  })
  .map(({ from, hours, busyMs, zone, ...rest }): CampaignRules => {
    const windows = [1, 2, 3, 4, 5].map((weekday) => {
      return { weekday, from: from * 60, to: (from + hours) * 60 };
    });
    const retryMs = busyMs === null ? {} : { busy: busyMs, 'no-answer': busyMs };
    return { ...usualRules(zone), ...rest, windows, retryMs };
  });

test('the preview of a change is the very set that saving it leads to, once all are planned', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 9_999 }), someRules, someRules, async (seed, old, rules) => {
      const db = aStore();
      const campaignId = aPastCampaign(db, seed, old);
      await replanCampaign(db, shippedLaw, campaignId, clock, never);
      expect(ringable(db, campaignId)).toEqual(weighed(db, campaignId));
      const preview = weighed(db, campaignId, rules);
      changeCampaign(db, campaignId, { rules });
      expect(await replanCampaign(db, shippedLaw, campaignId, clock, never)).toBe(true);
      expect(weighed(db, campaignId)).toEqual(preview);
      expect(ringable(db, campaignId)).toEqual(preview);
      db.$client.close();
    }),
    { numRuns: 25 },
  );
});

test('planning is marked as done only for the rules it went by, and begun anew it does no harm', async () => {
  const db = aStore();
  const campaignId = aPastCampaign(db, 7, usualRules('America/New_York'));
  changeCampaign(db, campaignId, { rules: { ...usualRules('America/New_York'), attemptsMax: 9 } });
  expect(keptCampaign(db, campaignId)).toMatchObject({ version: 2, plannedVersion: 1 });
  const running = replanCampaign(db, shippedLaw, campaignId, clock, never);
  changeCampaign(db, campaignId, { rules: { ...usualRules('America/New_York'), attemptsMax: 2 } });
  await running;
  expect(keptCampaign(db, campaignId)).toMatchObject({ version: 3, plannedVersion: 1 });
  expect(await replanCampaign(db, shippedLaw, campaignId, clock, never)).toBe(true);
  const rows = () => db.$client.prepare('SELECT * FROM enrolments ORDER BY id').all();
  const once = rows();
  expect(await replanCampaign(db, shippedLaw, campaignId, clock, never)).toBe(true);
  expect(rows()).toEqual(once);
  expect(keptCampaign(db, campaignId)).toMatchObject({ version: 3, plannedVersion: 3 });
});

test('more attempts allowed, those whose attempts were spent come back; the qualified do not', async () => {
  const db = aStore();
  const rules = { ...usualRules('America/New_York'), attemptsMax: 2 };
  const campaignId = aCampaign(db, { rules });
  const [spent, sold] = [0, 1].map(() => anEnrolment(db, { campaignId, dueAt: after(NOW, -DAY_MS) }));
  const set = db.$client.prepare(
    "UPDATE enrolments SET state = 'done', attempts = 2, last_outcome = ?, rest_from = ?, last_attempt_at = ? WHERE id = ?",
  );
  const yesterday = after(NOW, -DAY_MS);
  set.run('no-answer', yesterday, yesterday, spent);
  set.run('qualified', null, yesterday, sold);
  changeCampaign(db, campaignId, { rules: { ...rules, attemptsMax: 3 } });
  await replanCampaign(db, shippedLaw, campaignId, clock, never);
  expect(dueEnrolments(db, campaignId, NOW, 10).map(({ id }) => id)).toEqual([spent]);
});

/** The order in which a campaign rings those who are due, as the names of how they stand. */
async function ordered(order: ListOrder, now: Instant = NOW): Promise<string[]> {
  const db = aStore();
  const campaignId = aCampaign(db, { rules: { ...usualRules('America/New_York'), order } });
  const names = new Map<number, string>();
  const put = (name: string, columns: Record<string, number | null>, priority = 0) => {
    const id = anEnrolment(db, { campaignId, dueAt: after(NOW, -3 * DAY_MS), priority });
    for (const [column, value] of Object.entries(columns))
      db.$client.prepare(`UPDATE enrolments SET ${column} = ? WHERE id = ?`).run(value, id);
    names.set(id, name);
  };
  put('tried yesterday morning', { attempts: 1, last_attempt_at: NOW - DAY_MS, tried_parts: 1 });
  put('tried last week at noon', { attempts: 2, last_attempt_at: NOW - 7 * DAY_MS, tried_parts: 2 });
  put('never tried', {});
  put('important', { attempts: 3, last_attempt_at: NOW - 2 * DAY_MS, tried_parts: 7 }, 80);
  put('promised', { attempts: 4, last_attempt_at: NOW - 1, tried_parts: 7 });
  const promised = [...names.keys()].at(-1)!;
  db.$client
    .prepare(
      `INSERT INTO callbacks (contact_id, campaign_id, due_at, note, state, created_at)
       SELECT contact_id, campaign_id, ?, '', 'open', 0 FROM enrolments WHERE id = ?`,
    )
    .run(NOW - HOUR_MS, promised);
  makeReady(db, campaignId, order, NOW, 100);
  return dueEnrolments(db, campaignId, now, 10).map(({ id }) => names.get(id)!);
}

test('whatever the order, a promised callback comes first', async () => {
  for (const order of ['priority', 'fresh', 'oldest', 'random', 'day-part'] as const)
    expect([order, (await ordered(order))[0]]).toEqual([order, 'promised']);
});

const rest = async (order: ListOrder, now?: Instant) => (await ordered(order, now)).slice(1);

test('each order rings those who are due in its own order', async () => {
  expect((await rest('priority'))[0]).toBe('important');
  expect((await rest('fresh'))[0]).toBe('never tried');
  expect(await rest('oldest')).toEqual([
    'never tried',
    'tried last week at noon',
    'important',
    'tried yesterday morning',
  ]);
  // In the afternoon whoever was tried in the morning only goes before whoever was tried at noon.
  expect(await rest('day-part')).toEqual([
    'never tried',
    'tried yesterday morning',
    'tried last week at noon',
    'important',
  ]);
  expect(await rest('day-part', after(NOW, -3 * HOUR_MS))).toEqual([
    'never tried',
    'tried last week at noon',
    'tried yesterday morning',
    'important',
  ]);
});

function shuffled() {
  const db = aStore();
  const campaignId = aCampaign(db, { rules: { ...usualRules('America/New_York'), order: 'random' } });
  const ids = Array.from({ length: 200 }, () => anEnrolment(db, { campaignId, dueAt: after(NOW, -1) }));
  makeReady(db, campaignId, 'random', NOW, 1_000);
  return { ids, order: dueEnrolments(db, campaignId, NOW, 200).map(({ id }) => id) };
}

test('a shuffled list is shuffled, and the same way each time', () => {
  const { ids, order } = shuffled();
  expect(order.toSorted((a, b) => a - b)).toEqual(ids);
  // By chance one in two neighbours would go up; a list that was left as it is would have nearly all.
  const rising = order.filter((id, nth) => nth > 0 && id > order[nth - 1]!).length;
  expect(rising).toBeGreaterThan(70);
  expect(rising).toBeLessThan(130);
  expect(shuffled().order).toEqual(order);
});
