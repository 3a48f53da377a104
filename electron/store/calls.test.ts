import { expect, test } from 'vitest';
import { type CallEvent, type TranscriptSegment, storyOf } from '../../shared/domain/call.ts';
import { after } from '../../shared/lib/instants.ts';
import { insertIntent } from './attempts.ts';
import {
  addEvent,
  callById,
  callByRef,
  callOfAttempt,
  callsFrom,
  eventsOf,
  firstCallSince,
  insertCall,
  insertForeignCall,
  isCallComplete,
  latestCalls,
  liveCalls,
  saveStory,
  transcriptOf,
} from './calls.ts';
import type { Db } from './open.ts';
import { fileOutcome } from './outcomes.ts';
import { NOON, aCampaign, aContact, aNumber, aStore, anAgent, anAttempt, plansOf } from './testing.ts';
import { searchTranscripts } from './transcripts.ts';

let nth = 0;

function aCall(db: Db, given: Parameters<typeof anAttempt>[0] = {}, startedAt = NOON) {
  nth += 1;
  const attempt = anAttempt({ to: aNumber(nth % 90), ...given });
  insertIntent(db, attempt, { kind: 'ring' });
  db.$client.prepare("UPDATE attempts SET state = 'resolved', closed_at = 1 WHERE id = ?").run(attempt.id);
  const id = insertCall(db, { attempt, carrier: 'simulator', callRef: `ref-${nth}`, startedAt });
  return { id, attempt };
}

const RINGS: CallEvent = { key: 'r', at: after(NOON, 1), facts: { status: 'ringing' } };
const ENDS: CallEvent = {
  key: 'e',
  at: after(NOON, 9),
  facts: {
    status: 'ended',
    end: 'failed',
    endedBy: 'carrier',
    costMicros: 12_000,
    currency: 'USD',
    error: { code: '31005', sentence: 'The line dropped.' },
  },
};

test('a call is found by its attempt and by the carrier’s name for it', () => {
  const db = aStore();
  const { id, attempt } = aCall(db);
  expect(callOfAttempt(db, attempt.id)?.id).toBe(id);
  expect(callByRef(db, 'simulator', `ref-${nth}`)).toMatchObject({
    id,
    status: 'queued',
    direction: 'outbound',
  });
  expect(callByRef(db, 'twilio', `ref-${nth}`)).toBeNull();
});

test('an attempt becomes one call and a carrier’s call is kept once', () => {
  const db = aStore();
  const { attempt } = aCall(db);
  const again = { attempt, carrier: 'simulator', callRef: 'another', startedAt: NOON };
  expect(() => insertCall(db, again)).toThrow(/UNIQUE.*attempt_id/);
  expect(() => insertCall(db, { ...again, attempt: anAttempt(), callRef: `ref-${nth}` })).toThrow(
    /UNIQUE|FOREIGN/,
  );
});

test('an event told twice is kept once, and its story is put on the call', () => {
  const db = aStore();
  const { id, attempt } = aCall(db);
  expect([RINGS, ENDS, RINGS].map((event) => addEvent(db, id, event, NOON))).toEqual([true, true, false]);
  expect(eventsOf(db, id)).toEqual([RINGS, ENDS]);
  expect(saveStory(db, id, storyOf(eventsOf(db, id)))).toEqual({ attemptId: attempt.id, agentId: null });
  expect(callById(db, id)).toMatchObject({
    status: 'ended',
    end: 'failed',
    endedBy: 'carrier',
    ringingAt: NOON + 1,
    endedAt: NOON + 9,
    costMicros: 12_000,
    currency: 'USD',
    errorSentence: 'The line dropped.',
  });
});

test('calls under way are those that have not ended', () => {
  const db = aStore();
  const contactId = aContact(db);
  const { id } = aCall(db, { contactId });
  const { id: over } = aCall(db);
  saveStory(db, over, storyOf([ENDS]));
  expect(liveCalls(db)).toMatchObject([{ call: { id }, contact: 'Maria Lopez', outcome: null }]);
});

