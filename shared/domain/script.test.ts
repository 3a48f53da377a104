import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillIn, scriptFields } from './script.ts';

const contact = {
  name: 'Robin Sample',
  company: 'Acme',
  title: '',
  place: 'Springfield',
  fields: { 'Renewal  Date': '1 May' },
};
const fields = scriptFields(contact, 'Alex');
const say = (text: string) =>
  fillIn(text, fields)
    .map((run) => run.text)
    .join('');

test('fields are filled in by name, however it is written', () => {
  expect(say('Hi {{first name}}, {{ My Name }} here about {{renewal date}} at {{COMPANY}}.')).toBe(
    'Hi Robin, Alex here about 1 May at Acme.',
  );
});

test('what nobody knows is a marked gap: its fallback, or its name in brackets', () => {
  expect(fillIn('Dear {{title|colleague}} in {{ city }}', fields)).toEqual([
    { kind: 'words', text: 'Dear ' },
    { kind: 'gap', text: 'colleague' },
    { kind: 'words', text: ' in ' },
    { kind: 'gap', text: '[city]' },
  ]);
});

test.each([
  ['{{}}', '[missing]'],
  ['{{ }}', '[missing]'],
  ['{{|there}}', 'there'],
  ['{{title|}}', '[title]'],
  ['{{city|a|b}}', 'a b'],
  ['Hello {{company', 'Hello company'],
  ['Hello }} {company}', 'Hello  company'],
  ['{{a {{company}} b}}', 'a Acme b'],
])('a slip of the writer’s pen is no riddle for the agent: “%s”', (text, said) => {
  expect(say(text)).toBe(said);
});

const texts = fc.string({
  unit: fc.constantFrom('{{', '}}', '{', '}', '|', ' ', 'name', 'city', 'a', '.', '\n'),
  maxLength: 30,
});

test('whatever the script says, no brace is read out, no gap is blank, and no run is empty', () => {
  fc.assert(
    fc.property(
      texts,
      fc.dictionary(fc.constantFrom('name', 'city'), fc.string({ unit: fc.constantFrom(' ', 'x') })),
      (text, known) => {
        for (const { kind, text: said } of fillIn(text, new Map(Object.entries(known)))) {
          expect(said).not.toMatch(/[{}]/);
          expect(said).not.toBe('');
          if (kind !== 'words') expect(said.trim()).not.toBe('');
        }
      },
    ),
    { numRuns: 1000 },
  );
});

test('words without braces are said as they are', () => {
  fc.assert(
    fc.property(
      fc.string().filter((text) => text !== '' && !/[{}]/.test(text)),
      (text) => {
        expect(fillIn(text, fields)).toEqual([{ kind: 'words', text }]);
      },
    ),
  );
});

test('what the list calls “name” does not stand in for the contact’s own', () => {
  expect(scriptFields({ ...contact, fields: { Name: 'Somebody else' } }, 'Alex').get('name')).toBe(
    'Robin Sample',
  );
  expect(scriptFields({ ...contact, name: '  Robin Sample' }, 'Alex').get('first name')).toBe('Robin');
});
