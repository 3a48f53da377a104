import { afterEach, expect, test, vi } from 'vitest';
import {
  DAY_MS,
  HOUR_MS,
  type Instant,
  MINUTE_MS,
  SECOND_MS,
  after,
  instant,
} from '../../shared/lib/instants.ts';
import { sleep } from '../../shared/lib/clock.ts';
import { localTime } from '../../shared/lib/zoned-time.ts';
import { auditOf } from '../store/audit.ts';
import { campaignById, setCampaignStatus } from '../store/campaigns.ts';
import { consentsOf, giveConsent, revokeConsent } from '../store/consents.ts';
import { enrolmentById, enrolmentCounts } from '../store/enrolments.ts';
import { outcomeOf } from '../store/outcomes.ts';
import { setSetting } from '../store/settings.ts';
import { CONCURRENT } from './background-one.ts';
import { VOICEMAIL } from './machine-answer.ts';
import { BackgroundHome, TEN } from './testing-background.ts';

vi.setConfig({ testTimeout: 60_000 });

const homes: BackgroundHome[] = [];

function aHome(at?: Instant): BackgroundHome {
  const home = new BackgroundHome(at);
  homes.push(home);
  return home;
}

afterEach(async () => {
  for (const home of homes.splice(0)) {
    expect(home.processes.flatMap(({ complaints }) => complaints)).toEqual([]);
    await home.end();
  }
});

/** How many calls were live at once, at most, by what the world knows. */
function mostAtOnce({ world, rung }: BackgroundHome): number {
  const lives = world.requests().flatMap(({ callRef, at }) => {
    const life = callRef === null ? null : world.lifeOf(callRef);
    return life === null ? [] : [{ from: at, to: life.endedAt }];
  });
  return Math.max(0, ...rung.map(({ at }) => lives.filter((each) => each.from <= at && at < each.to).length));
}

function hourIn(zone: string, at: Instant): number {
  return localTime(at, zone).minute / 60;
}

test('a campaign with an AI voice dials by itself, and whoever was reached is done', async () => {
  const home = aHome();
  const { db, notes } = home.begin();
  const campaignId = home.campaign(db);
  const [enrolmentId] = home.fill(db, campaignId, 1, '00');
  home.processes[0]!.background.wake();
  await home.clock.advance(15 * MINUTE_MS);
  expect(home.rung).toHaveLength(1);
  expect(outcomeOf(db, home.rung[0]!.attemptId)).toMatchObject({ dispositionId: 'answered', agentId: null });
  expect(enrolmentById(db, enrolmentId!)).toMatchObject({
    state: 'done',
    attempts: 1,
    lastOutcome: 'answered',
  });
  expect(notes).toHaveLength(2);
  expect(notes[0]).toMatch(/^“Spring”: calling \+1•+00, attempt 1 of 6\.$/);
  expect(notes[1]).toMatch(/^“Spring”: \+1•+00 completed \(\d+ s\)\.$/);
});

test.each([
  ['20', 'busy', HOUR_MS],
  ['21', 'no-answer', 4 * HOUR_MS],
  ['22', 'failed', HOUR_MS],
  ['10', 'voicemail', DAY_MS],
])('a call to %s is filed as %s, and tried again after its rest', async (ends, outcome, restMs) => {
  const home = aHome();
  const { db } = home.begin();
  const campaignId = home.campaign(db);
  const [enrolmentId] = home.fill(db, campaignId, 1, ends);
  await home.clock.advance(10 * MINUTE_MS);
  expect(home.rung).toHaveLength(1);
  const enrolment = enrolmentById(db, enrolmentId!)!;
  expect(enrolment).toMatchObject({ state: 'open', lastOutcome: outcome });
  expect(enrolment.dueAt - enrolment.restFrom!).toBe(restMs);
});

