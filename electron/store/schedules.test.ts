import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, after } from '../../shared/lib/instants.ts';
import { consentSince, consentsOf, giveConsent, revokeConsent } from './consents.ts';
import { insertIntent, markAttempt } from './attempts.ts';
import { insertCall, saveStory } from './calls.ts';
import type { Db } from './open.ts';
import {
  type PlannedJob,
  beginJob,
  begunSince,
  callingJobs,
  cancelJob,
  cancelPending,
  dueJobs,
  jobById,
  jobCounts,
  jobCountsOf,
  jobOfAttempt,
  jobsPage,
  lastFailureOf,
  moveJob,
  nextJobAt,
  planJob,
  putJobBack,
  sessionsOf,
} from './schedule-jobs.ts';
import {
  activeSchedules,
  addSchedule,
  changeSchedule,
  listedSchedule,
  removeSchedule,
  restoreSchedule,
  scheduleById,
  schedulesPage,
} from './schedules.ts';
import { NOON, aContact, aStore, anAttempt, plansOf } from './testing.ts';
import { aSchedule } from './testing-schedules.ts';

function aPlan(db: Db, given: Partial<PlannedJob> = {}): PlannedJob {
  const schedule = given.scheduleId === undefined ? aSchedule(db) : scheduleById(db, given.scheduleId)!;
  return {
    scheduleId: schedule.id,
    contactId: schedule.contactId,
    localDate: '2026-11-19',
    plannedAt: NOON,
    note: null,
    missed: null,
    ...given,
  };
}

function aJob(db: Db, given: Partial<PlannedJob> = {}) {
  planJob(db, aPlan(db, given), NOON);
  return dueJobs(db, after(NOON, 1_000 * DAY_MS), 1_000).at(-1)!;
}

test('a day has one job, whatever became of it', () => {
  const db = aStore();
  const plan = aPlan(db);
  expect(planJob(db, plan, NOON)).toBe(true);
  expect(planJob(db, plan, NOON)).toBe(false);
  const job = dueJobs(db, NOON, 10)[0]!;
  moveJob(db, job, { state: 'scheduled' }, NOON);
  expect(planJob(db, plan, NOON)).toBe(false);
  beginJob(db, job.id, 'a', NOON);
  moveJob(db, jobById(db, job.id)!, { state: 'failed', error: 'No answer.' }, NOON);
  expect(planJob(db, plan, NOON)).toBe(false);
  expect(planJob(db, { ...plan, localDate: '2026-11-20' }, NOON)).toBe(true);
});

test('what a change took back is planned anew, what a person took back is not', () => {
  const db = aStore();
  const plan = aPlan(db);
  planJob(db, plan, NOON);
  expect(cancelPending(db, plan.scheduleId, NOON)).toBe(1);
  expect(planJob(db, { ...plan, plannedAt: after(NOON, HOUR_MS) }, NOON)).toBe(true);
  const job = dueJobs(db, after(NOON, HOUR_MS), 10)[0]!;
  expect(job).toMatchObject({ state: 'queued', dueAt: NOON + HOUR_MS, canceledBy: null });
  expect(cancelJob(db, job.id, 'person', NOON)).toBe(true);
  expect(planJob(db, plan, NOON)).toBe(false);
  expect(jobById(db, job.id)?.state).toBe('canceled');
});

test('what failed without a call is planned anew where its time lies ahead again', () => {
  const db = aStore();
  const plan = aPlan(db);
  planJob(db, { ...plan, missed: 'Parley was not running.' }, NOON);
  expect(planJob(db, { ...plan, missed: 'Missed again.' }, NOON)).toBe(false);
  expect(planJob(db, { ...plan, plannedAt: after(NOON, HOUR_MS) }, NOON)).toBe(true);
  expect(dueJobs(db, after(NOON, HOUR_MS), 1)[0]).toMatchObject({ state: 'queued', error: null });
});

test('a job that has called once is never planned anew', () => {
  const db = aStore();
  const plan = aPlan(db);
  planJob(db, plan, NOON);
  const job = dueJobs(db, NOON, 1)[0]!;
  moveJob(db, job, { state: 'scheduled' }, NOON);
  beginJob(db, job.id, 'a', NOON);
  putJobBack(db, job.id, NOON, 'Refused.', NOON);
  cancelPending(db, plan.scheduleId, NOON);
  expect(planJob(db, plan, NOON)).toBe(false);
});

test('a job that calls is not due, not taken back, and found by its attempt', () => {
  const db = aStore();
  const job = aJob(db);
  moveJob(db, job, { state: 'scheduled' }, NOON);
  beginJob(db, job.id, 'a', NOON);
  expect(dueJobs(db, NOON, 10)).toEqual([]);
  expect(cancelJob(db, job.id, 'person', NOON)).toBe(false);
  expect(cancelPending(db, job.scheduleId, NOON)).toBe(0);
  expect(jobOfAttempt(db, 'a')).toMatchObject({ id: job.id, attempts: 1 });
  expect(callingJobs(db).map((each) => each.id)).toEqual([job.id]);
  expect(() => beginJob(db, job.id, 'b', NOON)).toThrow();
  expect(begunSince(db, NOON, after(NOON, -DAY_MS))).toEqual([NOON]);
});

