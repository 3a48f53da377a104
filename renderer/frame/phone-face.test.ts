import { expect, test } from 'vitest';
import type { PhoneView } from '../../shared/contract/phone.ts';
import { phoneInWords, phoneTrouble } from './phone-face.ts';

const open: PhoneView = { kind: 'softphone', state: 'open', sentence: null, warnings: [], isMuted: false };

test('a phone that works has two words and no banner, and practice has neither', () => {
  expect([phoneInWords(open)?.text, phoneTrouble(open)]).toEqual(['Phone: on the line', null]);
  const practice: PhoneView = { ...open, kind: 'simulated', state: 'trouble', warnings: ['Late.'] };
  expect([phoneInWords(practice), phoneTrouble(practice), phoneTrouble(null)]).toEqual([null, null, null]);
});

test('what stops calls is told before what only makes them poor', () => {
  const warnings = ['Voices arrive late.'];
  expect(phoneTrouble({ ...open, warnings })).toMatchObject({
    tone: 'warn',
    sentence: 'Voices arrive late.',
  });
  const lost: PhoneView = { ...open, state: 'trouble', sentence: 'No microphone.', warnings };
  expect(phoneTrouble(lost)).toMatchObject({ tone: 'bad', sentence: 'No microphone.' });
  expect(phoneTrouble({ ...lost, state: 'reconnecting' })?.sentence).toMatch(/not over/);
});