test('the rules of a campaign say after which span, and how often, it is tried again', async () => {
  const home = aHome();
  const { db } = home.begin();
  const campaignId = home.campaign(db, { retryMs: { busy: 20 * MINUTE_MS }, attemptsMax: 3 });
  const [enrolmentId] = home.fill(db, campaignId, 1, '20');
  await home.clock.advance(4 * HOUR_MS);
  expect(home.rung).toHaveLength(3);
  const [first, second, third] = home.rung.map(({ at }) => at);
  expect(second! - first!).toBeGreaterThanOrEqual(20 * MINUTE_MS);
  expect(third! - second!).toBeLessThan(22 * MINUTE_MS);
  expect(enrolmentById(db, enrolmentId!)).toMatchObject({ state: 'done', attempts: 3 });
});

test('a message is left only on a machine that is ready to record, and once', async () => {
  const home = aHome();
  const { db } = home.begin();
  const campaignId = home.campaign(db);
  home.fill(db, campaignId, 1, '10');
  await home.clock.advance(10 * MINUTE_MS);
  const call = home.world.requests()[0]!.callRef!;
  const life = home.world.lifeOf(call)!;
  const deeds = home.world.interventionsIn(call);
  expect(deeds.map(({ action }) => action.kind)).toEqual(['drop-voicemail']);
  expect(deeds[0]!.at).toBeGreaterThanOrEqual(after(life.answeredAt!, life.beepMs!));
});

test('no message is left on people, and where nobody wants one the machine is hung up on', async () => {
  const home = aHome();
  const { db } = home.begin();
  setSetting(db, 'workspace', VOICEMAIL, 'hang-up');
  const campaignId = home.campaign(db);
  home.fill(db, campaignId, 1, '00');
  home.fill(db, campaignId, 1, '10');
  await home.clock.advance(15 * MINUTE_MS);
  const deeds = home.world
    .requests()
    .map(({ to, callRef }) => [
      to.slice(-2),
      ...home.world.interventionsIn(callRef!).map(({ action }) => action.kind),
    ]);
  expect(deeds.toSorted(([a], [b]) => (a! < b! ? -1 : 1))).toEqual([['00'], ['10', 'hang-up']]);
});

test('nobody is called by a machine who has not agreed to it, also when they changed their mind a moment ago', async () => {
  const home = aHome();
  const { db } = home.begin();
  const campaignId = home.campaign(db);
  const [enrolmentId] = home.fill(db, campaignId, 1, '00');
  const { contactId } = enrolmentById(db, enrolmentId!)!;
  revokeConsent(db, consentsOf(db, contactId)[0]!.id, home.clock.now());
  await home.clock.advance(HOUR_MS);
  expect(home.rung).toEqual([]);
  expect(enrolmentById(db, enrolmentId!)).toMatchObject({ state: 'never', lastOutcome: 'no-consent' });
});

test('whoever agrees after all is called after all', async () => {
  const home = aHome();
  const { db, background } = home.begin();
  const campaignId = home.campaign(db);
  const [enrolmentId] = home.fill(db, campaignId, 1, '00');
  const { contactId } = enrolmentById(db, enrolmentId!)!;
  revokeConsent(db, consentsOf(db, contactId)[0]!.id, home.clock.now());
  await home.clock.advance(MINUTE_MS);
  const givenAt = home.clock.now();
  giveConsent(db, { contactId, kind: 'ai-voice', basis: 'by mail', source: 'letter', givenAt });
  background.wake();
  await home.clock.advance(MINUTE_MS);
  expect(home.rung).toHaveLength(1);
});

test('no more calls are under way at once than the workspace wants, and none too many a second', async () => {
  const home = aHome();
  const { db } = home.begin();
  setSetting(db, 'workspace', CONCURRENT, 3);
  const campaignId = home.campaign(db);
  home.fill(db, campaignId, 20, '00');
  await home.clock.advance(2 * HOUR_MS);
  expect(home.rung).toHaveLength(20);
  expect(mostAtOnce(home)).toBe(3);
  const gaps = home.rung.slice(1).map(({ at }, nth) => at - home.rung[nth]!.at);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000 / home.world.can.callsPerSecond);
});

