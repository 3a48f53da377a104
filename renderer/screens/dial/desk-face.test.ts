import { expect, test } from 'vitest';
import {
  consultInWords,
  endInWords,
  lineInWords,
  pickedUpBy,
  shapeOf,
  suggestedOutcome,
  whyNot,
  wordFor,
} from './desk-face.ts';
import { aCall, aDesk, aSession } from './desk-fixtures.ts';

test('without a call there is nothing to hang up, and the reason says so', () => {
  expect(whyNot(aDesk({ session: aSession({ kind: 'ready' }) })).hangUp).toBe('Nothing to hang up.');
});

test('a call can be hung up from the first moment of dialing', () => {
  const dialing = aSession({ kind: 'dialing', attemptId: aCall().attemptId });
  expect(whyNot(aDesk({ session: dialing })).hangUp).toBeNull();
});

test('a recorded message is only offered to a machine', () => {
  const session = aSession({ kind: 'connected', attemptId: aCall().attemptId });
  const answered = (answeredBy: string) => whyNot(aDesk({ session, call: aCall({ answeredBy }) })).voicemail;
  expect(answered('human')).toContain('No machine');
  expect(answered('machine_end_beep')).toBeNull();
});

test('what the carrier cannot do is said, not hidden', () => {
  const session = aSession({ kind: 'connected', attemptId: aCall().attemptId });
  const can = { hold: false, mute: false, tones: false, transfer: false, voicemailDrop: false };
  const whys = whyNot(aDesk({ session, call: aCall(), can }));
  expect(Object.values(whys).filter((why) => why?.startsWith('This carrier cannot'))).toHaveLength(5);
});

test('an unanswered call suggests its outcome, an answered one none', () => {
  const session = aSession({
    kind: 'wrap-up',
    attemptId: aCall().attemptId,
    endedAt: aSession({ kind: 'ready' }).since,
  });
  const rang = aCall({ end: 'no-answer', answeredAt: null });
  expect(suggestedOutcome(aDesk({ session, call: rang }))).toBe('no-answer');
  expect(suggestedOutcome(aDesk({ session, call: aCall({ end: 'completed' }) }))).toBeNull();
});

test('while the call goes on no outcome is suggested', () => {
  const session = aSession({ kind: 'connected', attemptId: aCall().attemptId });
  expect(suggestedOutcome(aDesk({ session, call: aCall({ answeredBy: 'machine_start' }) }))).toBeNull();
});

test('the end of a call is told in words', () => {
  const endedAt = aSession({ kind: 'ready' }).since;
  expect(endInWords(aCall({ end: 'completed', endedBy: 'them', endedAt }))).toBe('They hung up');
  expect(endInWords(aCall({ end: 'busy', answeredAt: null, endedAt }))).toBe('Busy');
  expect(pickedUpBy('fax')).toBe('Fax machine');
});

test('a call that was handed over says to whom, while it goes on and after', () => {
  expect(endInWords(aCall(), 'Ben')).toBe('Handed over to Ben');
  expect(endInWords(aCall())).toContain('goes on without you');
});

test('a carrier that is lost turns the banner to trouble, and says that the call is not cut', () => {
  const session = aSession({ kind: 'connected', attemptId: aCall().attemptId });
  const line = { kind: 'lost', sentence: 'It cannot be reached.', since: session.since } as const;
  expect([shapeOf(session, line), wordFor(session, line)]).toEqual(['trouble', 'Carrier lost']);
  expect(lineInWords(line)).toMatch(/talk on.* It cannot be reached\.$/);
  expect(shapeOf(session, { ...line, kind: 'asking' })).toBe('connected');
});

test('a colleague who is asked has words for each moment, and is handed to only once they are there', () => {
  const asking = (kind: 'connected' | 'on-hold', colleague: 'rung' | 'there' | 'gone') =>
    aSession({ kind, attemptId: aCall().attemptId, consult: { to: 'Ben', colleague } });
  const why = (session: ReturnType<typeof asking>) => whyNot(aDesk({ session, call: aCall() })).handOver;
  expect(wordFor(asking('on-hold', 'rung'))).toBe('Consulting');
  expect(why(asking('on-hold', 'rung'))).toBe('Ben has not picked up yet.');
  expect(wordFor(asking('connected', 'there'))).toBe('All three');
  expect(why(asking('connected', 'there'))).toBeNull();
  expect(wordFor(asking('on-hold', 'gone'))).toBe('On hold');
  expect(consultInWords(asking('on-hold', 'gone').state)).toMatch(/not on the line.*Take the contact back/);
});
