import { expect, test } from 'vitest';
import { excerptOf } from './excerpt.ts';

test('the first place is shown where a word begins, whatever its letters’ case and marks', () => {
  expect(excerptOf(['No fund here', 'Le Rémboursement'], ['fund'])).toEqual({
    before: 'No ',
    hit: 'fund',
    after: ' here',
  });
  expect(excerptOf(['refund', 'Le Rémboursement'], ['fund', 'remb'])?.hit).toBe('Rémb');
});

test('what stands far around is left out, and nothing is found in nothing', () => {
  const found = excerptOf([`${'a '.repeat(50)}refund${' b'.repeat(50)}`], ['refund'])!;
  expect(found.before.startsWith('…')).toBe(true);
  expect(found.after.endsWith('…')).toBe(true);
  expect(excerptOf([], ['refund'])).toBeNull();
  expect(excerptOf(['refund'], ['?!'])).toBeNull();
});
