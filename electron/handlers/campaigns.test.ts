import { afterEach, expect, test } from 'vitest';
import type { CampaignRow, CampaignSheet } from '../../shared/contract/campaigns.ts';
import type { DeskView } from '../../shared/contract/desk.ts';
import { HOUR_MS, SECOND_MS, instant } from '../../shared/lib/instants.ts';
import { auditOf } from '../store/audit.ts';
import { campaignFigures, recountCampaign } from '../store/campaign-figures.ts';
import { type TestHouse, aHouse } from './testing-house.ts';

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

const sheetOf = (house: TestHouse, id = PRACTICE) => house.get<CampaignSheet>('campaigns.get', { id });

async function rowOf(house: TestHouse, id = PRACTICE): Promise<CampaignRow | undefined> {
  const rows = await house.get<CampaignRow[]>('campaigns.list');
  return rows.find((row) => row.id === id);
}

async function aDraft(house: TestHouse, template = 'lead-follow-up'): Promise<CampaignSheet> {
  return house.get<CampaignSheet>('campaigns.create', { name: 'Spring', template });
}

async function withPeople(house: TestHouse): Promise<CampaignSheet> {
  const { id } = await aDraft(house);
  await house.get('campaigns.addPeople', { id, listId: 1, search: '' });
  await house.clock.advance(SECOND_MS);
  return sheetOf(house, id);
}

test('a new campaign is a draft from its template, in the zone at home, with the number others show', async () => {
  const house = await aPractice();
  const templates = await house.get<{ id: string }[]>('campaigns.templates');
  expect(templates.map(({ id }) => id)).toEqual(['customer-calls', 'ai-reminder', 'lead-follow-up']);
  for (const { id } of templates) {
    const made = await aDraft(house, id);
    expect(made).toMatchObject({ status: 'draft', version: 1, contacts: 0, callerId: '+12125550100' });
    expect(made.rules.zone).toBe('America/New_York');
    expect(made.script.length).toBeGreaterThan(0);
  }
  expect(await house.no('campaigns.create', { name: 'Spring', template: 'nothing' })).toContain(
    'not-found: There is no template “nothing”. Choose one of customer-calls,',
  );
});

test('people are weighed before they come in, come in once, and leave only untried', async () => {
  const house = await aPractice();
  const { id } = await aDraft(house);
  const all = { id, listId: 1, search: '' };
  expect(await house.get('campaigns.weighPeople', all)).toEqual({
    found: 25,
    new: 25,
    withoutNumber: 0,
    doNotCall: 0,
  });
  expect(await house.get('campaigns.weighPeople', { id, listId: null, search: 'maria' })).toMatchObject({
    found: 1,
    new: 1,
  });
  expect(await house.get('campaigns.addPeople', { ...all, search: 'maria' })).toEqual({ added: 1 });
  expect(await house.get('campaigns.addPeople', all)).toEqual({ added: 24 });
  expect(await house.get('campaigns.addPeople', all)).toEqual({ added: 0 });
  expect(await sheetOf(house, id)).toMatchObject({
    contacts: 25,
    sources: [{ listId: 1, name: 'Practice list', contacts: 25 }],
  });
  house.db.$client
    .prepare('UPDATE enrolments SET attempts = 1 WHERE campaign_id = ? AND contact_id <= 5')
    .run(id);
  expect(await house.get('campaigns.removePeople', { id, listId: 1 })).toEqual({ removed: 20, stayed: 5 });
  expect((await rowOf(house, id))?.contacts).toBe(5);
});

test('a campaign is not started without people, without hours or without a number to show', async () => {
  const house = await aPractice();
  const { id } = await aDraft(house);
  const start = { id, status: 'active' };
  expect(await house.no('campaigns.setStatus', start)).toBe(
    'not-now: “Spring” has no people yet. Add a list to it first.',
  );
  const { rules, version } = await withPeople(house);
  const full = (await house.get<CampaignRow[]>('campaigns.list')).at(-1)!.id;
  await house.get('campaigns.change', { id: full, version, rules: { ...rules, windows: [] } });
  expect(await house.no('campaigns.setStatus', { ...start, id: full })).toBe(
    'not-now: “Spring” has no hours: with no window open nobody would be rung. Open one first.',
  );
  await house.get('campaigns.change', { id: full, version: version + 1, rules, callerId: '' });
  expect(await house.no('campaigns.setStatus', { ...start, id: full })).toBe(
    'not-now: “Spring” has no number to show to those who are rung. Choose one first.',
  );
});