test('a job goes forward only', () => {
  const db = aStore();
  const job = aJob(db);
  moveJob(db, job, { state: 'scheduled' }, NOON);
  const scheduled = jobById(db, job.id)!;
  expect(() => moveJob(db, scheduled, { state: 'queued' }, NOON)).toThrow();
  moveJob(db, scheduled, { state: 'completed' }, NOON);
  expect(() => moveJob(db, jobById(db, job.id)!, { state: 'failed' }, NOON)).toThrow();
});

test('the second of two who save is told, and nothing of theirs is written', () => {
  const db = aStore();
  const { id, version } = aSchedule(db);
  expect(changeSchedule(db, id, version, { minute: 60 }, NOON)).toMatchObject({ minute: 60, version: 2 });
  expect(changeSchedule(db, id, version, { minute: 90 }, NOON)).toBeNull();
  expect(scheduleById(db, id)?.minute).toBe(60);
});

test('a schedule that was removed is not planned, and comes back as it was', () => {
  const db = aStore();
  const { id, contactId } = aSchedule(db);
  removeSchedule(db, id, NOON);
  expect(activeSchedules(db, 0, 10)).toEqual([]);
  expect(schedulesPage(db, 10).rows).toEqual([]);
  expect(restoreSchedule(db, id, NOON)).toMatchObject({ minute: 600, removedAt: null });
  removeSchedule(db, id, NOON);
  const { numberId, zone, cadence, voice } = scheduleById(db, id)!;
  const again = addSchedule(
    db,
    contactId,
    { numberId, zone, cadence, voice, minute: 30, isActive: true },
    NOON,
  );
  expect(again).toMatchObject({ id, minute: 30, removedAt: null });
  expect(activeSchedules(db, 0, 10)).toEqual([scheduleById(db, id)]);
});

test('schedules switched off are left out of the planning and stay on the list', () => {
  const db = aStore();
  const { id, version } = aSchedule(db);
  const other = aSchedule(db, { nth: 1, mayBeSpokenTo: false });
  changeSchedule(db, id, version, { isActive: false }, NOON);
  expect(activeSchedules(db, 0, 10).map((each) => each.id)).toEqual([other.id]);
  expect(schedulesPage(db, 1)).toMatchObject({ next: id });
  expect(schedulesPage(db, 10).rows.map((row) => [row.contact, row.mayBeSpokenTo])).toEqual([
    ['Contact 0', true],
    ['Contact 1', false],
  ]);
});

test('the next call of a schedule is the soonest that waits', () => {
  const db = aStore();
  const { id } = aSchedule(db);
  expect(listedSchedule(db, id)?.nextAt).toBeNull();
  const later = after(NOON, DAY_MS);
  planJob(db, aPlan(db, { scheduleId: id, localDate: '2026-11-20', plannedAt: later }), NOON);
  planJob(db, aPlan(db, { scheduleId: id }), NOON);
  expect(listedSchedule(db, id)?.nextAt).toBe(NOON);
  expect(nextJobAt(db)).toBe(NOON);
});

test('a consent stands until it is revoked, and stays as proof', () => {
  const db = aStore();
  const contactId = aContact(db);
  const consent = {
    contactId,
    kind: 'ai-voice',
    basis: 'in writing',
    source: 'form 7',
    givenAt: NOON,
  } as const;
  const id = giveConsent(db, consent)!;
  expect(giveConsent(db, { ...consent, source: 'another' })).toBeNull();
  expect(consentSince(db, contactId, 'ai-voice')).toBe(NOON);
  expect(consentSince(db, contactId, 'recording')).toBeNull();
  expect(revokeConsent(db, id, after(NOON, 1))).toBe(true);
  expect(revokeConsent(db, id, after(NOON, 2))).toBe(false);
  expect(consentSince(db, contactId, 'ai-voice')).toBeNull();
  expect(giveConsent(db, { ...consent, givenAt: after(NOON, 3) })).not.toBeNull();
  expect(consentsOf(db, contactId).map((each) => each.revokedAt)).toEqual([null, NOON + 1]);
});