test('every page of calls follows on the last, even where several began at the same instant', () => {
  const db = aStore();
  const ids = [3, 1, 1, 1, 2].map((at) => aCall(db, {}, after(NOON, at)).id);
  const seen: number[] = [];
  let before: number | null = null;
  do {
    const page = latestCalls(db, { limit: 2, before });
    seen.push(...page.rows.map((row) => row.call.id));
    before = page.next;
  } while (before !== null);
  expect(seen).toEqual([ids[0], ids[4], ids[3], ids[2], ids[1]]);
});

test('calls can be asked for by contact, campaign and agent, with the names and outcome that belong to them', () => {
  const db = aStore();
  const [contactId, campaignId, agentId] = [aContact(db), aCampaign(db), anAgent(db)];
  aCall(db);
  const { id, attempt } = aCall(db, { contactId, campaignId, agentId });
  const about = { contactId, campaignId, agentId };
  fileOutcome(db, {
    ...about,
    attemptId: attempt.id,
    dispositionId: 'busy',
    note: 'n',
    callbackAt: null,
    filedAt: NOON,
  });
  for (const [kind, of] of [
    ['contact', contactId],
    ['campaign', campaignId],
    ['agent', agentId],
  ] as const) {
    const { rows } = latestCalls(db, { limit: 9, of: { kind, id: of } });
    expect(rows).toMatchObject([
      { call: { id }, contact: 'Maria Lopez', agent: 'Ada', campaign: 'Spring', outcome: 'Busy', note: 'n' },
    ]);
  }
});

test('a call that came in has no attempt', () => {
  const db = aStore();
  const id = insertForeignCall(db, {
    carrier: 'simulator',
    callRef: 'in-1',
    direction: 'inbound',
    from: aNumber(1),
    to: aNumber(2),
    status: 'ringing',
    isHeld: false,
    startedAt: NOON,
  });
  expect(callById(db, id)).toMatchObject({ attemptId: null, direction: 'inbound' });
});

const said = (text: string, fromMs: number): TranscriptSegment => ({
  speaker: 'contact',
  fromMs,
  toMs: fromMs + 900,
  text,
});

test('a transcript grows as it is told and is corrected where the carrier corrects it', () => {
  const db = aStore();
  const { id } = aCall(db);
  const tell = (transcript: TranscriptSegment[]) => saveStory(db, id, { ...storyOf([RINGS]), transcript });
  tell([said('Hello', 0)]);
  const first = db.$client.prepare('SELECT min(id) FROM transcript_segments').pluck().get();
  tell([said('Hello', 0), said('Who is this', 1_000)]);
  expect(db.$client.prepare('SELECT min(id) FROM transcript_segments').pluck().get()).toBe(first);
  expect(transcriptOf(db, id).map((each) => each.text)).toEqual(['Hello', 'Who is this']);
  tell([said('Hullo', 0), said('Who is this', 1_000)]);
  expect(transcriptOf(db, id).map((each) => each.text)).toEqual(['Hullo', 'Who is this']);
  tell([said('Hullo', 0)]);
  expect(transcriptOf(db, id)).toHaveLength(1);
});

test('what was said is found by the beginnings of words, whatever the accents and signs typed', () => {
  const db = aStore();
  const { id } = aCall(db);
  saveStory(db, id, { ...storyOf([]), transcript: [said('We spoke about the café terminal', 4_000)] });
  const found = searchTranscripts(db, 'CAFE term', 5);
  expect(found).toMatchObject([{ callId: id, fromMs: 4_000 }]);
  expect(found[0]?.excerpt).toContain('\u0002café\u0003');
  for (const odd of ['"', 'AND', 'a* OR (', '', '   ', 'NEAR(a b)'])
    expect(searchTranscripts(db, odd, 5)).toEqual([]);
  saveStory(db, id, { ...storyOf([]), transcript: [said('Nothing of it', 0)] });
  expect(searchTranscripts(db, 'terminal', 5)).toEqual([]);
});