test('whoever saves second is told who changed what, and nothing of theirs is kept', async () => {
  const house = await aPractice();
  const seen = await sheetOf(house);
  const saved = await house.get<CampaignSheet>('campaigns.change', {
    id: PRACTICE,
    version: seen.version,
    name: 'Autumn',
    rules: { ...seen.rules, attemptsMax: 3 },
  });
  expect(saved).toMatchObject({ name: 'Autumn', version: seen.version + 1, rules: { attemptsMax: 3 } });
  const second = { id: PRACTICE, version: seen.version, mode: 'preview' };
  expect(await house.no('campaigns.change', second)).toBe(
    'conflict: Ann changed the name and the rules at 13:00, after you had opened it. Nothing of yours was saved. Look at the campaign as it is now, then make your change again.',
  );
  expect(await sheetOf(house)).toMatchObject({ mode: 'power', version: saved.version });
  expect(await house.get('campaigns.change', { ...second, version: saved.version })).toMatchObject({
    mode: 'preview',
  });
});

test('saving what is there already changes nothing, and leaves no line behind', async () => {
  const house = await aPractice();
  const seen = await sheetOf(house);
  const { name, mode, rules, callerId, script, version } = seen;
  const before = auditOf(house.db, 'campaign', '1', 50).rows.length;
  await house.get('campaigns.change', { id: PRACTICE, version, name, mode, rules, callerId, script });
  expect(await sheetOf(house)).toEqual(seen);
  expect(auditOf(house.db, 'campaign', '1', 50).rows).toHaveLength(before);
});

test('every impossible rule is refused with its sentence, and nothing of it is kept', async () => {
  const house = await aPractice();
  const seen = await sheetOf(house);
  const tries: [object, string][] = [
    [{ zone: 'EST' }, 'Write America/New_York if that is the place.'],
    [{ zone: 'Mars/Olympus' }, 'There is no time zone “Mars/Olympus”.'],
    [{ windows: [{ weekday: 1, from: 540, to: 540 }] }, 'cannot begin and end at the same time'],
    [{ windows: [{ weekday: 1, from: 540, to: 1e9 }] }, 'bad-arguments'],
    [{ windows: [{ weekday: 8, from: 540, to: 600 }] }, 'bad-arguments'],
    [{ startsOn: '2026-02-30' }, 'This date is not on the calendar.'],
    [{ endsOn: '2027-02-29' }, 'This date is not on the calendar.'],
    [{ dailyLimit: 1e15 }, 'bad-arguments'],
    [{ coolDownMs: Number.MAX_SAFE_INTEGER }, 'bad-arguments'],
    [{ startsOn: '2026-12-02', endsOn: '2026-12-01' }, 'would end on 2026-12-01, before it begins'],
    [{ attemptsMax: 0 }, 'At least one attempt is needed.'],
    [{ attemptsMax: 1e12 }, 'this Parley does not understand'],
    [{ ringMs: 5_000 }, 'A call rings for at least 15 seconds'],
    [{ windows: [] }, 'Without a single window a running campaign would ring nobody.'],
  ];
  for (const [wrong, sentence] of tries) {
    const change = { id: PRACTICE, version: seen.version, name: 'Wrong', rules: { ...seen.rules, ...wrong } };
    const told = await house.no('campaigns.change', change);
    expect(told).toMatch(/^bad-arguments: /);
    expect(told).toContain(sentence);
  }
  const number = { id: PRACTICE, version: seen.version, callerId: '12' };
  expect(await house.no('campaigns.change', number)).toContain('The number we show cannot be kept.');
  expect(await sheetOf(house)).toEqual(seen);
});

test('a window that ends before it begins is a night, and is kept as one', async () => {
  const house = await aPractice();
  const { rules, version } = await sheetOf(house);
  const windows = [...rules.windows, { weekday: 5, from: 22 * 60, to: 2 * 60 }];
  const saved = await house.get<CampaignSheet>('campaigns.change', {
    id: PRACTICE,
    version,
    rules: { ...rules, windows },
  });
  expect(saved.rules.windows.at(-1)).toEqual({ weekday: 5, from: 1320, to: 120 });
});

