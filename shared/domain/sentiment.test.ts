import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keywordsOf } from './keywords.ts';
import { sentimentOfLine, sentimentOfTalk, weightOf } from './sentiment.ts';

test.each([
  ['That sounds good, please do.', 'good'],
  ['I am not interested, sorry.', 'bad'],
  ['Stop calling me!', 'bad'],
  ['It is not good at all.', 'bad'],
  ['That is not bad.', 'good'],
  ['The round one is in the hall.', 'neutral'],
  ['It is nice, but it is a scam and a waste of time.', 'bad'],
  ['It was expensive, but the result is excellent.', 'good'],
  ['Thank you. It keeps the dog awake.', 'good'],
  ['We don’t need it.', 'bad'],
] as const)('“%s” sounds %s', (text, sounds) => {
  expect(sentimentOfLine(text)).toBe(sounds);
});

test('a negation turns a word, and says less than the opposite word would', () => {
  expect(weightOf('not excellent')).toBeLessThan(0);
  expect(weightOf('not excellent')).toBeGreaterThan(weightOf('awful'));
  expect(weightOf('very good')).toBeGreaterThan(weightOf('good'));
  // A full stop ends its reach.
  expect(weightOf('No. Excellent')).toBeGreaterThan(0);
});

test('a talk is what the other side said: an agent’s own friendliness moves nothing, and without them there is none', () => {
  const us = { speaker: 'agent', text: 'Excellent, wonderful, perfect!' } as const;
  const them = { speaker: 'contact', text: 'No thanks, this is a waste of time.' } as const;
  expect(sentimentOfTalk([us, them, us])).toEqual(sentimentOfTalk([them]));
  expect(sentimentOfTalk([us])).toBeNull();
  expect(sentimentOfTalk([them])?.sentiment).toBe('bad');
  expect(
    sentimentOfTalk([{ speaker: 'contact', text: 'It is excellent, great.' }, us, them])?.sentiment,
  ).toBe('mixed');
});

test('any text whatever has a score between -100 and 100 and at most eight keywords, of its own words', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 60 }), { maxLength: 8 }), (texts) => {
      const lines = texts.map((text) => ({ speaker: 'contact' as const, text }));
      const score = sentimentOfTalk(lines)?.score ?? 0;
      expect(Math.abs(score)).toBeLessThanOrEqual(100);
      const all = texts.join(' ').toLowerCase();
      const words = keywordsOf(lines);
      expect(words.length).toBeLessThanOrEqual(8);
      for (const word of words) for (const part of word.split(' ')) expect(all).toContain(part);
    }),
    { numRuns: 200 },
  );
});

test('keywords are what a talk was about: pairs before words, everyday words never', () => {
  const lines = [
    'The service plan is about the boiler.',
    'Is the service plan for one boiler or for two boilers?',
    'I would like to have the price of it, please.',
  ].map((text) => ({ text }));
  expect(keywordsOf(lines)).toEqual(['service plan', 'boiler', 'price']);
});
