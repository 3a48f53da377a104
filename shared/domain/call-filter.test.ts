import { expect, test } from 'vitest';
import { instant } from '../lib/instants.ts';
import { type Days, readCallFilter, spanOf } from './call-filter.ts';
import { completingAt, completions } from './filter-tokens.ts';
import { CALL_TOKENS } from './call-filter.ts';

const ZONE = 'America/New_York';
// A Friday, half past nine in the evening there and already Saturday in UTC.
const NOW = instant(Date.UTC(2026, 10, 21, 2, 30));
const dayIn = (days: Days) => {
  const { from, until } = spanOf(days, NOW, ZONE);
  return [new Date(from).toISOString().slice(0, 13), new Date(until).toISOString().slice(0, 13)];
};

test('lengths are read with their unit, and one without says how it is written', () => {
  const { tokens, phrases } = readCallFilter('agent:ann outcome:callback >2m <1,5h -<30s "refund policy"');
  expect(tokens.map(({ means, isNot }) => [means.kind, isNot])).toEqual([
    ['agent', false],
    ['outcome', false],
    ['longer', false],
    ['shorter', false],
    ['shorter', true],
  ]);
  expect(tokens[3]?.means).toEqual({ kind: 'shorter', seconds: 5400 });
  expect(phrases).toEqual(['refund policy']);
  expect(readCallFilter('>2').mistakes[0]?.sentence).toContain('Write it like >2m');
});

test('what cannot be read is said in a sentence, with what there is instead', () => {
  const mistake = (typed: string) => readCallFilter(typed).mistakes[0]?.sentence ?? '';
  expect(mistake('status:done')).toContain('completed');
  expect(mistake('on:2026-02-30')).toContain('is no day');
  expect(mistake('agnet:ann')).toContain('Did you mean agent:');
  expect(mistake('number:abc')).toContain('number:+1503');
  expect(mistake('has:video')).toContain('recording');
});

test.each<[Days, string, string]>([
  ['today', '2026-11-20T05', '2026-11-21T05'],
  ['yesterday', '2026-11-19T05', '2026-11-20T05'],
  ['this-week', '2026-11-16T05', '2026-11-23T05'],
  ['last-week', '2026-11-09T05', '2026-11-16T05'],
  ['this-month', '2026-11-01T04', '2026-12-01T05'],
  ['last-month', '2026-10-01T04', '2026-11-01T04'],
  [{ month: '2026-03' }, '2026-03-01T05', '2026-04-01T04'],
  [{ date: '2026-03-08' }, '2026-03-08T05', '2026-03-09T04'],
])('%j lasts from midnight to midnight on the clocks of the workspace', (days, from, until) => {
  expect(dayIn(days)).toEqual([from, until]);
});

test('a length is offered like any token that stands alone', () => {
  expect(completions(completingAt('>', 1), CALL_TOKENS).map(({ text }) => text)).toEqual(['>2m ']);
});
