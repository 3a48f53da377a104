import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instant } from '../lib/instants.ts';
import {
  type SessionEvent,
  type SessionFace,
  type SessionState,
  attemptIn,
  consultIn,
  isInCall,
  step,
} from './session.ts';

const at = instant(Date.UTC(2026, 10, 20, 12));
const attemptId = fc.constantFrom('attempt-a', 'attempt-b', 'attempt-c');
const reason = fc.constantFrom('lunch', 'training');
const enrolmentId = fc.integer({ min: 1, max: 9 });
const dialAt = fc.constantFrom(null, at);

const consult = fc.record({
  to: fc.constantFrom('Ben', 'Ada'),
  colleague: fc.constantFrom('rung' as const, 'there' as const, 'gone' as const),
});

const states: fc.Arbitrary<SessionState> = fc.oneof(
  fc.record({ kind: fc.constant('ready' as const) }),
  fc.record({ kind: fc.constant('previewing' as const), enrolmentId, dialAt }),
  ...(['dialing', 'ringing', 'connected', 'on-hold'] as const).map((kind) =>
    fc.record({ kind: fc.constant(kind), attemptId }),
  ),
  ...(['connected', 'on-hold'] as const).map((kind) =>
    fc.record({ kind: fc.constant(kind), attemptId, consult }),
  ),
  fc.record({ kind: fc.constant('wrap-up' as const), attemptId, endedAt: fc.constant(at) }),
  fc.record({ kind: fc.constant('paused' as const), reason }),
  fc.record({ kind: fc.constant('trouble' as const), attemptId, what: fc.constant('no answer') }),
);

const events: fc.Arbitrary<SessionEvent> = fc.oneof(
  fc.record({ kind: fc.constant('staged' as const), enrolmentId, dialAt }),
  fc.record({ kind: fc.constant('dialed' as const), attemptId }),
  ...(['put-back', 'not-dialed', 'rang', 'answered', 'held', 'taken-back', 'filed', 'resumed'] as const).map(
    (kind) => fc.record({ kind: fc.constant(kind) }),
  ),
  fc.record({ kind: fc.constant('consulted' as const), to: fc.constantFrom('Ben', 'Ada') }),
  ...(['colleague-came', 'colleague-left', 'consult-ended'] as const).map((kind) =>
    fc.record({ kind: fc.constant(kind) }),
  ),
  fc.record({ kind: fc.constant('ended' as const), at: fc.constant(at) }),
  fc.record({ kind: fc.constant('transferred' as const), at: fc.constant(at), to: fc.constant('Ben') }),
  fc.record({ kind: fc.constant('in-doubt' as const), what: fc.constant('no answer') }),
  fc.record({ kind: fc.constant('reopened' as const), attemptId, at: fc.constant(at) }),
  fc.record({ kind: fc.constant('pause-asked' as const), reason }),
  fc.record({ kind: fc.constant('recovered' as const), reason }),
);

/** Faces as they come about: a wish to pause afterwards is only kept while something is in hand. */
const faces: fc.Arbitrary<SessionFace> = fc
  .tuple(states, fc.option(reason))
  .map(([state, wish]) => ({ state, pauseAfter: attemptIn(state) === null ? null : wish }));

/** What every step from `before` by `event` led to, over any history. */
function alongAnyHistory(claim: (before: SessionFace, event: SessionEvent, now: SessionFace) => void): void {
  fc.assert(
    fc.property(faces, fc.array(events, { maxLength: 25 }), (from, history) => {
      let face = from;
      for (const event of history) {
        const next = step(face, event);
        if (next === null) continue;
        claim(face, event, next);
        face = next;
      }
    }),
    { numRuns: 1000 },
  );
}

test('a session never has two attempts: the one in hand stays until its outcome is filed', () => {
  alongAnyHistory((before, event, now) => {
    const [had, has] = [attemptIn(before.state), attemptIn(now.state)];
    if (had === null) return;
    if (has === null) expect(['filed', 'not-dialed']).toContain(event.kind);
    else expect(has).toBe(had);
  });
});

test('an attempt comes into hand only by dialing it, or by taking its outcome back', () => {
  alongAnyHistory((before, event, now) => {
    if (attemptIn(before.state) === null && attemptIn(now.state) !== null) {
      expect(['dialed', 'reopened']).toContain(event.kind);
    }
  });
});

