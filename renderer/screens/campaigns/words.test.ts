import { expect, test } from 'vitest';
import { usualRules } from '../../../shared/domain/campaign.ts';
import { DAY_MS, HOUR_MS, instant } from '../../../shared/lib/instants.ts';
import type { Rules } from './kinds.ts';
import { campaignInSentences, clockThere, placeOf, reachText, spanText } from './words.ts';

const rules = usualRules('America/New_York') as Rules;
const sheet = { rules, mode: 'power', callerId: '', script: [] } as const;

function sentences(change: Partial<Rules>): string {
  return campaignInSentences({ ...sheet, rules: { ...rules, ...change }, script: [] }).join('\n');
}

test('the usual rules are told in plain sentences', () => {
  expect(sentences({})).toContain('Rings Mon–Fri 9:00–19:00 by the clock in New York.');
  expect(sentences({})).toContain('Tries each contact up to 6 times.');
  expect(sentences({})).not.toMatch(/null|undefined|NaN/);
});

test('a campaign with no open day says that nobody is rung', () => {
  expect(sentences({ windows: [] })).toContain('No day is open, so nobody is rung.');
});

test('every limit that is set has its sentence', () => {
  const said = sentences({
    attemptsPerDayMax: 2,
    numberPerDayMax: 3,
    numberPerWeekMax: 7,
    dailyLimit: 200,
    frequency: 'daily',
    coolDownMs: 4 * HOUR_MS,
    endsOn: '2027-01-31',
  });
  for (const part of [
    'at most 2 times a day',
    '3 times in any 24 hours and 7 times in any 7 days',
    '200 attempts',
    'once a day at most',
    'left alone for 4 hours',
    '2027',
  ])
    expect(said).toContain(part);
});

test('spans are said in the largest unit that says them exactly', () => {
  expect([25_000, 90_000, HOUR_MS, 24 * HOUR_MS, 3 * DAY_MS].map(spanText)).toEqual([
    '25 seconds',
    '90 seconds',
    '1 hour',
    '24 hours',
    '3 days',
  ]);
});

test('a reach rate of no attempts is not a percentage', () => {
  expect(reachText({ attempts: 0, reached: 0 })).toBe('–');
  expect(reachText({ attempts: 3, reached: 1 })).toBe('33 %');
});

test('the clock of another place is shown with its weekday, and an unknown place has none', () => {
  const at = instant(Date.UTC(2026, 10, 24, 14, 5));
  expect(clockThere(at, 'America/New_York')).toBe('Tue 9:05');
  expect(clockThere(at, 'Nowhere/At_All')).toBe('');
  expect(placeOf('America/Argentina/Buenos_Aires')).toBe('Buenos Aires');
});
