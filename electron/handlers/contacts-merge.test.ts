import { afterEach, expect, test } from 'vitest';
import type { ContactSheet, Double, MergeRow } from '../../shared/contract/contacts.ts';
import { instant } from '../../shared/lib/instants.ts';
import { auditPage } from '../store/audit.ts';
import { aContact } from '../store/testing.ts';
import { type TestHouse, aHouse } from './testing-house.ts';

const NOW = instant(Date.UTC(2026, 10, 18, 16));
let house: TestHouse | null = null;
afterEach(async () => {
  await house?.end();
  house = null;
});

test('a double is found by number or mail, made one with its other, and taken apart again', async () => {
  house = await aHouse(NOW);
  const { get, db } = house;
  const number = { e164: '+12125550177', kind: 'mobile', zones: [], isStarred: true } as never;
  const other = { e164: '+12125550178', kind: 'mobile', zones: [], isStarred: true } as never;
  const kept = aContact(db, {
    name: 'Ada Byron',
    company: '',
    email: 'ada@engine.example',
    numbers: [number],
  });
  const byNumber = aContact(db, { name: 'A. Byron', email: '', company: 'Engines', numbers: [number] });
  const byMail = aContact(db, { name: 'Ada B', email: 'ADA@engine.example', numbers: [other] });
  aContact(db, { name: 'Ada Else', email: 'ada@other.example', numbers: [] });
  expect(await get<Double[]>('contacts.doubles', { id: kept })).toMatchObject([
    { id: byNumber, shares: 'the same number', number: '(212) 555-0177' },
    { id: byMail, shares: 'the same mail address' },
  ]);

  const { mergeId } = await get<{ mergeId: number }>('contacts.merge', { keptId: kept, goneId: byNumber });
  expect(await get<ContactSheet>('contacts.sheet', { id: kept })).toMatchObject({ company: 'Engines' });
  expect(await get<MergeRow[]>('contacts.merges', { id: kept })).toMatchObject([
    { id: mergeId, goneName: 'A. Byron', undoneAt: null },
  ]);
  expect(await house.no('contacts.merge', { keptId: kept, goneId: byNumber })).toMatch(/^not-now/);

  await get('contacts.undoMerge', { mergeId });
  expect(await get<ContactSheet>('contacts.sheet', { id: byNumber })).toMatchObject({ name: 'A. Byron' });
  expect(await get<ContactSheet>('contacts.sheet', { id: kept })).toMatchObject({ company: '' });
  expect(await house.no('contacts.undoMerge', { mergeId })).toMatch(/nothing to take apart/);
  expect(
    auditPage(db, 5)
      .rows.map(({ action }) => action)
      .slice(0, 2),
  ).toEqual(['contact.apart', 'contact.merge']);
});
