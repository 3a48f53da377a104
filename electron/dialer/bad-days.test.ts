import { afterEach, expect, test } from 'vitest';
import type { Placed } from '../carriers/carrier.ts';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, SECOND_MS, after } from '../../shared/lib/instants.ts';
import type { Person } from '../../shared/domain/people.ts';
import { KernelHome } from '../testing-kernel.ts';
import { attemptById, insertIntent } from '../store/attempts.ts';
import { callOfAttempt, latestCalls } from '../store/calls.ts';
import { setCampaignDeleted, setCampaignStatus } from '../store/campaigns.ts';
import { addDoNotCall } from '../store/do-not-call.ts';
import { enrolmentById } from '../store/enrolments.ts';
import { outcomeOf } from '../store/outcomes.ts';
import { anAttempt } from '../store/testing.ts';
import { storeTrouble } from '../store/trouble.ts';
import { USUAL_CONCURRENT } from './background-one.ts';

/* Days on which the carrier, the disk, the clock or a colleague gets in between. */

let home: KernelHome;
let expected: string[];
afterEach(async () => {
  // What a test expects in the log it says; nothing else may go wrong unseen.
  expect(home.complaints.map((line) => line.replace(/ attempt \S+ /, ' an attempt '))).toEqual(expected);
  await home.end();
});

/** An agent with one contact in hand, whose number ends like this. */
async function atTheDesk(ends: string, people = 1): Promise<Person> {
  home = new KernelHome();
  expected = [];
  const person = home.agent();
  const campaignId = home.campaign({ voice: 'agent' });
  home.fill(campaignId, people, ends);
  expect(home.kernel.desk.start(person, campaignId, 'preview')).toMatchObject({ ok: true });
  return person;
}

const stateOf = (person: Person) => home.kernel.desk.view(person).session?.state;

function attempts() {
  return home.db.$client
    .prepare('SELECT id, state, trouble, enrolment_id AS enrolmentId FROM attempts ORDER BY rowid')
    .all() as { id: string; state: string; trouble: string | null; enrolmentId: number }[];
}

/** Whatever the carrier is asked for, this is what it says, without ever having heard of a call. */
function carrierSays(answer: () => unknown) {
  home.world.place = async () => answer() as Placed;
}

test.each([
  ['a word nobody knows', () => ({ kind: 'yes' })],
  ['a call without a name', () => ({ kind: 'placed', callRef: '' })],
  ['a refusal without a reason', () => ({ kind: 'refused', retry: true })],
  ['nothing at all', () => undefined],
])('%s for an answer is a question to the carrier, and never a second dial', async (_what, answer) => {
  const person = await atTheDesk('00');
  carrierSays(answer);
  home.kernel.desk.dial(person, null);
  await home.clock.advance(SECOND_MS);
  expect(stateOf(person)).toMatchObject({
    kind: 'trouble',
    what: expect.stringMatching(/could not be understood.*asked before anybody is rung again/) as string,
  });
  await home.clock.advance(5 * MINUTE_MS);
  expect(home.rung).toHaveLength(1);
  expect(attempts()).toMatchObject([
    { state: 'resolved', trouble: expect.stringMatching(/never placed/) as string },
  ]);
  expect(stateOf(person)?.kind).toBe('ready');
});

test('a carrier that breaks down in our hands is asked whether there is a call, and the log knows why', async () => {
  const person = await atTheDesk('00');
  carrierSays(() => {
    throw new Error('a bug of its own');
  });
  home.kernel.desk.dial(person, null);
  await home.clock.advance(5 * MINUTE_MS);
  expect(home.rung).toHaveLength(1);
  expect(attempts()).toMatchObject([{ state: 'resolved' }]);
  expected = ['asking the carrier about an attempt failed Error: a bug of its own'];
});

test.each(['timeout-before', 'timeout-after', '5xx-before', '5xx-after'] as const)(
  'after a %s the carrier is asked, and whoever was rung was rung once',
  async (fault) => {
    const person = await atTheDesk('02');
    home.world.nextPlace(fault);
    home.kernel.desk.dial(person, null);
    await home.clock.advance(10_500);
    const isTaken = fault.endsWith('after');
    const { id } = attempts()[0]!;
    await home.clock.advance(2 * MINUTE_MS);
    expect(home.rung).toHaveLength(1);
    expect(callOfAttempt(home.db, id) === null).toBe(!isTaken);
    expect(stateOf(person)?.kind).toBe(isTaken ? 'connected' : 'ready');
    if (!isTaken) expect(attemptById(home.db, id)?.trouble).toMatch(/never placed/);
    await home.kernel.desk.hangUp(person);
  },
);

