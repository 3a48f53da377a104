import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CallEvent, storyOf } from '../../shared/domain/call.ts';
import { after } from '../../shared/lib/instants.ts';
import { insertIntent } from '../store/attempts.ts';
import { addEvent, callById, insertCall, transcriptOf } from '../store/calls.ts';
import { type Db, withTransaction } from '../store/open.ts';
import { NOON, aNumber, aStore, anAttempt } from '../store/testing.ts';
import { openStories } from './story.ts';

let nth = 0;

function aCall(db: Db): number {
  nth += 1;
  const attempt = anAttempt({ to: aNumber(nth % 90) });
  insertIntent(db, attempt, { kind: 'ring' });
  db.$client.prepare("UPDATE attempts SET state = 'resolved', closed_at = 1 WHERE id = ?").run(attempt.id);
  return insertCall(db, { attempt, carrier: 'simulator', callRef: `ref-${nth}`, startedAt: NOON });
}

const said = (...words: string[]) =>
  words.map((text, i) => ({ speaker: 'contact', fromMs: i * 1_000, toMs: i * 1_000 + 900, text }) as const);

/** A talk from its first ring to its bill, with a pause on hold and words that are corrected once. */
const TALK: readonly CallEvent[] = [
  { status: 'queued', rawStatus: 'queued' } as const,
  { status: 'ringing' } as const,
  { status: 'in-progress' } as const,
  { answeredBy: 'human' } as const,
  { transcript: said('Hello') },
  { isHeld: true },
  { transcript: said('Hello', 'Who is this') },
  { isHeld: false, transcript: said('Hullo', 'Who is this') },
  { status: 'ended', end: 'completed', endedBy: 'them', seconds: 20 } as const,
  { recordingRef: 'sound' },
  { costMicros: 14_000, currency: 'USD' },
].map((facts, i) => ({ key: `k${String(i).padStart(2, '0')}`, at: after(NOON, i * 500), facts }));

function goOn(db: Db, stories: ReturnType<typeof openStories>, callId: number, event: CallEvent) {
  if (addEvent(db, callId, event, NOON)) stories.goOn(db, callId, event);
}

/** The call as it is kept, but for what names it. */
function kept(db: Db, callId: number) {
  const { id: _id, attemptId: _attempt, callRef: _ref, to: _to, ...call } = callById(db, callId)!;
  return { call, words: transcriptOf(db, callId).map(({ text }) => text) };
}

test('a call comes to the same end whatever order its events come in, doubled, and with a loss of memory between', () => {
  const db = aStore();
  const inOrderOfTime = aCall(db);
  const stories = openStories();
  for (const event of TALK) goOn(db, stories, inOrderOfTime, event);
  const expected = kept(db, inOrderOfTime);
  expect(expected.words).toEqual(['Hullo', 'Who is this']);
  expect(expected.call).toMatchObject({ status: 'ended', end: 'completed', costMicros: 14_000 });
  const order = fc.array(fc.nat({ max: TALK.length - 1 }), { minLength: 0, maxLength: 20 });
  fc.assert(
    fc.property(order, fc.nat({ max: 30 }), (picks, forgetAt) => {
      const callId = aCall(db);
      const events = [...picks.map((pick) => TALK[pick]!), ...TALK];
      events.forEach((event, i) => {
        if (i === forgetAt) stories.forget(callId);
        goOn(db, stories, callId, event);
      });
      expect(kept(db, callId)).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

test('an event that another process has added is not passed over', () => {
  const db = aStore();
  const [ours, theirs] = [openStories(), openStories()];
  const callId = aCall(db);
  TALK.forEach((event, i) => goOn(db, i % 3 === 1 ? theirs : ours, callId, event));
  expect(kept(db, callId).call).toMatchObject({ status: 'ended', recordingRef: 'sound', costMicros: 14_000 });
  expect(callById(db, callId)).toMatchObject({ ringingAt: storyOf(TALK).ringingAt });
});

test('what was told in a transaction that failed is told again', () => {
  const db = aStore();
  const stories = openStories();
  const callId = aCall(db);
  for (const event of TALK.slice(0, 3)) goOn(db, stories, callId, event);
  expect(() =>
    withTransaction(db, () => {
      goOn(db, stories, callId, TALK[8]!);
      throw new Error('the disk is full');
    }),
  ).toThrow('the disk is full');
  stories.forget();
  goOn(db, stories, callId, TALK[3]!);
  expect(kept(db, callId).call).toMatchObject({ status: 'in-progress', answeredBy: 'human', endedAt: null });
});
