import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PhoneChange, type PhoneState, isInHand, isTalking, stepPhone } from './phone-state.ts';

const attemptId = fc.constantFrom('a', 'b');
const isMuted = fc.boolean();

const states: fc.Arbitrary<PhoneState> = fc.oneof(
  ...(['off', 'registering', 'idle'] as const).map((kind) => fc.record({ kind: fc.constant(kind) })),
  fc.record({ kind: fc.constant('incoming' as const), attemptId }),
  ...(['connecting', 'open', 'reconnecting'] as const).map((kind) =>
    fc.record({ kind: fc.constant(kind), attemptId, isMuted }),
  ),
  fc.record({ kind: fc.constant('trouble' as const), sentence: fc.constant('No pass.') }),
);

const changes: fc.Arbitrary<PhoneChange> = fc.oneof(
  ...(
    [
      'register-asked',
      'registered',
      'unregistered',
      'picked-up',
      'sound-came',
      'network-lost',
      'network-back',
      'ended',
    ] as const
  ).map((kind) => fc.record({ kind: fc.constant(kind) })),
  fc.record({ kind: fc.constant('rang' as const), attemptId }),
  fc.record({ kind: fc.constant('muted' as const), isOn: fc.boolean() }),
  fc.record({ kind: fc.constant('failed' as const), sentence: fc.constant('No pass.') }),
);

function alongAnyHistory(claim: (before: PhoneState, change: PhoneChange, now: PhoneState) => void): void {
  fc.assert(
    fc.property(states, fc.array(changes, { maxLength: 25 }), (from, history) => {
      let state = from;
      for (const change of history) {
        const next = stepPhone(state, change);
        if (next === null) continue;
        claim(state, change, next);
        state = next;
      }
    }),
    { numRuns: 500 },
  );
}

test('a second call never takes the place of the first', () => {
  alongAnyHistory((before, _change, now) => {
    if (isInHand(before) && isInHand(now)) expect(now.attemptId).toBe(before.attemptId);
  });
});

test('a call in hand ends only by its end: not by the network, not by a pass that ran out', () => {
  alongAnyHistory((before, change, now) => {
    if (isTalking(before) && !isInHand(now)) expect(change.kind).toBe('ended');
  });
});

test('a microphone that was muted stays so until it is unmuted or the call is over', () => {
  alongAnyHistory((before, change, now) => {
    if (!isTalking(before) || !before.isMuted || !isTalking(now)) return;
    if (!now.isMuted) expect(change).toEqual({ kind: 'muted', isOn: false });
  });
});

test('nobody is put through before they have picked up', () => {
  alongAnyHistory((before, change, now) => {
    if (!isTalking(before) && isTalking(now))
      expect([before.kind, change.kind]).toEqual(['incoming', 'picked-up']);
  });
});

test('the same change told twice counts once', () => {
  fc.assert(
    fc.property(states, changes, (state, change) => {
      const once = stepPhone(state, change);
      if (once !== null)
        expect(stepPhone(once, change)).toSatisfy((twice) => twice === null || change.kind === 'failed');
    }),
  );
});