test.each([
  ['a minute and a half where it says so', 90 * SECOND_MS, 90 * SECOND_MS],
  ['a few seconds where it does not', undefined, 5 * SECOND_MS],
  ['no longer than an hour, whatever it says', 30 * DAY_MS, HOUR_MS],
])('a carrier that takes no more calls is left alone for %s', async (_what, retryAfterMs, restMs) => {
  const person = await atTheDesk('00', 3);
  const sentence =
    'The carrier takes no more calls this second. Nobody was rung; trying again shortly is safe.';
  carrierSays(() => ({ kind: 'refused', code: '429', sentence, retry: true, retryAfterMs }));
  home.kernel.desk.dial(person, null);
  await home.clock.advance(100);
  const refusedAt = home.rung[0]!.at;
  expect(home.kernel.desk.view(person)).toMatchObject({
    session: { state: { kind: 'ready' } },
    waiting: { sentence, until: after(refusedAt, restMs) },
  });
  await home.clock.advance(restMs - 1_000);
  expect(home.rung).toHaveLength(1);
  await home.clock.advance(61_000);
  expect(stateOf(person)?.kind).toBe('previewing');
});

test('on a full disk no intent can be written, so nobody is rung; with space again the same key dials', async () => {
  const person = await atTheDesk('02');
  const sqlite = home.db.$client;
  const pages = sqlite.pragma('page_count', { simple: true }) as number;
  sqlite.pragma(`max_page_count = ${pages}`);
  const filler = { reason: 'x'.repeat(1_800) };
  const fill = () => {
    for (let nth = 0; nth < 1_000; nth++)
      insertIntent(home.db, anAttempt({ to: `+1212555${9_000 + nth}` as never }), filler as never);
  };
  expect(fill).toThrow(/full/);
  sqlite.prepare("UPDATE attempts SET state = 'refused', closed_at = 1").run();
  const before = stateOf(person);
  const filled = attempts().length;

  let thrown: unknown = null;
  try {
    home.kernel.desk.dial(person, null);
  } catch (error) {
    thrown = error;
  }
  expect(storeTrouble('', thrown)?.sentence).toMatch(/The disk is full.*no calls are made\. Free some space/);
  await home.clock.advance(MINUTE_MS);
  expect(home.rung).toEqual([]);
  expect(attempts()).toHaveLength(filled);
  expect(stateOf(person)).toEqual(before);

  sqlite.pragma('max_page_count = 1000000');
  expect(home.kernel.desk.dial(person, null)).toMatchObject({ ok: true });
  await home.clock.advance(MINUTE_MS);
  expect(home.rung).toHaveLength(1);
  await home.kernel.desk.hangUp(person);
  expected = home.complaints.filter((line) => /full/.test(line));
});

test('whoever asks to be left alone while an agent looks at their card is not rung, and the agent reads why', async () => {
  const person = await atTheDesk('00');
  const { contact } = home.kernel.desk.view(person);
  expect(contact?.name).toMatch(/Maria/);
  const listed = {
    kind: 'number',
    reason: 'asked not to be called',
    byAgent: null,
    madeByAttempt: null,
  } as const;
  addDoNotCall(home.db, { ...listed, value: '+12125550100', since: home.clock.now() });
  const answer = home.kernel.desk.dial(person, null);
  expect(answer).toMatchObject({
    ok: false,
    error: { sentence: expect.stringMatching(/do.not.call|left alone|not to be called/i) as string },
  });
  await home.clock.advance(MINUTE_MS);
  expect(home.rung).toEqual([]);
});

test('whoever is put on do-not-call in the seconds before a call by itself is passed over', async () => {
  home = new KernelHome();
  expected = [];
  const person = home.agent();
  const campaignId = home.campaign({ voice: 'agent', leadInMs: 5_000 });
  const [enrolmentId] = home.fill(campaignId, 1, '00');
  home.kernel.desk.start(person, campaignId, 'power');
  expect(stateOf(person)?.kind).toBe('previewing');
  await home.clock.advance(4_000);
  const listed = {
    kind: 'number',
    reason: 'asked not to be called',
    byAgent: null,
    madeByAttempt: null,
  } as const;
  addDoNotCall(home.db, { ...listed, value: '+12125550100', since: home.clock.now() });
  await home.clock.advance(10 * MINUTE_MS);
  expect(home.rung).toEqual([]);
  expect(enrolmentById(home.db, enrolmentId!)).toMatchObject({ state: 'never', lastOutcome: 'do-not-call' });
});

