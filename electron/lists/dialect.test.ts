import { expect, test } from 'vitest';
import { guessDialect } from './dialect.ts';

test.each([
  [',', 'name,phone,city\nAda Byron,212-555-0101,"New York, NY"\nBo Li,212-555-0102,Troy\n'],
  [';', 'name;phone;note\nAda;212-555-0101;a, b, c\nBo;212-555-0102;d, e, f\n'],
  ['\t', 'name\tphone\nByron, Ada\t212-555-0101\nLi, Bo\t212-555-0102\n'],
  ['|', 'name|phone\nAda|212-555-0101\n'],
])('the delimiter %j is found though others are about', (delimiter, text) => {
  expect(guessDialect(text, true)).toMatchObject({ delimiter, hasHeader: true });
});

test('Excel’s sep= line is obeyed', () => {
  expect(guessDialect('sep=;\r\na,b;c\r\n1,2;3\r\n', true)).toMatchObject({
    delimiter: ';',
    hasSepLine: true,
  });
});

test('a file without a header is seen as one', () => {
  expect(guessDialect('Ada,212-555-0101\nBo,212-555-0102\n', true).hasHeader).toBe(false);
});

test('one column is a file too', () => {
  expect(guessDialect('phone\n212-555-0101\n212-555-0102\n', true)).toMatchObject({
    delimiter: ',',
    hasHeader: true,
  });
});