test('rules that shut everybody out are refused with how many each rule shuts out', async () => {
  const house = await aPractice();
  const { rules, version } = await sheetOf(house);
  // At three in the morning in New York it is ten at night in Honolulu: too late or too early everywhere.
  const windows = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: 180, to: 240 }));
  const wished = { id: PRACTICE, version, rules: { ...rules, windows } };
  const told = await house.no('campaigns.change', wished);
  expect(told).toContain('bad-arguments: With these rules nobody could be rung within the next two weeks. ');
  expect(told).toMatch(/Campaign hours: 25\. So they were not saved\.$/);
  // Before anybody saves, nothing is said about saving.
  const { trouble } = await house.get<{ trouble: string }>('campaigns.effect', {
    id: PRACTICE,
    rules: wished.rules,
  });
  expect(trouble).toMatch(/two weeks\. .*Campaign hours: 25\.$/);
  expect((await sheetOf(house)).rules).toEqual(rules);
});

test('agents may look and not change', async () => {
  const house = await aPractice();
  const { id } = await house.get<{ id: number }>('people.add', { name: 'Bo', role: 'agent' });
  await house.get('people.signIn', { id, pin: null });
  await house.get('campaigns.list');
  await house.get('campaigns.whyNot', { id: PRACTICE });
  expect(await house.no('campaigns.setStatus', { id: PRACTICE, status: 'paused' })).toMatch(/^not-allowed/);
  expect(await house.no('campaigns.remove', { id: PRACTICE })).toMatch(/^not-allowed/);
});

test('a deleted campaign is out of sight and rings nobody; brought back it is as it was, but paused', async () => {
  const house = await aPractice();
  const before = await rowOf(house);
  await house.get('campaigns.remove', { id: PRACTICE });
  expect(await rowOf(house)).toBeUndefined();
  expect(await house.no('campaigns.get', { id: PRACTICE })).toBe('not-found: This campaign is gone.');
  expect(await house.no('desk.start', { campaignId: PRACTICE, mode: 'preview' })).not.toBe('it was done');
  const back = await house.get<CampaignRow>('campaigns.restore', { id: PRACTICE });
  expect(back).toMatchObject({ name: before?.name, contacts: before?.contacts, status: 'paused' });
});

test('each change has its line in the audit trail', async () => {
  const house = await aPractice();
  const { id, version } = await withPeople(house);
  await house.get('campaigns.change', { id, version, name: 'Summer' });
  await house.get('campaigns.setStatus', { id, status: 'active' });
  await house.get('campaigns.stop', { id, how: 'after-calls' });
  await house.get('campaigns.setStatus', { id, status: 'completed' });
  await house.get('campaigns.setStatus', { id, status: 'archived' });
  await house.get('campaigns.removePeople', { id, listId: 1 });
  await house.get('campaigns.remove', { id });
  await house.get('campaigns.restore', { id });
  const lines = auditOf(house.db, 'campaign', String(id), 50).rows.toReversed();
  expect(lines.map(({ action, who }) => [action, who])).toEqual(
    [
      'people-added',
      'change',
      'status',
      'stop',
      'status',
      'status',
      'people-removed',
      'delete',
      'restore',
    ].map((action) => [`campaign.${action}`, 'Ann']),
  );
});

test('a copy has the rules and the script, is a draft, and has nobody in it', async () => {
  const house = await aPractice();
  const original = await sheetOf(house);
  const copy = await house.get<CampaignSheet>('campaigns.duplicate', { id: PRACTICE });
  expect(copy).toMatchObject({ name: 'Practice (copy)', status: 'draft', contacts: 0 });
  expect(copy.rules).toEqual(original.rules);
  expect(copy.script).toEqual(original.script);
  const second = await house.get<CampaignSheet>('campaigns.duplicate', { id: copy.id });
  expect(second.name).toBe('Practice (copy 2)');
  const changed = {
    id: second.id,
    version: 1,
    script: [{ key: 's1', kind: 'say', title: 'New', text: 'Hello.', branches: [] }],
  };
  await house.get('campaigns.change', changed);
  expect((await sheetOf(house)).script).toEqual(original.script);
});