test('the calls of a campaign that is deleted are followed to their end, and what came of them is kept', async () => {
  home = new KernelHome();
  expected = [];
  const campaignId = home.campaign();
  home.fill(campaignId, 12, '00');
  home.kernel.background.wake();
  while (latestCalls(home.db, { limit: 9 }).rows.length < 3) await home.clock.advance(SECOND_MS);
  setCampaignStatus(home.db, campaignId, 'paused', home.clock.now());
  setCampaignDeleted(home.db, campaignId, home.clock.now());
  home.kernel.campaignChanged(campaignId, false);
  const begun = attempts();
  await home.clock.advance(HOUR_MS);
  expect(attempts().map(({ id }) => id)).toEqual(begun.map(({ id }) => id));
  for (const { id } of begun) {
    expect(attemptById(home.db, id)?.state).toBe('resolved');
    expect(callOfAttempt(home.db, id)).toMatchObject({
      status: 'ended',
      costMicros: expect.any(Number) as number,
    });
    expect(outcomeOf(home.db, id)).not.toBeNull();
  }
});

test('a clock set a day ahead and back again makes nobody’s phone ring twice, and makes up for nothing', async () => {
  home = new KernelHome();
  expected = [];
  const campaignId = home.campaign({ attemptsMax: 1 });
  home.fill(campaignId, 20, '21');
  home.kernel.background.wake();
  await home.clock.advance(20 * SECOND_MS);
  for (const days of [1, -1, -1, 1]) {
    home.clock.jump(after(home.clock.now(), days * DAY_MS));
    const before = home.rung.length;
    for (let second = 0; second < 10; second++) {
      await home.clock.advance(SECOND_MS);
      expect(openNow()).toBeLessThanOrEqual(USUAL_CONCURRENT);
    }
    // As many as there are lines, once those calls are over that the jump has ended.
    expect(home.rung.length - before).toBeLessThanOrEqual(USUAL_CONCURRENT);
  }
  await home.clock.advance(3 * HOUR_MS);
  expect(home.rung).toHaveLength(20);
  expect(new Set(home.rung.map(({ to }) => to)).size).toBe(20);
});

function openNow(): number {
  return attempts().filter(({ state }) => state !== 'resolved' && state !== 'refused').length;
}

test.each([
  ['53', 'completed', null],
  ['54', 'busy', null],
])('a call of which no event ever arrives (…%s) is followed by asking, to its bill', async (ends, end) => {
  const person = await atTheDesk(ends);
  home.kernel.desk.dial(person, null);
  await home.clock.advance(45 * MINUTE_MS);
  const { id } = attempts()[0]!;
  expect(callOfAttempt(home.db, id)).toMatchObject({
    status: 'ended',
    end,
    costMicros: expect.any(Number) as number,
  });
  expect(attemptById(home.db, id)?.state).toBe('resolved');
});

test('a call that its carrier has forgotten is closed after minutes of asking, and its number is free again', async () => {
  const person = await atTheDesk('53');
  home.kernel.desk.dial(person, null);
  await home.clock.advance(SECOND_MS);
  await home.stop();
  home.world.fetch = async () => null;
  home.begin();
  const { id } = attempts()[0]!;
  await home.clock.advance(4 * MINUTE_MS);
  expect(callOfAttempt(home.db, id)?.status).toBe('queued');
  await home.clock.advance(3 * MINUTE_MS);
  expect(callOfAttempt(home.db, id)).toMatchObject({
    status: 'ended',
    errorSentence: 'The carrier no longer knows this call.',
  });
  expect(attemptById(home.db, id)?.state).toBe('resolved');
  expect(stateOf(person)?.kind).toBe('wrap-up');
  expect(home.rung).toHaveLength(1);
});

test('a call that its carrier does not know twice, minutes apart and with silence in between, is not given up', async () => {
  const person = await atTheDesk('53');
  home.kernel.desk.dial(person, null);
  await home.clock.advance(SECOND_MS);
  await home.stop();
  const { fetch } = home.world;
  const silentUntil = home.clock.now() + 6 * MINUTE_MS;
  let unknown = 0;
  home.world.fetch = async (callRef) => {
    const isSilent = unknown === 1 && home.clock.now() < silentUntil;
    if (isSilent) return { kind: 'unreachable', sentence: 'Nobody answers.' };
    unknown += 1;
    return unknown <= 2 ? null : fetch(callRef);
  };
  home.begin();
  await home.clock.advance(8 * MINUTE_MS);
  expect(unknown).toBeGreaterThan(2);
  const { id } = attempts()[0]!;
  expect(callOfAttempt(home.db, id)?.errorSentence ?? null).toBeNull();
});

