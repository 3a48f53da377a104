import { expect, test } from 'vitest';
import { after } from '../../shared/lib/instants.ts';
import { aDesk, NOON } from './desk-fixture.ts';
import { speechOf, wholeState } from './speech.ts';

const ringing = aDesk({ state: { kind: 'ringing', attemptId: 'a' }, name: 'Maria Lopez', call: {} });
const connected = aDesk({ state: { kind: 'connected', attemptId: 'a' }, name: 'Maria Lopez', call: {} });
const wrapUp = (call: object) =>
  aDesk({
    state: { kind: 'wrap-up', attemptId: 'a', endedAt: NOON },
    name: 'Maria Lopez',
    wrapUpEndsAt: NOON + 45_000,
    call,
  });

test('somebody picking up is said at once, and by name', () => {
  expect(speechOf(ringing, connected, NOON)).toMatchObject({
    text: 'Connected, Maria Lopez',
    urgency: 'assertive',
  });
});

test('a push that changes nothing a listener needs says nothing', () => {
  expect(speechOf(connected, { ...connected, nextUp: [] }, NOON)).toBeNull();
});

test('dialing says who and the how-manieth attempt it is', () => {
  const dialing = aDesk({ state: { kind: 'dialing', attemptId: 'b' }, name: 'Omar Kim', call: { nth: 2 } });
  expect(speechOf(aDesk({ state: { kind: 'ready' } }), dialing, NOON)?.text).toBe(
    'Dialing Omar Kim, attempt 2 of 6',
  );
});

test('a call that the other side ended says so, and how long wrap-up lasts', () => {
  expect(speechOf(connected, wrapUp({ endedBy: 'them' }), NOON)).toMatchObject({
    text: 'Call ended by the other side. Wrap-up, 45 seconds',
    urgency: 'assertive',
  });
  expect(speechOf(connected, wrapUp({ endedBy: 'us' }), NOON)).toMatchObject({
    text: 'Wrap-up, 45 seconds',
    urgency: 'polite',
  });
});

test('coming back from hold is not a new connection', () => {
  const held = aDesk({ state: { kind: 'on-hold', attemptId: 'a' }, name: 'Maria Lopez', call: {} });
  expect(speechOf(held, connected, NOON)?.text).toBe('Off hold');
});

test('a saved outcome is the news, with who comes next', () => {
  const next = aDesk({
    state: { kind: 'previewing', enrolmentId: 2, dialAt: null },
    name: 'Omar Kim',
    undo: { attemptId: 'a', label: 'No answer', name: 'Maria Lopez', until: after(NOON, 8_000) },
  });
  expect(speechOf(wrapUp({}), next, NOON)?.text).toBe('Saved, No answer. Next: Omar Kim');
});

test('a pause asked for in a call is said while the call goes on', () => {
  const pausing = aDesk({
    state: { kind: 'connected', attemptId: 'a' },
    name: 'Maria Lopez',
    call: {},
    pauseAfter: 'Lunch',
  });
  expect(speechOf(connected, pausing, NOON)?.text).toBe('Pausing after this call: Lunch');
});

test('the whole state names who, how long, and whether it is recorded and muted', () => {
  const call = { answeredAt: NOON, isRecorded: true, isMuted: false };
  const talking = aDesk({ state: { kind: 'connected', attemptId: 'a' }, name: 'Maria Lopez', call });
  expect(wholeState(talking, after(NOON, 134_000))).toBe(
    'Connected, Maria Lopez, for 2 minutes 14 seconds, recording, not muted, Campaign Practice.',
  );
});

test('a carrier lost in mid-call is said at once, and that it is back', () => {
  const lost = { ...connected, line: { kind: 'lost', sentence: 'Nobody answers.', since: NOON } as const };
  expect(speechOf(connected, lost, NOON)).toEqual({
    text: 'Carrier lost, dialing stopped. Nobody answers.',
    urgency: 'assertive',
    cue: 'trouble',
  });
  expect(speechOf(lost, connected, NOON)?.text).toBe('The carrier is back');
});

test('handing somebody over says to whom', () => {
  const handed = aDesk({
    state: { kind: 'wrap-up', attemptId: 'a', endedAt: NOON, transferredTo: 'Ben' },
    name: 'Maria Lopez',
    wrapUpEndsAt: NOON + 45_000,
    call: {},
  });
  expect(speechOf(connected, handed, NOON)?.text).toBe('Handed over to Ben. Wrap-up, 45 seconds');
});

test('where a colleague stands who is asked is said, and that all three talk', () => {
  const held = (colleague?: 'rung' | 'there' | 'gone') =>
    aDesk({
      state: {
        kind: 'on-hold',
        attemptId: 'a',
        ...(colleague === undefined ? {} : { consult: { to: 'Ben', colleague } }),
      },
      name: 'Maria Lopez',
      call: {},
    });
  const said = [held(), held('rung'), held('there'), held('gone'), held()].map(
    (desk, nth, all) => speechOf(all[nth - 1] ?? connected, desk, NOON)?.text,
  );
  expect(said).toEqual([
    'On hold',
    'Ringing Ben',
    'Ben is on the line',
    'Ben is not on the line. The contact is on hold',
    'Ben was let go',
  ]);
  const together = aDesk({
    state: { kind: 'connected', attemptId: 'a', consult: { to: 'Ben', colleague: 'there' } },
    name: 'Maria Lopez',
    call: {},
  });
  expect(speechOf(held('there'), together, NOON)?.text).toBe('All three: you, Maria Lopez and Ben');
});
