import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instant } from '../../lib/instants.ts';
import { shippedLaw } from './book.ts';
import { recordingPolicy } from './recording.ts';

const NOW = instant(Date.UTC(2026, 10, 20, 15));
const inPlace = (code: string) => ({
  zones: ['America/New_York'],
  countries: code === '' ? [] : [code.slice(0, 2)],
  states: code.includes('-') ? [code] : [],
});
const manner = (callee: string, agent: string) =>
  recordingPolicy(shippedLaw, inPlace(callee), inPlace(agent), NOW).manner;

test.each(['CA', 'DE', 'FL', 'IL', 'MD', 'MA', 'MT', 'NV', 'NH', 'PA', 'WA', 'CT'])(
  'in %s all parties agree: recording is announced, from whichever end',
  (state) => {
    expect(manner(`US-${state}`, 'US-NY')).toBe('announce');
    expect(manner('US-NY', `US-${state}`)).toBe('announce');
    expect(recordingPolicy(shippedLaw, inPlace(`US-${state}`), inPlace('US-NY'), NOW).because).toHaveLength(
      1,
    );
  },
);

test.each([
  ['US-NY', 'US-TX', 'free'],
  ['US-NY', 'GB', 'announce'],
  ['CA-ON', 'US-NY', 'announce'],
  ['DE', 'US-NY', 'ask'],
  ['DE', 'FR', 'ask'],
  ['FR', 'US-NY', 'announce'],
  ['JP', 'US-NY', 'ask'],
  ['', 'US-NY', 'off'],
  ['US-NY', '', 'off'],
])('from an agent’s call to “%s”, the agent being in “%s”, recording is: %s', (callee, agent, expected) => {
  expect(manner(callee, agent)).toBe(expected);
});

test('the strictest end decides, and it does not matter which end that is', () => {
  const codes = fc.constantFrom('US-NY', 'US-CA', 'US-PA', 'GB', 'DE', 'FR', 'JP', 'CA-ON', 'NZ', '');
  const strictness = ['free', 'announce', 'ask', 'off'];
  fc.assert(
    fc.property(codes, codes, (one, other) => {
      expect(manner(one, other)).toBe(manner(other, one));
      const both = strictness.indexOf(manner(one, other));
      expect(both).toBe(
        Math.max(strictness.indexOf(manner(one, one)), strictness.indexOf(manner(other, other))),
      );
    }),
  );
});

test('an answer names the rules that ask for it', () => {
  const { because } = recordingPolicy(shippedLaw, inPlace('US-CA'), inPlace('US-NY'), NOW);
  expect(because).toEqual([
    {
      id: 'us-ca-recording',
      citation: 'Cal. Penal Code 632',
      sentence: 'In California, recording is announced before it begins.',
    },
  ]);
});