test('a page of a day’s jobs goes on where the last one ended, also within one state', () => {
  const db = aStore();
  const first = aJob(db, { plannedAt: after(NOON, 1) });
  const { scheduleId } = first;
  const at = (ms: number, localDate: string) =>
    planJob(db, aPlan(db, { scheduleId, localDate, plannedAt: after(NOON, ms) }), NOON);
  at(1, '2026-11-20');
  at(2, '2026-11-21');
  at(DAY_MS, '2026-11-22');
  moveJob(db, first, { state: 'failed', error: 'Busy.' }, NOON);
  const wanted = { from: NOON, to: after(NOON, DAY_MS), limit: 2, state: null, after: null };
  const page = jobsPage(db, wanted);
  expect(page.rows.map((row) => row.job.localDate)).toEqual(['2026-11-19', '2026-11-20']);
  const rest = jobsPage(db, { ...wanted, after: page.next });
  expect([rest.rows.map((row) => row.job.localDate), rest.next]).toEqual([['2026-11-21'], null]);
  expect(jobsPage(db, { ...wanted, state: 'queued' }).rows).toHaveLength(2);
  expect(jobCounts(db, wanted.from, wanted.to)).toMatchObject({ queued: 2, failed: 1, completed: 0 });
  expect(jobCountsOf(db, first.contactId)).toMatchObject({ queued: 3, failed: 1 });
  expect(lastFailureOf(db, first.contactId)).toMatchObject({ error: 'Busy.' });
});

test('a session is told from the call that the job made', () => {
  const db = aStore();
  const job = aJob(db);
  const attempt = anAttempt({ contactId: job.contactId });
  insertIntent(db, attempt, { kind: 'ring' });
  markAttempt(db, attempt.id, 'intended', 'sent', { at: NOON });
  moveJob(db, job, { state: 'scheduled' }, NOON);
  beginJob(db, job.id, attempt.id, NOON);
  const callId = insertCall(db, { attempt, carrier: 'simulator', callRef: 'SIM1', startedAt: NOON });
  const ended = after(NOON, 20_000);
  saveStory(db, callId, {
    status: 'ended',
    end: 'completed',
    answeredBy: 'human',
    seconds: 12,
    ringingAt: NOON,
    answeredAt: after(NOON, 8_000),
    endedAt: ended,
  });
  expect(sessionsOf(db, job.contactId, 5)).toEqual([
    expect.objectContaining({
      jobId: job.id,
      startedAt: NOON,
      endedAt: ended,
      seconds: 12,
      end: 'completed',
      answeredBy: 'human',
      carrier: 'simulator',
      callRef: 'SIM1',
    }),
  ]);
});

const HOT: readonly [string, (db: Db) => unknown, RegExp][] = [
  ['what is due', (db) => dueJobs(db, NOON, 10), /USING INDEX schedule_jobs_due/],
  ['what is due next', (db) => nextJobAt(db), /USING (COVERING )?INDEX schedule_jobs_due/],
  ['what calls', (db) => callingJobs(db), /USING INDEX schedule_jobs_open/],
  ['the job of an attempt', (db) => jobOfAttempt(db, 'a'), /USING INDEX schedule_jobs_open/],
  ['what is to be planned', (db) => activeSchedules(db, 0, 10), /USING INDEX schedules_active/],
  ['the list', (db) => schedulesPage(db, 10), /USING INDEX schedules_here/],
  ['a day', (db) => jobCounts(db, NOON, NOON), /COVERING INDEX schedule_jobs_day/],
  ['a contact', (db) => jobCountsOf(db, 1), /INDEX schedule_jobs_contact/],
  ['a failure', (db) => lastFailureOf(db, 1), /INDEX schedule_jobs_contact/],
  ['sessions', (db) => sessionsOf(db, 1, 5), /INDEX schedule_jobs_contact/],
  ['a consent', (db) => consentSince(db, 1, 'ai-voice'), /INDEX consents_one_stands/],
];

test.each(HOT)('%s is found by its index, and nothing is walked through or sorted', (_what, ask, index) => {
  const db = aStore();
  const plans = plansOf(db, () => ask(db));
  expect(plans.join('\n')).toMatch(index);
  expect(plans.filter((plan) => /^SCAN(?!.*INDEX)|TEMP B-TREE(?! FOR GROUP BY)/.test(plan))).toEqual([]);
});

const PAGE = { from: NOON, to: NOON, limit: 5, after: null };
test.each([
  ['of a day', null, /INDEX schedule_jobs_day/],
  ['of a state', 'failed', /INDEX schedule_jobs_state/],
] as const)('a page of the jobs %s is found by its index', (_what, state, index) => {
  const db = aStore();
  const plans = plansOf(db, () => jobsPage(db, { ...PAGE, state }));
  expect(plans.join('\n')).toMatch(index);
  expect(plans.filter((plan) => /^SCAN|TEMP B-TREE/.test(plan))).toEqual([]);
});

test('schedules are walked through in order, some at a time, and none twice', () => {
  const db = aStore();
  const ids = [0, 1, 2, 3, 4].map((nth) => aSchedule(db, { nth }).id);
  const seen: number[] = [];
  for (let after = 0; ; ) {
    const some = activeSchedules(db, after, 2);
    seen.push(...some.map((each) => each.id));
    if (some.length < 2) break;
    after = some.at(-1)!.id;
  }
  expect(seen).toEqual(ids);
});
