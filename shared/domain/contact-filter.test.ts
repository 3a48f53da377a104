import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CONTACT_TOKENS, readContactFilter } from './contact-filter.ts';
import { completingAt, completions, partsOf, tokenText, withCompletion } from './filter-tokens.ts';

const mistakes = (typed: string) => readContactFilter(typed).mistakes.map(({ sentence }) => sentence);

test('words, words in a row and tokens are told apart', () => {
  const { words, phrases, tokens } = readContactFilter(
    'maria "about the invoice" list:"Spring leads" -tag:vip',
  );
  expect([words, phrases]).toEqual([['maria'], ['about the invoice']]);
  expect(tokens.map(({ isNot, means }) => ({ isNot, means }))).toEqual([
    { isNot: false, means: { kind: 'list', name: 'Spring leads' } },
    { isNot: true, means: { kind: 'tag', name: 'vip' } },
  ]);
});

test('a token that stands alone needs no value, and takes a minus', () => {
  const { tokens } = readContactFilter('-never-called no-number');
  expect(tokens.map(({ isNot, means }) => [isNot, means.kind])).toEqual([
    [true, 'never-called'],
    [false, 'no-number'],
  ]);
});

test('a state is read by its letters and by its name', () => {
  expect(readContactFilter('state:or').tokens[0]?.means).toEqual({ kind: 'state', code: 'US-OR' });
  expect(readContactFilter('state:"British Columbia"').tokens[0]?.means).toEqual({
    kind: 'state',
    code: 'CA-BC',
  });
});

test('each mistake is a sentence that says what to type instead', () => {
  expect(mistakes('lsit:x')[0]).toContain('Did you mean list:?');
  expect(mistakes('tag:')[0]).toContain('such as tag:vip');
  expect(mistakes('due:someday')[0]).toContain('now, today, tomorrow, week');
  expect(mistakes('-maria')[0]).toContain('-tag:vip');
  expect(mistakes('never-called:yes')[0]).toContain('stands alone');
  expect(mistakes('state:Atlantis')[0]).toContain('state:OR');
  expect(mistakes('number:abc')[0]).toContain('number:+1503');
});

test('a quote that stands open is a filter all the same, while one types', () => {
  expect(readContactFilter('list:"Spring le').tokens[0]?.means).toEqual({ kind: 'list', name: 'Spring le' });
  expect(readContactFilter('"about the').phrases).toEqual(['about the']);
});

test('what is begun is completed in its place, and the rest stays', () => {
  const typed = 'maria sta x';
  const completing = completingAt(typed, 9);
  const all = completions(completing, CONTACT_TOKENS);
  expect(all.map(({ text }) => text)).toEqual(['state:', 'status:', 'stage:']);
  expect(withCompletion(typed, completing, all[1]!.text)).toBe('maria status: x');
  const value = completingAt('status:d', 8);
  expect(completions(value, CONTACT_TOKENS).map(({ text }) => text)).toEqual(['status:done ']);
});

test('anything that can be typed is read without a stumble, and every part has its own place', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ab:"- -tagdue.é\t\\%'.split('')) }), (typed) => {
      readContactFilter(typed);
      let last = 0;
      for (const { from, to, text } of partsOf(typed)) {
        expect(from).toBeGreaterThanOrEqual(last);
        expect(to).toBeGreaterThan(from);
        expect(text).toBe(typed.slice(from, to));
        last = to;
      }
    }),
  );
});

test('a value with spaces is read back as it was put in', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z][a-z :é-]{0,20}[a-z]$/), (name) => {
      const { tokens, mistakes: none } = readContactFilter(tokenText('list', name));
      expect(none).toEqual([]);
      expect(tokens[0]?.means).toEqual({ kind: 'list', name });
    }),
  );
});
