import { expect, test } from 'vitest';
import { columnNames, guessMapping, headerSignature, readDate } from './mapping.ts';

const fields = (header: string, row = '') =>
  guessMapping(header.split('|'), row === '' ? [] : [row.split('|')], 'US').columns.map(
    (column) => column.field,
  );

test.each([
  ['First Name|Last Name|Company|Phone|E-mail', ['first-name', 'last-name', 'company', 'phone', 'email']],
  [
    'Vorname|Nachname|Firma|Telefon|PLZ|Ort',
    ['first-name', 'last-name', 'company', 'phone', 'postal-code', 'city'],
  ],
  ['Prénom|Nom de famille|Société|Téléphone|Ville', ['first-name', 'last-name', 'company', 'phone', 'city']],
  ['Nombre|Apellidos|Empresa|Teléfono|Correo', ['name', 'last-name', 'company', 'phone', 'email']],
  ['Imię|Nazwisko|Firma|Telefon|Miasto', ['first-name', 'last-name', 'company', 'phone', 'city']],
  ['full_name|phoneNumber|timeZone|call_time|cadence', ['name', 'phone', 'zone', 'call-time', 'cadence']],
])('the header %s is understood', (header, expected) => {
  expect(fields(header)).toEqual(expected);
});

test('several columns of numbers are all numbers, each of its kind', () => {
  const { columns } = guessMapping(['Name', 'Mobile', 'Work Phone', 'Phone 3', 'Fax'], [], 'US');
  expect(columns.map(({ field, kind }) => [field, kind])).toEqual([
    ['name', 'other'],
    ['phone', 'mobile'],
    ['phone', 'office'],
    ['phone', 'other'],
    ['custom', 'other'],
  ]);
});

test('without a header the cells tell numbers, addresses and names', () => {
  const { columns } = guessMapping(null, [['Ada Byron', '212-555-0101', 'ada@globex.example']], 'US');
  expect(columns.map((column) => column.field)).toEqual(['name', 'phone', 'email']);
});

test('a guess from the header alone is less sure than one that the cells bear out', () => {
  const sure = guessMapping(['Phone'], [['212-555-0101']], 'US').columns[0]!.confidence;
  const doubtful = guessMapping(['Phone'], [['ask Bob']], 'US').columns[0]!.confidence;
  expect(sure).toBeGreaterThan(doubtful);
});

test('a second column of the same kind becomes a field of its own and is not lost', () => {
  expect(fields('Email|Email')).toEqual(['email', 'custom']);
  expect(columnNames(['Email', 'email', ''], 3)).toEqual(['Email', 'email (2)', 'Column 3']);
});

test('the same header is known again whatever its case and spacing', () => {
  expect(headerSignature(['First Name', 'E-Mail'])).toBe(headerSignature(['first_name', 'e mail ']));
  expect(headerSignature(['A', 'B'])).not.toBe(headerSignature(['B', 'A']));
});

const order = (cell: string, country = 'US') => guessMapping(['x'], [[cell]], country).dateOrder;

test('the order of dates is read from a day above twelve', () => {
  expect(order('25/03/2026')).toBe('dmy');
  expect(order('03/25/2026', 'GB')).toBe('mdy');
  expect(order('2026-03-25')).toBe('ymd');
  expect(order('03/04/2026')).toBe('mdy');
  expect(order('03/04/2026', 'GB')).toBe('dmy');
  expect(readDate('3/4/2026', 'mdy')).toBe('2026-03-04');
  expect(readDate('3/4/26', 'dmy')).toBe('2026-04-03');
  expect(readDate('31.02.2026', 'dmy')).toBeNull();
});

test('a column whose name is a page of text is called by its beginning', () => {
  const names = columnNames(['x'.repeat(5_000), 'x'.repeat(5_000)], 2);
  expect(names.map((name) => name.length)).toEqual([200, 204]);
  expect(headerSignature(['x'.repeat(5_000)])).toHaveLength(200);
});