test('two processes on one workspace keep the limit together, and ring nobody twice', async () => {
  const home = aHome();
  const { db } = home.begin();
  const campaignId = home.campaign(db);
  const enrolmentIds = home.fill(db, campaignId, 20, '00');
  home.begin();
  await home.clock.advance(2 * HOUR_MS);
  expect(new Set(home.rung.map(({ to }) => to)).size).toBe(20);
  expect(home.rung).toHaveLength(20);
  expect(mostAtOnce(home)).toBeLessThanOrEqual(5);
  expect(enrolmentIds.map((id) => enrolmentById(db, id)!.state)).toEqual(enrolmentIds.map(() => 'done'));
});

test('campaigns share the line: a long list does not keep a short one waiting', async () => {
  const home = aHome();
  const { db } = home.begin();
  setSetting(db, 'workspace', CONCURRENT, 2);
  const long = home.campaign(db, {}, 'Long');
  home.fill(db, long, 20, '01');
  const short = home.campaign(db, {}, 'Short');
  home.fill(db, short, 5, '02');
  await home.clock.advance(30 * SECOND_MS);
  const ends = home.rung.slice(0, 2).map(({ to }) => to.slice(-2));
  expect(ends.sort()).toEqual(['01', '02']);
});

test('the daily limit counts by the campaign’s own midnight, in a night of summer time too', async () => {
  // The clocks of New York go back on the 1st of November; the law there wakes at eight, the campaign at nine.
  const start = instant(Date.UTC(2026, 9, 31, 14));
  const home = aHome(start);
  const { db } = home.begin();
  const windows = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: 9 * 60, to: 19 * 60 }));
  const campaignId = home.campaign(db, { dailyLimit: 4, windows });
  home.fill(db, campaignId, 10, '01');
  await home.clock.advance(2 * DAY_MS + 12 * HOUR_MS);
  const byDay = Map.groupBy(home.rung, ({ at }) => localTime(at, 'America/New_York').date);
  expect([...byDay].map(([date, calls]) => [date, calls.length])).toEqual([
    ['2026-10-31', 4],
    ['2026-11-01', 4],
    ['2026-11-02', 2],
  ]);
  for (const { at } of home.rung) expect(hourIn('America/New_York', at)).toBeGreaterThanOrEqual(9);
});

test('a pause takes effect at once: live calls end by themselves, and nobody else is rung', async () => {
  const home = aHome();
  const { db, background } = home.begin();
  const campaignId = home.campaign(db);
  home.fill(db, campaignId, 12, '02');
  await home.clock.advance(10 * SECOND_MS);
  const begun = home.rung.length;
  expect(begun).toBe(5);
  setCampaignStatus(db, campaignId, 'paused', home.clock.now());
  background.campaignChanged(campaignId);
  await home.clock.advance(3 * HOUR_MS);
  expect(home.rung).toHaveLength(begun);
  expect(enrolmentCounts(db, campaignId)).toMatchObject({ open: 7, 'in-hand': 0, done: 5 });
  expect(home.world.requests().flatMap(({ callRef }) => home.world.interventionsIn(callRef!))).toEqual([]);
});

test('a call that has no name yet when its campaign is stopped at once is hung up as soon as it has', async () => {
  const home = aHome();
  const process = home.begin();
  const { db, background } = process;
  // The carrier takes two seconds before it does anything.
  process.answer = async (...asked) => {
    await sleep(home.clock, 2 * SECOND_MS);
    return home.world.place(...asked);
  };
  const campaignId = home.campaign(db);
  home.fill(db, campaignId, 1, '02');
  await home.clock.advance(5);
  expect(home.rung).toHaveLength(1);
  setCampaignStatus(db, campaignId, 'paused', home.clock.now());
  background.campaignChanged(campaignId);
  background.unwant(campaignId);
  await home.clock.advance(MINUTE_MS);
  const deeds = home.world.interventionsIn(home.world.requests()[0]!.callRef!);
  expect(deeds.map(({ action }) => action.kind)).toEqual(['hang-up']);
});

