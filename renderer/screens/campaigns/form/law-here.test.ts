import { expect, test } from 'vitest';
import { usualRules } from '../../../../shared/domain/campaign.ts';
import type { Rules } from '../kinds.ts';
import { shippedLaw } from '../../../../shared/domain/law/book.ts';
import { countryOf, lawStricterThan } from './law-here.ts';

const MONDAY = '2026-09-14';

function stricter(from: number, to: number, weekdays: readonly number[], date = MONDAY) {
  const windows = weekdays.map((weekday) => ({ weekday, from: from * 60, to: to * 60 }));
  const rules: Rules = { ...(usualRules('America/New_York') as Rules), windows };
  return lawStricterThan(shippedLaw, { rules, mode: 'power' }, date).map(({ sentence }) => sentence);
}

test('hours in the middle of an ordinary weekday are within the law everywhere in the country', () => {
  expect(stricter(11, 16, [2, 3])).toEqual([]);
});

test('hours past nine in the evening are told to be outside the federal hours', () => {
  expect(stricter(10, 22, [2]).some((sentence) => sentence.includes('federal law'))).toBe(true);
});

test('a Sunday is told to be closed in the states that close it', () => {
  const said = stricter(12, 16, [7]);
  expect(said.length).toBeGreaterThan(0);
  expect(said.every((sentence) => sentence.includes('Sundays'))).toBe(true);
});

test('a holiday in sight is told by its name', () => {
  const said = stricter(11, 16, [4], '2026-11-23').join(' ');
  expect(said).toContain('Thanksgiving');
});

test('a zone knows its country, and one that is shared the country whose law is known', () => {
  expect(countryOf(shippedLaw, 'America/New_York')).toBe('US');
  expect(countryOf(shippedLaw, 'America/Toronto')).toBe('CA');
  expect(countryOf(shippedLaw, 'Nowhere/At_All')).toBeNull();
});