test('everybody in a campaign is in one segment, and each segment opens the people behind it', async () => {
  const house = await aPractice();
  interface WhyNot {
    total: number;
    dialable: number;
    segments: { rule: string; count: number; sentence: string }[];
  }
  const why = await house.get<WhyNot>('campaigns.whyNot', { id: PRACTICE });
  expect(why.total).toBe(25);
  expect(why.dialable + why.segments.reduce((sum, { count }) => sum + count, 0)).toBe(25);
  const seen = new Set<number>();
  for (const { rule, count } of [...why.segments, { rule: 'ring', count: why.dialable }]) {
    const page = await house.get<{ rows: { contactId: number; why: string }[]; next: number | null }>(
      'campaigns.whyNotWho',
      { id: PRACTICE, rule, after: null },
    );
    expect(page.rows).toHaveLength(count);
    for (const { contactId, why: sentence } of page.rows) {
      seen.add(contactId);
      const told = await house.get<{ verdict: { kind: string; sentence: string } }>('campaigns.explain', {
        id: PRACTICE,
        contactId,
      });
      expect(told.verdict.sentence).toBe(sentence);
      expect(told.verdict.kind === 'ring').toBe(rule === 'ring');
    }
  }
  expect(seen.size).toBe(25);
});

test('the first who would be rung are those who are rung, in that order', async () => {
  const house = await aPractice();
  const first = await house.get<{ name: string; why: string }[]>('campaigns.first', {
    id: PRACTICE,
    count: 3,
  });
  expect(first).toHaveLength(3);
  expect(first.every(({ why }) => why !== '')).toBe(true);
  await house.get('desk.start', { campaignId: PRACTICE, mode: 'preview' });
  const rung: string[] = [];
  for (let nth = 0; nth < 3; nth++) {
    const view = await house.get<DeskView>('desk.view');
    rung.push(view.contact?.name ?? '');
    await house.get('desk.skip', { reason: 'not now' });
  }
  expect(rung).toEqual(first.map(({ name }) => name));
});

/** Rings the next contact who answers, and returns once they are on the line. */
async function inCall(house: TestHouse): Promise<DeskView> {
  await house.get('desk.start', { campaignId: PRACTICE, mode: 'preview' });
  await house.get('desk.dialNumber', { text: '+1 206 555 0102' });
  for (let waited = 0; waited < 60; waited++) {
    const view = await house.get<DeskView>('desk.view');
    if (view.session?.state.kind === 'connected') return view;
    await house.clock.advance(SECOND_MS);
  }
  throw new Error('nobody answered within a minute');
}

function attemptIdIn(view: DeskView): string {
  const state = view.session?.state;
  return state !== undefined && 'attemptId' in state ? state.attemptId : '';
}

test('stopping after the calls lets them end by themselves; stopping at once hangs them up', async () => {
  for (const [how, state] of [
    ['after-calls', 'connected'],
    ['at-once', 'wrap-up'],
  ] as const) {
    const house = await aPractice();
    await inCall(house);
    expect(await house.get('campaigns.stop', { id: PRACTICE, how })).toMatchObject({ status: 'paused' });
    await house.clock.advance(3 * SECOND_MS);
    const view = await house.get<DeskView>('desk.view');
    expect([how, view.session?.state.kind]).toEqual([how, state]);
  }
});

test('stopping puts back whoever was in hand, and nobody new is staged', async () => {
  const house = await aPractice();
  await house.get('desk.start', { campaignId: PRACTICE, mode: 'preview' });
  expect((await house.get<DeskView>('desk.view')).session?.state.kind).toBe('previewing');
  await house.get('campaigns.stop', { id: PRACTICE, how: 'after-calls' });
  await house.clock.advance(10 * 60 * SECOND_MS);
  const held = house.db.$client
    .prepare("SELECT count(*) AS n FROM enrolments WHERE state = 'in-hand'")
    .get() as { n: number };
  expect(held.n).toBe(0);
  expect((await house.get<DeskView>('desk.view')).contact).toBeNull();
});