test('no page of calls walks through the table or sorts it: a lost index fails here', () => {
  const db = aStore();
  const plans = plansOf(db, () => {
    liveCalls(db);
    latestCalls(db, { limit: 5 });
    for (const kind of ['contact', 'campaign', 'agent'] as const)
      latestCalls(db, { limit: 5, of: { kind, id: 1 } });
    callByRef(db, 'a', 'b');
    callOfAttempt(db, 'a');
  });
  expect(plans.filter((step) => step.includes(' calls'))).toEqual([
    'SCAN calls USING INDEX calls_live',
    'SEARCH calls USING INDEX calls_started (started_at<?)',
    'SEARCH calls USING INDEX calls_contact (contact_id=? AND started_at<?)',
    'SEARCH calls USING INDEX calls_campaign (campaign_id=? AND started_at<?)',
    'SEARCH calls USING INDEX calls_agent (agent_id=? AND started_at<?)',
    'SEARCH calls USING INDEX calls_ref (carrier=? AND call_ref=?)',
    'SEARCH calls USING INDEX calls_attempt (attempt_id=?)',
  ]);
  expect(plans.filter((step) => /TEMP B-TREE/.test(step))).toEqual([]);
});

test('looking for what a call may still lack reads on from the last one looked at, whatever the clock says', () => {
  const db = aStore();
  const first = aCall(db, {}, after(NOON, 9));
  const second = aCall(db, {}, NOON);
  expect(callsFrom(db, 'simulator', first.id).map(({ id }) => id)).toEqual([second.id, first.id]);
  expect(callsFrom(db, 'simulator', second.id)).toMatchObject([{ id: second.id, endedAt: null }]);
  expect(callsFrom(db, 'twilio', 1)).toEqual([]);
  expect(firstCallSince(db, NOON)).toBe(first.id);
  expect(firstCallSince(db, after(NOON, 10))).toBeNull();
  const other = aStore();
  const plans = plansOf(other, () => {
    callsFrom(other, 'simulator', 1);
    firstCallSince(other, NOON);
  });
  expect(plans).toEqual([
    'SEARCH calls USING INTEGER PRIMARY KEY (rowid>?)',
    'SEARCH calls USING COVERING INDEX calls_started (started_at>?)',
  ]);
});

test('a call that became known only after a later one is not overlooked by whoever reads on from then', () => {
  const db = aStore();
  const known = aCall(db, { to: aNumber(1) }, after(NOON, 100));
  aCall(db, { to: aNumber(2) }, after(NOON, 1));
  expect(firstCallSince(db, NOON)).toBe(known.id);
});

test('an answered call is complete with its bill and its recording, and without one where none was to be made', () => {
  const db = aStore();
  const answered: CallEvent = { key: 'a', at: after(NOON, 2), facts: { status: 'in-progress' } };
  const isComplete = (verdict: object, more: CallEvent['facts'] = {}) => {
    const { id } = aCall(db);
    const { attemptId, callRef } = callById(db, id)!;
    db.$client
      .prepare('UPDATE attempts SET verdict = ? WHERE id = ?')
      .run(JSON.stringify(verdict), attemptId);
    saveStory(db, id, storyOf([answered, { ...ENDS, facts: { ...ENDS.facts, ...more } }]));
    expect(callsFrom(db, 'simulator', id)).toMatchObject([{ id, attemptId, callRef, endedAt: ENDS.at }]);
    return isCallComplete(db, 'simulator', callRef);
  };
  expect(isComplete({ recording: { isAllowed: true } })).toBe(false);
  expect(isComplete({ recording: { isAllowed: true } }, { recordingRef: 'sound' })).toBe(true);
  expect(isComplete({ recording: { isAllowed: false } })).toBe(true);
  // Nobody remembers whether it was to be recorded: it is asked about, as before.
  expect(isComplete({ kind: 'ring' })).toBe(false);
});

test('a call that was talked on and of whose answer nothing was heard is not complete, bill or not', () => {
  const db = aStore();
  const isComplete = (end: 'completed' | 'busy') => {
    const { id } = aCall(db);
    saveStory(db, id, storyOf([{ ...ENDS, facts: { ...ENDS.facts, end } }]));
    return isCallComplete(db, 'simulator', callById(db, id)!.callRef);
  };
  expect(isComplete('busy')).toBe(true);
  expect(isComplete('completed')).toBe(false);
});