test('nothing but “dialed” leads to dialing, and only from between two calls', () => {
  alongAnyHistory((before, event, now) => {
    if (now.state.kind !== 'dialing' || before.state.kind === 'dialing') return;
    expect(event.kind).toBe('dialed');
    expect(['ready', 'previewing']).toContain(before.state.kind);
  });
});

test('after a crash nothing dials by itself: a call goes on and a pause follows it, all else is paused', () => {
  fc.assert(
    fc.property(faces, reason, (face, why) => {
      const now = step(face, { kind: 'recovered', reason: why })!;
      if (attemptIn(face.state) === null)
        expect(now).toEqual({ state: { kind: 'paused', reason: why }, pauseAfter: null });
      else expect(now).toEqual({ state: face.state, pauseAfter: why });
    }),
  );
});

test('a pause asked for in a call begins once it is filed, and not before', () => {
  alongAnyHistory((before, event, now) => {
    if (before.pauseAfter === null || event.kind === 'resumed') return;
    if (attemptIn(now.state) === null) {
      expect(now).toEqual({ state: { kind: 'paused', reason: before.pauseAfter }, pauseAfter: null });
    } else expect(now.pauseAfter).not.toBeNull();
  });
});

test('who paused stays away until they resume: not even an outcome taken back and filed anew dials on', () => {
  alongAnyHistory((before, event, now) => {
    const isAway = (face: SessionFace) => face.state.kind === 'paused' || face.pauseAfter !== null;
    if (isAway(before) && event.kind !== 'resumed') expect(isAway(now)).toBe(true);
  });
  const paused: SessionFace = { state: { kind: 'paused', reason: 'lunch' }, pauseAfter: null };
  const reopened = step(paused, { kind: 'reopened', attemptId: 'attempt-a', at })!;
  expect(step(reopened, { kind: 'filed' })).toEqual(paused);
});

test('a wish to pause afterwards is kept only while a call is in hand', () => {
  alongAnyHistory((_before, _event, now) => {
    if (now.pauseAfter !== null) expect(attemptIn(now.state)).not.toBeNull();
  });
});

test('an agent leaves a call only into wrap-up, unless it was never placed', () => {
  alongAnyHistory((before, event, now) => {
    if (!isInCall(before.state) || isInCall(now.state)) return;
    if (event.kind === 'not-dialed') expect(['dialing', 'trouble']).toContain(before.state.kind);
    else if (event.kind === 'transferred') expect(['connected', 'on-hold']).toContain(before.state.kind);
    else expect(event.kind).toBe('ended');
    if (event.kind !== 'not-dialed') expect(now.state.kind).toBe('wrap-up');
  });
});

test('a colleague is asked only while the contact is on hold, and never a second one beside the first', () => {
  alongAnyHistory((before, event, now) => {
    const [was, is] = [consultIn(before.state), consultIn(now.state)];
    if (is !== null && is.to !== was?.to) {
      expect(event.kind).toBe('consulted');
      expect(before.state.kind).toBe('on-hold');
    }
    if (event.kind === 'consulted' && was !== null) expect(was.colleague).toBe('gone');
    if (was !== null && is === null) expect(['consult-ended', 'transferred', 'ended']).toContain(event.kind);
  });
});

test('what becomes of a colleague never moves the contact: on hold or on the line they stay', () => {
  alongAnyHistory((before, event, now) => {
    if (['consulted', 'colleague-came', 'colleague-left', 'consult-ended'].includes(event.kind))
      expect(now.state.kind).toBe(before.state.kind);
    else if (consultIn(before.state) !== null && consultIn(now.state) !== null)
      expect(consultIn(now.state)).toEqual(consultIn(before.state));
  });
});

test('the same event told twice never takes a session further than once', () => {
  fc.assert(
    fc.property(faces, events, (face, event) => {
      const once = step(face, event);
      if (once === null) return;
      const twice = step(once, event);
      // Taking a wish to pause back and ending a pause are two things said by one word.
      if (twice !== null && event.kind !== 'resumed') expect(twice).toEqual(once);
    }),
    { numRuns: 500 },
  );
});
