import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LeftAlone, RegistryRow } from '../../shared/contract/do-not-call.ts';
import { ageOf } from '../../shared/domain/registry-age.ts';
import { DAY_MS, after, instant } from '../../shared/lib/instants.ts';
import { numbersIn, wholeLines } from '../contacts/registry-text.ts';
import { giveConsent } from '../store/consents.ts';
import { ownersOf } from '../store/contacts.ts';
import { doNotCallFor } from '../store/do-not-call.ts';
import { registryAsOf } from '../store/registries.ts';
import { type TestHouse, aHouse } from './testing-house.ts';

/* Who is never rung: the own list as a supervisor keeps it, and registers as they are read in. */

const START = instant(Date.UTC(2026, 10, 18, 17));
let house: TestHouse;
beforeAll(async () => {
  house = await aHouse(START);
});
afterAll(async () => house.end());

const page = (search = '') =>
  house.get<{ rows: LeftAlone[]; total: number }>('doNotCall.page', { search, kind: null, before: null });
const why = { reason: 'asked by letter', source: 'letter of 3 May' };

test('many are added at once, each line that cannot be read is told, and the others are in', async () => {
  const text = '(212) 555-0150\n+1 212 555 0151\nnonsense\n\n212-555-0150';
  const added = await house.get('doNotCall.add', { kind: 'number', text, ...why });
  expect(added).toMatchObject({ added: 2, known: 1, troubleCount: 1, troubles: [{ line: 3 }] });
  const { rows } = await page('555-0151');
  expect(rows[0]).toMatchObject({
    shown: '(212) 555-0151',
    reason: 'asked by letter',
    source: 'letter of 3 May',
  });
});

test('area codes, companies and mail domains leave alone whoever they fit', async () => {
  await house.get('doNotCall.add', { kind: 'area-code', text: '415', ...why });
  await house.get('doNotCall.add', { kind: 'company', text: 'Hush Ltd', ...why });
  await house.get('doNotCall.add', { kind: 'domain', text: '@quiet.example', ...why });
  const left = (callee: Parameters<typeof doNotCallFor>[1]) => doNotCallFor(house.db, callee)?.kind ?? null;
  expect(left({ e164: '+14155550100' })).toBe('area-code');
  expect(left({ e164: '+12065550100', company: 'HUSH  ltd' })).toBe('company');
  expect(left({ e164: '+12065550100', email: 'a@quiet.example' })).toBe('domain');
  expect(left({ e164: '+12065550199' })).toBe(null);
});

test('whoever is taken off is free again, and the audit trail says why', async () => {
  const { rows } = await page('555-0150');
  await house.get('doNotCall.remove', { id: rows[0]!.id, why: 'a wrong number in the letter' });
  expect(doNotCallFor(house.db, { e164: '+12125550150' })).toBeNull();
  const audit = await house.get<{ action: string; after: unknown }[]>('people.audit', { before: null });
  expect(audit[0]).toMatchObject({
    action: 'do-not-call.remove',
    after: { why: 'a wrong number in the letter' },
  });
  expect(await house.no('doNotCall.remove', { id: rows[0]!.id, why: 'again' })).toContain('gone already');
});

const registry = {
  name: 'National register',
  jurisdiction: 'US',
  asOf: '2026-11-01',
  covers: [] as string[],
  fileName: 'register.txt',
};

async function read(pieces: readonly string[], change: Partial<typeof registry> = {}): Promise<RegistryRow> {
  const { id } = await house.get<RegistryRow>('doNotCall.beginRegistry', { ...registry, ...change });
  for (const text of pieces) await house.get('doNotCall.addToRegistry', { id, text });
  return house.get<RegistryRow>('doNotCall.endRegistry', { id });
}

