import { expect, test } from 'vitest';
import { faceOf, titleOf } from './desk-face.ts';
import { aDesk } from './desk-fixture.ts';

test('the title begins with a call that is on, so that it is seen in the taskbar', () => {
  const face = faceOf(aDesk({ state: { kind: 'connected', attemptId: 'a' }, name: 'Maria Lopez' }));
  expect(titleOf(face, 'Calls')).toBe('● Connected — Maria Lopez · Parley');
});

test('without a session the title names the place', () => {
  expect(titleOf(faceOf(aDesk({})), 'Calls')).toBe('Calls · Parley');
});

test('a pause gives its reason', () => {
  expect(faceOf(aDesk({ state: { kind: 'paused', reason: 'Lunch' } })).word).toBe('Paused: Lunch');
});
