import { expect, test } from 'vitest';
import { usualRules } from '../../shared/domain/campaign.ts';
import { storyOf } from '../../shared/domain/call.ts';
import { simulatedClock } from '../../shared/lib/simulated-clock.ts';
import { after } from '../../shared/lib/instants.ts';
import { agentById, agentLeaves, agentsHere, changeAgent, pinOf, setPin } from './agents.ts';
import { insertIntent, markAttempt } from './attempts.ts';
import { appendAudit, auditOf, auditPage } from './audit.ts';
import { insertCall, saveStory } from './calls.ts';
import {
  callerIdsOf,
  campaignById,
  campaignsOf,
  changeCampaign,
  saveCallerId,
  setCampaignStatus,
} from './campaigns.ts';
import { closeStore } from './open.ts';
import { fileOutcome } from './outcomes.ts';
import {
  deleteRecording,
  failRecording,
  keepRecording,
  keptBytes,
  recordingOf,
  wantRecording,
  wantedRecordings,
} from './recordings.ts';
import { addScript, latestScript, scriptById } from './scripts.ts';
import { setSetting, setting, settingsOf } from './settings.ts';
import { NOON, aCampaign, aNumber, aStore, anAgent, anAttempt, inFolder } from './testing.ts';
import { dayOf } from './today.ts';
import { SLICE_ROWS, inSlices, openWorkerStore } from './worker-connection.ts';

test('people are renamed, promoted and leave, and old calls still know who they were', () => {
  const db = aStore();
  const id = anAgent(db);
  changeAgent(db, id, { name: 'Ada L.', role: 'supervisor' });
  expect(agentsHere(db)).toEqual([{ id, name: 'Ada L.', role: 'supervisor', hasPin: false }]);
  agentLeaves(db, id, NOON);
  expect(agentsHere(db)).toEqual([]);
  expect(agentById(db, id)?.name).toBe('Ada L.');
});

test('of a PIN only salt and hash are kept, and they can be taken away', () => {
  const db = aStore();
  const id = anAgent(db);
  setPin(db, id, { salt: 's', hash: 'h' });
  expect(pinOf(db, id)).toEqual({ salt: 's', hash: 'h' });
  expect(agentById(db, id)?.hasPin).toBe(true);
  setPin(db, id, null);
  expect(pinOf(db, id)).toBeNull();
});

test('a setting belongs to one scope; setting it to nothing takes it away', () => {
  const db = aStore();
  setSetting(db, 'agent:1', 'density', 'compact');
  setSetting(db, 'agent:1', 'density', { rows: 3 });
  expect(setting(db, 'agent:1', 'density')).toEqual({ rows: 3 });
  expect(setting(db, 'agent:2', 'density')).toBeNull();
  setSetting(db, 'agent:1', 'sounds', false);
  expect(settingsOf(db, 'agent:1')).toEqual({ density: { rows: 3 }, sounds: false });
  setSetting(db, 'agent:1', 'density', null);
  expect(setting(db, 'agent:1', 'density')).toBeNull();
});

test('the audit log is written once, page by page, and cannot be rewritten', () => {
  const db = aStore();
  const agentId = anAgent(db);
  const entry = {
    at: NOON,
    agentId,
    action: 'campaign.status',
    subject: 'campaign',
    before: 1,
    after: { a: null },
  };
  for (const subjectId of ['7', '8', '7']) appendAudit(db, { ...entry, subjectId });
  const { rows, next } = auditPage(db, 2);
  expect(rows).toMatchObject([{ id: 3, who: 'Ada', after: { a: null } }, { id: 2 }]);
  expect(auditPage(db, 2, next).rows.map((row) => row.id)).toEqual([1]);
  expect(auditOf(db, 'campaign', '7', 9).rows.map((row) => row.id)).toEqual([3, 1]);
  expect(() => db.$client.exec("UPDATE audit SET action = 'nothing'")).toThrow(/never changed/);
});

test('a campaign remembers when it was first started', () => {
  const db = aStore();
  const id = aCampaign(db, { status: 'draft' });
  const startedAt = () => db.$client.prepare('SELECT started_at FROM campaigns').pluck().get();
  expect(startedAt()).toBeNull();
  for (const [i, status] of (['active', 'paused', 'active'] as const).entries())
    setCampaignStatus(db, id, status, after(NOON, i));
  expect(startedAt()).toBe(NOON);
  const rules = { ...usualRules('America/Denver'), attemptsMax: 2 };
  changeCampaign(db, id, { name: 'Autumn', rules });
  expect(campaignById(db, id)).toMatchObject({ name: 'Autumn', rules, status: 'active' });
  expect(campaignsOf(db)).toHaveLength(1);
});

test('a number we show is kept once, under its latest label', () => {
  const db = aStore();
  saveCallerId(db, aNumber(), 'Front desk');
  saveCallerId(db, aNumber(), 'Sales');
  expect(callerIdsOf(db)).toMatchObject([{ number: aNumber(), label: 'Sales' }]);
});