test('a register is read in pieces that end anywhere, and is asked from its end on', async () => {
  const { id } = await house.get<RegistryRow>('doNotCall.beginRegistry', registry);
  await house.get('doNotCall.addToRegistry', { id, text: '2065550120\n206,5550121\nname;+1 (206) 555-01' });
  expect(doNotCallFor(house.db, { e164: '+12065550120' })).toBeNull();
  await house.get('doNotCall.addToRegistry', { id, text: '22\nno number here\n2065550120' });
  const ended = await house.get<RegistryRow>('doNotCall.endRegistry', { id });
  expect(ended).toMatchObject({ state: 'in-use', numbers: 3, skipped: 1, age: 'fresh' });
  for (const last of ['20', '21', '22'])
    expect(doNotCallFor(house.db, { e164: `+120655501${last}` })?.reason).toContain('National register');
  expect(registryAsOf(house.db, 'US')).toBe(Date.UTC(2026, 10, 1));
  expect(registryAsOf(house.db, 'GB')).toBeNull();
});

test('a newer copy takes the place of the older one at once and whole', async () => {
  await read(['2065550130\n2065550131'], { asOf: '2026-11-15' });
  expect(doNotCallFor(house.db, { e164: '+12065550120' })).toBeNull();
  expect(doNotCallFor(house.db, { e164: '+12065550131' })).not.toBeNull();
  expect(registryAsOf(house.db, 'US')).toBe(Date.UTC(2026, 10, 15));
  const rows = await house.get<RegistryRow[]>('doNotCall.registries');
  expect(rows).toHaveLength(1);
});

test('whoever agreed to be called is in no register for us', async () => {
  const owner = ownersOf(house.db, '+12065550102' as never)[0]!;
  await read(['2065550102'], { name: 'State register', jurisdiction: 'US-WA' });
  expect(doNotCallFor(house.db, { e164: '+12065550102' })).not.toBeNull();
  giveConsent(house.db, {
    contactId: owner.contact.id,
    kind: 'call',
    basis: 'In writing',
    source: 'file 12',
    givenAt: START,
  });
  expect(doNotCallFor(house.db, { e164: '+12065550102' })).toBeNull();
});

test('a register for some area codes speaks for no others', async () => {
  await read(['3035550100'], { name: 'Some area codes', jurisdiction: 'CA', covers: ['303', '720'] });
  expect(registryAsOf(house.db, 'CA', '+13035550199')).not.toBeNull();
  expect(registryAsOf(house.db, 'CA', '+12125550100')).toBeNull();
});

test('a file without a number changes nothing, nor does one from tomorrow', async () => {
  const { id } = await house.get<RegistryRow>('doNotCall.beginRegistry', registry);
  await house.get('doNotCall.addToRegistry', { id, text: '<html>not a list</html>\n' });
  expect(await house.no('doNotCall.endRegistry', { id })).toContain('nothing was changed');
  expect(doNotCallFor(house.db, { e164: '+12065550131' })).not.toBeNull();
  expect(await house.no('doNotCall.beginRegistry', { ...registry, asOf: '2026-12-24' })).toContain(
    'lies ahead',
  );
  expect(await house.no('doNotCall.beginRegistry', { ...registry, asOf: '2026-02-31' })).not.toBe(
    'it was done',
  );
  expect(await house.no('doNotCall.beginRegistry', { ...registry, covers: ['abc'] })).toContain('area codes');
});

test('a copy warns for a week and is too old after 31 days', () => {
  const at = (days: number) => ageOf(START, after(START, days * DAY_MS)).age;
  expect([at(0), at(23), at(24), at(31), at(32)]).toEqual(['fresh', 'fresh', 'ages', 'ages', 'too-old']);
});

test('the text of a register is read in every shape it is handed out in', () => {
  const { numbers, skipped } = numbersIn(
    ['12065550100', '"206","5550101"', 'Ann;206-555-0102', '(206) 555.0103', 'x', '', '123'],
    'US',
  );
  expect(numbers).toEqual(['+12065550100', '+12065550101', '+12065550102', '+12065550103']);
  expect(skipped).toBe(2);
  expect(wholeLines('a\r\nb\r\nc')).toEqual({ lines: ['a', 'b', ''], rest: 'c' });
});