test('a crash loses nobody and rings nobody twice', async () => {
  const home = aHome();
  const first = home.begin();
  const campaignId = home.campaign(first.db);
  const enrolmentIds = home.fill(first.db, campaignId, 15, '00');
  for (const ms of [5, 60, 4_000, 33_000, 90_000]) {
    await home.clock.advance(ms);
    home.processes[0]!.crash();
    await home.clock.advance(20 * SECOND_MS);
    home.begin();
  }
  await home.clock.advance(3 * HOUR_MS);
  const perAttempt = Map.groupBy(home.rung, ({ attemptId }) => attemptId);
  expect([...perAttempt.values()].every((each) => each.length === 1)).toBe(true);
  expect(enrolmentIds.map((id) => enrolmentById(home.db, id)!.state)).toEqual(enrolmentIds.map(() => 'done'));
  expect(new Set(home.rung.map(({ to }) => to)).size).toBe(15);
});

test('after hours of sleep nothing is made up for: the pace is as ever, and what was missed is noted', async () => {
  const home = aHome();
  const { db } = home.begin();
  const campaignId = home.campaign(db);
  home.fill(db, campaignId, 20, '02');
  await home.clock.advance(5 * SECOND_MS);
  const before = home.rung.length;
  home.clock.jump(after(home.clock.now(), 3 * HOUR_MS));
  await home.clock.advance(31 * SECOND_MS);
  expect(home.rung.length - before).toBeLessThanOrEqual(5);
  expect(mostAtOnce(home)).toBeLessThanOrEqual(5);
  const [missed] = auditOf(db, 'campaign', String(campaignId), 5).rows;
  expect(missed).toMatchObject({ action: 'campaign.missed', agentId: null });
});

test('a night without Parley is no missed window where the campaign was closed all the time', async () => {
  const home = aHome(instant(Date.UTC(2026, 10, 19, 1)));
  const first = home.begin();
  const campaignId = home.campaign(first.db);
  home.fill(first.db, campaignId, 3, '00');
  await home.clock.advance(2 * MINUTE_MS);
  await first.stop();
  await home.clock.advance(8 * HOUR_MS);
  const { db } = home.begin();
  await home.clock.advance(MINUTE_MS);
  expect(auditOf(db, 'campaign', String(campaignId), 5).rows).toEqual([]);
  expect(home.rung).toEqual([]);
});

test('a clock that is set back and forth doubles nothing', async () => {
  const home = aHome();
  const { db } = home.begin();
  const campaignId = home.campaign(db);
  home.fill(db, campaignId, 10, '01');
  await home.clock.advance(8 * SECOND_MS);
  home.clock.jump(after(home.clock.now(), -DAY_MS));
  await home.clock.advance(HOUR_MS);
  home.clock.jump(after(home.clock.now(), DAY_MS));
  await home.clock.advance(3 * HOUR_MS);
  expect(new Set(home.rung.map(({ to }) => to)).size).toBe(10);
  expect(home.rung).toHaveLength(10);
});

test('a burst of failures pauses the campaign with its evidence, and one call at a time finds out when it works again', async () => {
  const home = aHome();
  const process = home.begin();
  const { db } = process;
  const campaignId = home.campaign(db);
  home.fill(db, campaignId, 20, '02');
  process.answer = async () => ({
    kind: 'refused',
    code: '503',
    sentence: 'The carrier is not well.',
    retry: true,
  });
  await home.clock.advance(10 * MINUTE_MS);
  expect(campaignById(db, campaignId)!.status).toBe('paused');
  expect(home.rung.length).toBeLessThanOrEqual(6);
  const [tripped] = auditOf(db, 'campaign', String(campaignId), 5).rows;
  expect(tripped).toMatchObject({
    action: 'campaign.breaker',
    after: { reason: 'The carrier is not well.' },
  });
  expect((tripped!.after as { evidence: unknown[] }).evidence).toHaveLength(5);
  expect(process.notices).toHaveLength(1);
  expect(process.notices[0]).toMatchObject({
    title: '“Spring” was paused',
    path: `/campaigns/${campaignId}`,
  });
  expect(enrolmentCounts(db, campaignId)).toMatchObject({ open: 20, 'in-hand': 0 });

  const before = home.rung.length;
  await home.clock.advance(10 * MINUTE_MS);
  expect(home.rung.length).toBe(before + 1);
  expect(campaignById(db, campaignId)!.status).toBe('paused');

  process.answer = null;
  await home.clock.advance(45 * MINUTE_MS);
  expect(campaignById(db, campaignId)!.status).toBe('active');
  expect(home.rung.length).toBeGreaterThan(before + 3);
});