test('the figures kept are those a recount finds, through calls, outcomes and outcomes taken back', async () => {
  const house = await aPractice();
  const view = await inCall(house);
  await house.get('desk.hangUp');
  await house.clock.advance(5 * SECOND_MS);
  const filing = {
    attemptId: attemptIdIn(view),
    dispositionId: 'qualified',
    note: '',
    callbackAt: null,
  };
  await house.get('desk.file', filing);
  const sold = { attempts: 1, reached: 1, successes: 1 };
  expect(campaignFigures(house.db, PRACTICE)).toEqual(sold);
  expect(recountCampaign(house.db, PRACTICE)).toEqual(sold);
  await house.get('desk.undo');
  expect(campaignFigures(house.db, PRACTICE)).toEqual({ ...sold, successes: 0 });
  expect(recountCampaign(house.db, PRACTICE)).toEqual({ ...sold, successes: 0 });
  expect(await rowOf(house)).toMatchObject({ attempts: 1, reached: 1 });
});

test('a check-up says which one it is', async () => {
  const house = await aPractice();
  type Check = { what: string; passed: boolean; sentence: string; goTo: string | null };
  const failing = async () =>
    (await house.get<Check[]>('campaigns.checkUp', { id: PRACTICE })).filter(({ passed }) => !passed);
  expect((await failing()).map(({ what }) => what)).toEqual(['Agents']);
  await house.get('desk.start', { campaignId: PRACTICE, mode: 'preview' });
  expect(await failing()).toEqual([]);
  await house.get('campaigns.setStatus', { id: PRACTICE, status: 'paused' });
  expect((await failing()).map(({ what }) => what)).toEqual(['Running']);
  await house.get('campaigns.setStatus', { id: PRACTICE, status: 'active' });
  const { rules, version } = await sheetOf(house);
  const windows = rules.windows.map((each) => ({ ...each, from: 540, to: 660 }));
  await house.get('campaigns.change', { id: PRACTICE, version, rules: { ...rules, windows } });
  const closed = await failing();
  expect(closed.map(({ what }) => what)).toEqual(['Hours', 'Somebody to ring']);
  expect(closed[0]?.sentence).toContain('open next on Thu 9:00');
  expect(closed[0]?.goTo).toBe(`/campaigns/${PRACTICE}?tab=rules`);
});

test('the live view tells who is at work, what the day has come to, and the last hour by minutes', async () => {
  const house = await aPractice();
  await inCall(house);
  const live = await house.get<{
    agents: { name: string; state: string }[];
    today: { attempts: number; reached: number };
    minutes: { attempts: number; reached: number }[];
  }>('campaigns.live', { id: PRACTICE });
  expect(live.agents).toMatchObject([{ name: 'Ann', state: 'connected' }]);
  expect(live.today).toMatchObject({ attempts: 1, reached: 1 });
  expect(live.minutes).toHaveLength(60);
  expect(live.minutes.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(1);
});

test('an outcome rests a contact for as long as the campaign says', async () => {
  const house = await aPractice();
  const { rules, version } = await sheetOf(house);
  await house.get('campaigns.change', {
    id: PRACTICE,
    version,
    rules: { ...rules, retryMs: { 'no-answer': 2 * HOUR_MS } },
  });
  await house.get('desk.start', { campaignId: PRACTICE, mode: 'preview' });
  const before = await house.get<DeskView>('desk.view');
  await house.get('desk.dial', { numberId: null });
  await house.clock.advance(2 * SECOND_MS);
  const dialed = await house.get<DeskView>('desk.view');
  await house.get('desk.hangUp');
  await house.clock.advance(5 * SECOND_MS);
  const filedAt = house.clock.now();
  await house.get('desk.file', {
    attemptId: attemptIdIn(dialed),
    dispositionId: 'no-answer',
    note: '',
    callbackAt: null,
  });
  const row = house.db.$client
    .prepare(
      'SELECT rest_until - rest_from AS restMs, due_at FROM enrolments WHERE campaign_id = 1 AND contact_id = ?',
    )
    .get(before.contact!.id) as { restMs: number; due_at: number };
  expect(row.restMs).toBe(2 * HOUR_MS);
  expect(row.due_at).toBeGreaterThanOrEqual(filedAt + 2 * HOUR_MS);
});
