import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dialText, linkIn } from './link-text.ts';

test('a link among the arguments is found wherever Chromium has put it', () => {
  expect(linkIn(['/opt/parley', '--no-sandbox', 'tel:+12025550123', '--data=/x'])).toBe('tel:+12025550123');
  expect(linkIn(['/opt/parley', 'CALLTO:2025550123'])).toBe('CALLTO:2025550123');
  expect(linkIn(['/opt/parley', 'https://tel.example'])).toBeNull();
});

test.each([
  ['tel:+1-202-555-0123', '+1-202-555-0123'],
  ['tel:(202)%20555-0123', '(202) 555-0123'],
  ['tel:+12025550123;ext=44', '+12025550123;ext=44'],
  ['tel:2025550123;phone-context=+1', '2025550123'],
  ['callto://+12025550123/', '+12025550123'],
  ['parley:202.555.0123?from=mail', '202.555.0123'],
  ['tel:*67%232025550123', '*67#2025550123'],
])('%s becomes %s', (link, text) => {
  expect(dialText(link)).toBe(text);
});

test.each([
  'tel:',
  'tel:%',
  'tel:javascript:alert(1)',
  'tel:<b>2025550123</b>',
  'tel:2025550123\n2025550124',
  `tel:${'5'.repeat(65)}`,
  'https://202.555.0123',
])('%j fills nothing', (link) => {
  expect(dialText(link)).toBeNull();
});

test('whatever a page puts in a link, what comes out is short and has a number’s characters only', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (anything) => {
      const text = dialText(`tel:${anything}`);
      expect(text === null || /^[0-9+*#() .;=ext-]{1,64}$/.test(text)).toBe(true);
    }),
  );
});
