import { expect, test } from 'vitest';
import { addressOf } from './tabs.ts';

test('a place the engine names leads to its tab, and any other place stays what it is', () => {
  expect(addressOf('/campaigns/2/rules')).toBe('/campaigns/2?tab=rules');
  expect(addressOf('/campaigns/2')).toBe('/campaigns/2');
  expect(addressOf('/settings')).toBe('/settings');
});
