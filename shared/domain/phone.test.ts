import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type E164, maskPhone, readPhone, showPhone } from './phone.ts';

const FICTION = '+12125550123' as E164;

/** Numbers set aside for stories: 555-0100 to 555-0199 in area codes that exist. */
const fiction = fc
  .tuple(fc.constantFrom('212', '415', '312', '303', '604', '416'), fc.integer({ min: 100, max: 199 }))
  .map(([area, last]) => `+1${area}5550${last}` as E164);

test.each([
  '(212) 555-0123',
  '212.555.0123',
  '+1 212 555 0123',
  ' 1-212-555-0123 ',
  '2125550123',
  '+1 (212) 555 0123',
])('“%s” is one and the same number', (typed) => {
  expect(readPhone(typed, 'US')).toEqual({ ok: true, value: FICTION });
});

test.each([
  ['', 'US', 'empty', 'There is no number here.'],
  ['   ', 'US', 'empty', 'There is no number here.'],
  ['soon', 'US', 'not-a-number', '“soon” is not a phone number.'],
  ['555-0123', 'US', 'too-short', '“555-0123” is too short for a phone number.'],
  ['212 555 01234', 'US', 'too-long', '“212 555 01234” is too long for a phone number.'],
  // Nine digits: few in New York, too many in Oslo.
  ['+47 555 01 1234', 'US', 'too-long', '“+47 555 01 1234” is too long for a phone number.'],
  ['111 555 0123', 'US', 'not-in-use', '+1 1115550123 is not a number in use.'],
])('“%s” typed in %s is refused as %s', (typed, country, why, sentence) => {
  expect(readPhone(typed, country)).toEqual({ ok: false, error: { why, sentence } });
});

test('whatever is typed is answered, with a number in E.164 or with a sentence short enough to show', () => {
  const typed = fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom(...'+0123456789-(). x'.split('')), maxLength: 300 }),
  );
  fc.assert(
    fc.property(typed, fc.constantFrom('US', 'DE', 'NO', 'GB', 'XX', ''), (text, country) => {
      const read = readPhone(text, country);
      if (read.ok) expect(read.value).toMatch(/^\+[1-9]\d{3,14}$/);
      else {
        expect(read.error.sentence.length).toBeLessThan(120);
        expect(read.error.sentence).toMatch(/\.$/);
      }
    }),
    { numRuns: 500 },
  );
});

test('a number that is shown can be typed back, at home and abroad', () => {
  fc.assert(
    fc.property(fiction, fc.constantFrom('US', 'CA', 'DE'), (number, home) => {
      expect(readPhone(showPhone(number, home), home)).toEqual({ ok: true, value: number });
    }),
  );
});

test('a number is shown the national way at home and the international way elsewhere', () => {
  expect(showPhone(FICTION, 'US')).toBe('(212) 555-0123');
  expect(showPhone(FICTION, 'DE')).toBe('+1 212 555 0123');
});

test('a masked number keeps its length and its end, and cannot be rung', () => {
  expect(maskPhone(FICTION)).toBe('+1••••••••23');
  fc.assert(
    fc.property(fiction, (number) => {
      const masked = maskPhone(number);
      expect(masked).toHaveLength(number.length);
      expect(masked.replace(/\D/g, '')).toHaveLength(3);
    }),
  );
});

test.each(['', '7', '911', 'nobody'])('“%s” is masked whole', (text) => {
  expect(maskPhone(text)).toBe('•••');
});
