import fc from 'fast-check';
import { expect, test } from 'vitest';
import { consentMissing, fillIn, scriptFields, scriptFor, stepsOf } from './script.ts';

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

test('the first scripts, with titles and texts alone, are whole scripts', () => {
  const steps = stepsOf([
    { title: 'Hello', text: 'Hi' },
    { title: 'Bye', text: 'Bye', key: 's2', kind: 'consent', branches: [{ label: 'Again', to: 's3' }] },
    { title: 'Hello', text: 'Hi again' },
  ]);
  expect(steps.map(({ kind }) => kind)).toEqual(['say', 'consent', 'say']);
  expect(new Set(steps.map(({ key }) => key)).size).toBe(3);
  expect(stepsOf(steps)).toEqual(steps);
});

test('no branch leads into the dark, or back to where it starts', () => {
  const [step] = stepsOf([
    {
      key: 'a',
      title: 'A',
      text: '',
      branches: [
        { label: 'gone', to: 'z' },
        { label: 'here', to: 'a' },
        { label: 'on', to: 'b' },
      ],
    },
    { key: 'b', title: 'B', text: '' },
  ]);
  expect(step?.branches).toEqual([{ label: 'on', to: 'b' }]);
});

test('each line of consent has to be ticked, and nothing else has to', () => {
  const steps = stepsOf([
    { key: 'hi', title: 'Hi', text: '' },
    { key: 'one', kind: 'consent', title: 'First', text: '' },
    { key: 'two', kind: 'consent', title: 'Second', text: '' },
  ]);
  expect(consentMissing(steps, [])?.title).toBe('First');
  expect(consentMissing(steps, ['one'])?.title).toBe('Second');
  expect(consentMissing(steps, ['two', 'one', 'hi'])).toBeNull();
  expect(consentMissing(steps.slice(0, 1), [])).toBeNull();
});

test('of two scripts each contact hears one for good, and about half hear either', () => {
  const campaign = { id: 3, scriptId: 10, otherScriptId: 11 };
  const heard = Array.from({ length: 2_000 }, (_, id) => scriptFor(campaign, id + 1));
  expect(heard).toEqual(Array.from({ length: 2_000 }, (_, id) => scriptFor(campaign, id + 1)));
  const first = heard.filter((id) => id === 10).length;
  expect(first).toBeGreaterThan(900);
  expect(first).toBeLessThan(1_100);
  expect(scriptFor({ ...campaign, otherScriptId: null }, 7)).toBe(10);
  expect(scriptFor({ id: 3, scriptId: null, otherScriptId: 11 }, 7)).toBeNull();
});