test('a script that is changed is a new version; the old words stay', () => {
  const db = aStore();
  const first = addScript(db, { name: 'Spring', blocks: [{ title: 'Hi', text: 'Hello' }], createdAt: NOON });
  addScript(db, { name: 'Spring', blocks: [], createdAt: NOON });
  expect(scriptById(db, first)).toMatchObject({ version: 1, blocks: [{ title: 'Hi', text: 'Hello' }] });
  expect(latestScript(db, 'Spring')).toMatchObject({ version: 2, blocks: [] });
});

test('an agent’s day counts their dials, talks and successes since its beginning, machines left out', () => {
  const db = aStore();
  const agentId = anAgent(db);
  const make = (nth: number, at: number, answeredBy: 'human' | 'machine_start', dispositionId: string) => {
    const attempt = anAttempt({ agentId, to: aNumber(nth), intendedAt: after(NOON, at) });
    insertIntent(db, attempt, { kind: 'ring' });
    markAttempt(db, attempt.id, 'intended', 'sent', { at: NOON });
    const callId = insertCall(db, { attempt, carrier: 's', callRef: `c${nth}`, startedAt: after(NOON, at) });
    const story = {
      ...storyOf([]),
      status: 'ended' as const,
      answeredBy,
      answeredAt: NOON,
      endedAt: after(NOON, 60_000),
    };
    saveStory(db, callId, story);
    const about = { contactId: null, campaignId: null, agentId, note: '', callbackAt: null };
    fileOutcome(db, { ...about, attemptId: attempt.id, dispositionId, filedAt: after(NOON, at) });
  };
  make(1, -1, 'human', 'qualified');
  make(2, 0, 'human', 'qualified');
  make(3, 1, 'human', 'busy');
  make(4, 2, 'machine_start', 'voicemail');
  insertIntent(db, anAttempt({ agentId, to: aNumber(5) }), { kind: 'ring' });
  expect(dayOf(db, agentId, NOON)).toEqual({ dials: 3, talks: 2, talkMs: 120_000, successes: 1 });
});

test('a sound is fetched, tried again, kept, and deleted with its reason left behind', () => {
  const db = aStore();
  const attempt = anAttempt();
  insertIntent(db, attempt, { kind: 'ring' });
  const callId = insertCall(db, { attempt, carrier: 's', callRef: 'c', startedAt: NOON });
  expect(wantRecording(db, callId, NOON)).toBe(true);
  expect(wantRecording(db, callId, NOON)).toBe(false);
  failRecording(db, callId, 'not ready', after(NOON, 60));
  expect(wantedRecordings(db, after(NOON, 59), 9)).toEqual([]);
  expect(wantedRecordings(db, after(NOON, 60), 9)).toMatchObject([{ callId, carrier: 's', tries: 1 }]);
  keepRecording(db, callId, { file: 'a.wav', mime: 'audio/wav', bytes: 9, sha256: 'x', fetchedAt: NOON });
  expect(keptBytes(db)).toBeGreaterThan(0);
  expect(deleteRecording(db, callId, 'kept for 90 days', after(NOON, 99))).toBe(true);
  expect(recordingOf(db, callId)).toMatchObject({
    state: 'deleted',
    file: null,
    deletedWhy: 'kept for 90 days',
  });
});

test('a worker writes in slices, and others get to write in between', () =>
  inFolder(async (folder) => {
    const file = `${folder}/a.db`;
    const here = aStore(file);
    const clock = simulatedClock(NOON);
    const there = openWorkerStore(file, clock);
    if (!there.ok) throw new Error(there.error.sentence);
    const rows = Array.from({ length: SLICE_ROWS * 2 + 1 }, (_, i) => i);
    let seen: number[] = [];
    const writing = inSlices(there.value, rows, (i) => anAgent(there.value, `${i}`), clock);
    for (let i = 0; i < 4; i++) {
      seen = [...seen, agentsHere(here).length];
      anAgent(here, 'between');
      await clock.advance(1);
    }
    expect(await writing).toBe(rows.length);
    expect(agentsHere(here)).toHaveLength(rows.length + 4);
    expect(seen.at(-1)).toBeGreaterThan(SLICE_ROWS);
    closeStore(there.value);
    closeStore(here);
  }));

test('a slice that fails is not kept, those before it are', () =>
  inFolder(async (folder) => {
    const db = aStore(`${folder}/a.db`);
    const clock = {
      now: () => NOON,
      after: (_ms: number, run: () => void) => (queueMicrotask(run), () => undefined),
    };
    const rows = Array.from({ length: SLICE_ROWS + 10 }, (_, i) => i);
    const write = (i: number) => {
      if (i === SLICE_ROWS + 5) throw new Error('a bad row');
      anAgent(db, `${i}`);
    };
    await expect(inSlices(db, rows, write, clock)).rejects.toThrow('a bad row');
    expect(agentsHere(db)).toHaveLength(SLICE_ROWS);
    closeStore(db);
  }));