test('an event of a call nobody knows is kept with its reason, and acted on once somebody does', async () => {
  home = new KernelHome();
  expected = [];
  const { kernel, clock, db } = home;
  const at: Instant = clock.now();
  const early = anAttempt({ intendedAt: at });
  const ends = { key: 'e', at, facts: { status: 'ended', end: 'busy', endedBy: 'carrier' } } as const;
  kernel.intake.now({ callRef: 'early-1', attemptId: early.id, event: ends });
  const letters = () => kernel.deadLetters.page(9).rows;
  expect(letters()).toMatchObject([{ reason: 'No call and no attempt of ours belongs to this event.' }]);
  const letter = letters()[0]!;

  expect(kernel.deadLetters.redeliver(letter.deadLetterId, null)).toMatchObject({
    ok: false,
    error: expect.stringMatching(/^It still cannot be acted on, and is kept\. No call/) as string,
  });
  expect(letters()).toHaveLength(1);

  insertIntent(db, early, { kind: 'ring' });
  expect(kernel.deadLetters.redeliver(letters()[0]!.deadLetterId, null)).toEqual({ ok: true, value: null });
  expect(letters()).toEqual([]);
  expect(callOfAttempt(db, early.id)).toMatchObject({ status: 'ended', end: 'busy' });
  expect(attemptById(db, early.id)?.state).toBe('resolved');
  expect(kernel.deadLetters.redeliver(letter.deadLetterId, null)).toMatchObject({ ok: false });
});

test('events that come together are one commit, each counts once, and one that stumbles is set aside alone', async () => {
  home = new KernelHome();
  expected = [];
  const { kernel, db, clock } = home;
  const ours = anAttempt({ intendedAt: clock.now() });
  insertIntent(db, ours, { kind: 'ring' });
  const at = clock.now();
  const rings = { key: 'r', at, facts: { status: 'ringing' } } as const;
  const ends = { key: 'e', at: after(at, 9), facts: { status: 'ended', end: 'busy' } } as const;
  const tell = (attemptId: string | null, callRef: string, event: typeof rings | typeof ends) =>
    kernel.intake.soon({ callRef, attemptId, event });
  const stumbles = anAttempt({ intendedAt: at, to: '+12125550142' as never });
  insertIntent(db, stumbles, { kind: 'ring' });
  await Promise.all([
    tell(ours.id, 'c1', rings),
    tell(stumbles.id, 'c2', { ...ends, facts: { costMicros: 'much' } } as never),
    tell(ours.id, 'c1', rings),
    tell(ours.id, 'c1', ends),
  ]);
  expect(callOfAttempt(db, ours.id)).toMatchObject({ status: 'ended', end: 'busy', ringingAt: at });
  expect(kernel.deadLetters.page(9).rows).toMatchObject([
    { callRef: 'c2', reason: expect.stringMatching(/^Acting on it failed: /) as string },
  ]);
});

test('an event that a full disk cannot keep is told so to whoever brought it, and is kept when brought again', async () => {
  home = new KernelHome();
  expected = [];
  const { kernel, db, clock } = home;
  const ours = anAttempt({ intendedAt: clock.now() });
  insertIntent(db, ours, { kind: 'ring' });
  const sqlite = db.$client;
  sqlite.pragma(`max_page_count = ${sqlite.pragma('page_count', { simple: true }) as number}`);
  let told = 0;
  const tellNext = () => {
    const at = after(clock.now(), told);
    const facts = { status: 'ringing', rawStatus: `ringing ${'on '.repeat(200)}` } as const;
    const event = { key: `k${String(told).padStart(4, '0')}`, at, facts };
    return kernel.intake.soon({ callRef: 'c1', attemptId: ours.id, event });
  };
  await expect(
    (async () => {
      for (; told < 500; told++) await tellNext();
    })(),
  ).rejects.toThrow(/full/);
  const kept = () => sqlite.prepare('SELECT count(*) FROM inbox').pluck().get();
  const counted = () => sqlite.prepare('SELECT count(*) FROM call_events').pluck().get();
  expect([kept(), counted()]).toEqual([told, told]);
  sqlite.pragma('max_page_count = 1000000');
  await tellNext();
  expect([kept(), counted()]).toEqual([told + 1, told + 1]);
  expect(callOfAttempt(db, ours.id)).toMatchObject({ status: 'ringing' });
  expect(kernel.deadLetters.page(9).rows).toEqual([]);
});
