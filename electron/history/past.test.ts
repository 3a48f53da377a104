import { expect, test } from 'vitest';
import type { CallEvent } from '../../shared/domain/call.ts';
import type { E164 } from '../../shared/domain/phone.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS, after } from '../../shared/lib/instants.ts';
import { simulatedClock } from '../../shared/lib/simulated-clock.ts';
import { openPace } from '../carriers/vapi/pace.ts';
import type { Carrier, HistoricCall, HistoryPage } from '../carriers/carrier.ts';
import { insertIntent, markAttempt } from '../store/attempts.ts';
import { callByRef, insertCall, transcriptOf } from '../store/calls.ts';
import { keptPast } from '../store/history.ts';
import { NOON, aContact, aStore, anAttempt } from '../store/testing.ts';
import { bringIn, pastInWords } from './past.ts';

const MARIAS = { e164: '+12125550101' as E164, kind: 'mobile' as const, zones: [], isStarred: true };
const PAGE = 10;
const RANGE = { from: after(NOON, -DAY_MS), to: NOON, withSounds: false };
const NEVER = new AbortController().signal;

function pastCall(nth: number): HistoricCall {
  const startedAt = after(NOON, -nth * MINUTE_MS);
  const said = [{ speaker: 'contact' as const, fromMs: 0, toMs: 900, text: `Hello ${nth}` }];
  const events: CallEvent[] = [
    { key: 'status:in-progress', at: startedAt, facts: { status: 'in-progress', answeredBy: 'human' } },
    { key: 'status:ended', at: after(startedAt, SECOND_MS), facts: { status: 'ended', end: 'completed' } },
    { key: 'transcript', at: after(startedAt, SECOND_MS), facts: { transcript: said } },
    { key: 'recording:r', at: after(startedAt, SECOND_MS), facts: { recordingRef: `vapi:${nth}/r` } },
    { key: 'score', at: startedAt, facts: { evaluation: { score: nth, summary: '', parts: [] } } },
  ];
  const to = nth % 2 === 0 ? '+12125550101' : '+12125550102';
  const about = { attemptId: null, direction: 'outbound' as const, from: '+12125550199', to, startedAt };
  return { callRef: `vapi:c-${nth}`, ...about, facts: {}, events };
}

/** A carrier with so many calls of the past, whose answers can be spoiled. */
function aCarrier(count: number, spoil: (cursor: string | null) => HistoryPage | null = () => null) {
  const all = Array.from({ length: count }, (_, nth) => pastCall(nth));
  const asked: (string | null)[] = [];
  const history = async (_range: unknown, cursor: string | null): Promise<HistoryPage> => {
    asked.push(cursor);
    const at = Number((cursor ?? '').split(':')[1] || 0);
    const next = at + PAGE < count ? `vapi:${at + PAGE}` : 'twilio:';
    return spoil(cursor) ?? { calls: all.slice(at, at + PAGE), next };
  };
  return { carrier: { name: 'carriers', history } as unknown as Carrier, asked, all };
}

function parts(carrier: Carrier, db = aStore()) {
  return { db, carrier, clock: simulatedClock(NOON), country: 'US', moved: () => {} };
}

test('the past comes in once, with its words, score and contacts, and its sounds stay where they are', async () => {
  const { carrier, asked } = aCarrier(25);
  const here = parts(carrier);
  const contactId = aContact(here.db, { name: 'Maria Lopez', numbers: [MARIAS] });
  const done = await bringIn(here, 'vapi', RANGE, NEVER);
  expect(done).toMatchObject({ state: 'done', seen: 25, added: 25, updated: 0, matched: 13 });
  // Nobody asked another carrier.
  expect(asked).toEqual(['vapi:', 'vapi:10', 'vapi:20']);
  const call = callByRef(here.db, 'carriers', 'vapi:c-4')!;
  expect(call).toMatchObject({ contactId, status: 'ended', end: 'completed', score: 4, recordingRef: null });
  expect(transcriptOf(here.db, call.id).map(({ text }) => text)).toEqual(['Hello 4']);
  expect(await bringIn(here, 'vapi', RANGE, NEVER)).toMatchObject({ seen: 25, added: 0, updated: 0 });
  // Wished for later, sounds are added to calls that are here.
  expect(await bringIn(here, 'vapi', { ...RANGE, withSounds: true }, NEVER)).toMatchObject({ updated: 25 });
  expect(callByRef(here.db, 'carriers', 'vapi:c-4')!.recordingRef).toBe('vapi:4/r');
  expect(pastInWords(keptPast(here.db, 'vapi')!)).toBe(
    'All fetched. 25 calls looked at: 0 new, 25 brought up to date. 0 of the new ones belong to contacts here.',
  );
});

test('what was stopped or broke off goes on where it was, and a call of ours is brought up to its end', async () => {
  const stop = new AbortController();
  const { carrier, asked } = aCarrier(25, (cursor) => {
    if (cursor === 'vapi:20') stop.abort();
    return null;
  });
  const here = parts(carrier);
  const attempt = anAttempt({ carrier: 'carriers', to: '+12125550101' as E164 });
  insertIntent(here.db, attempt, { kind: 'ring' });
  markAttempt(here.db, attempt.id, 'intended', 'sent', { at: NOON });
  markAttempt(here.db, attempt.id, 'sent', 'accepted', { at: NOON });
  insertCall(here.db, { attempt, carrier: 'carriers', callRef: 'vapi:c-2', startedAt: NOON });
  expect(await bringIn(here, 'vapi', RANGE, stop.signal)).toMatchObject({ state: 'stopped' });
  expect(callByRef(here.db, 'carriers', 'vapi:c-2')).toMatchObject({
    status: 'ended',
    attemptId: attempt.id,
  });
  asked.length = 0;
  const done = await bringIn(here, 'vapi', null, NEVER);
  expect(asked[0]).not.toBe('vapi:');
  expect(done).toMatchObject({ state: 'done', added: 24 });
});

test('a carrier that says nothing is asked again in a while, and in the end a person is told', async () => {
  const silent = { kind: 'unreachable', sentence: 'Vapi has had enough requests for now.' } as const;
  let isSilent = true;
  const { carrier, asked } = aCarrier(5, () => (isSilent ? silent : null));
  const here = parts(carrier);
  const trying = bringIn(here, 'vapi', RANGE, NEVER);
  await here.clock.advance(10 * MINUTE_MS);
  const stuck = await trying;
  expect([stuck?.state, asked.length]).toEqual(['trouble', 6]);
  expect(pastInWords(stuck!)).toContain('enough requests');
  isSilent = false;
  expect(await bringIn(here, 'vapi', null, NEVER)).toMatchObject({ state: 'done', added: 5, sentence: '' });
});

test('fetching the past never takes more requests of any minute than its share of the configured rate', async () => {
  const clock = simulatedClock(NOON);
  const pace = openPace(clock, 100);
  const at: number[] = [];
  const working = (async () => {
    for (let nth = 0; nth < 250; nth++) {
      await pace.turn();
      pace.asked();
      at.push(clock.now());
    }
  })();
  await clock.advance(5 * MINUTE_MS);
  await working;
  const inAnyMinute = at.map((from) => at.filter((each) => each >= from && each < from + MINUTE_MS).length);
  expect(Math.max(...inAnyMinute)).toBe(80);
});