test('a breaker survives a restart, and whoever starts the campaign by hand need not wait for it', async () => {
  const home = aHome();
  const first = home.begin();
  const campaignId = home.campaign(first.db);
  home.fill(first.db, campaignId, 10, '02');
  first.answer = async () => ({ kind: 'refused', code: '401', sentence: 'Wrong password.', retry: false });
  await home.clock.advance(MINUTE_MS);
  expect(campaignById(first.db, campaignId)!.status).toBe('paused');
  await first.stop();
  const second = home.begin();
  await home.clock.advance(5 * MINUTE_MS);
  const before = home.rung.length;
  expect(campaignById(second.db, campaignId)!.status).toBe('paused');
  setCampaignStatus(second.db, campaignId, 'active', home.clock.now());
  second.background.campaignChanged(campaignId);
  await home.clock.advance(MINUTE_MS);
  expect(home.rung.length).toBe(before + 5);
});

test('whatever was paused by a person stays paused, though a breaker had paused it before', async () => {
  const home = aHome();
  const process = home.begin();
  const campaignId = home.campaign(process.db);
  home.fill(process.db, campaignId, 10, '02');
  process.answer = async () => ({ kind: 'refused', code: '401', sentence: 'Wrong password.', retry: false });
  await home.clock.advance(MINUTE_MS);
  const before = home.rung.length;
  const { db } = process;
  db.$client
    .prepare(
      "INSERT INTO audit (at, agent_id, action, subject, subject_id, before, after) VALUES (?, NULL, 'campaign.stop', 'campaign', ?, NULL, NULL)",
    )
    .run(home.clock.now(), String(campaignId));
  await home.clock.advance(5 * HOUR_MS);
  expect(campaignById(db, campaignId)!.status).toBe('paused');
  expect(home.rung.length).toBe(before);
});

test('a call nobody knows the fate of holds its contact until the carrier has told', async () => {
  const home = aHome();
  const { db } = home.begin();
  const campaignId = home.campaign(db);
  const [enrolmentId] = home.fill(db, campaignId, 1, '40');
  await home.clock.advance(15 * SECOND_MS);
  expect(enrolmentById(db, enrolmentId!)!.state).toBe('in-hand');
  await home.clock.advance(HOUR_MS);
  expect(home.rung).toHaveLength(1);
  expect(outcomeOf(db, home.rung[0]!.attemptId)).not.toBeNull();
  expect(enrolmentById(db, enrolmentId!)).toMatchObject({ attempts: 1 });
  expect(enrolmentById(db, enrolmentId!)!.state).not.toBe('in-hand');
});

test('a number that cannot be rung is no failure of the carrier', async () => {
  const home = aHome();
  const { db } = home.begin();
  const campaignId = home.campaign(db);
  const enrolmentIds = home.fill(db, campaignId, 10, '30');
  await home.clock.advance(HOUR_MS);
  expect(campaignById(db, campaignId)!.status).toBe('active');
  expect(enrolmentIds.map((id) => enrolmentById(db, id)!.lastOutcome)).toEqual(
    enrolmentIds.map(() => 'bad-number'),
  );
});

test('nobody is rung at night, and the day begins without a tick in between', async () => {
  const home = aHome(instant(Date.UTC(2026, 10, 19, 2)));
  const { db } = home.begin();
  const campaignId = home.campaign(db);
  home.fill(db, campaignId, 4, '01');
  await home.clock.advance(13 * HOUR_MS);
  expect(home.rung).toHaveLength(4);
  expect(localTime(home.rung[0]!.at, 'America/New_York')).toMatchObject({ minute: 9 * 60 });
  expect(home.rung[0]!.at).toBeGreaterThan(TEN - DAY_MS);
});
