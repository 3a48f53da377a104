import { expect, test } from 'vitest';
import { insertIntent } from './attempts.ts';
import { consentsOf, giveConsent } from './consents.ts';
import { mergeContacts, mergesOf, undoMerge } from './contact-merge.ts';
import { contactById, contactCount, numbersOf } from './contacts.ts';
import { enrol, enrolmentOf } from './enrolments.ts';
import type { Db } from './open.ts';
import { searchContacts } from './search.ts';
import { NOON, aCampaign, aContact, aNumber, aStore, anAttempt } from './testing.ts';

const one = (nth: number) => ({ e164: aNumber(nth), kind: 'mobile' as const, zones: [], isStarred: true });

function twins(db: Db): { kept: number; gone: number } {
  return {
    kept: aContact(db, { name: 'Ada Byron', company: '', numbers: [one(1)], fields: { Plan: 'gold' } }),
    gone: aContact(db, {
      name: 'A. Byron',
      company: 'Globex',
      numbers: [one(2), one(1)],
      fields: { Plan: 'silver', Size: '12' },
    }),
  };
}

/** Everything the tables say about contacts, but for the record of the merge itself. */
function everything(db: Db): unknown {
  const tables = [
    'contacts',
    'contact_numbers',
    'enrolments',
    'attempts',
    'consents',
    'contact_tags',
    'tallies',
  ];
  return tables.map((table) =>
    (db.$client.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all() as { n?: number }[]).filter(
      ({ n }) => n !== 0,
    ),
  );
}

test('two contacts become one that knows what either knew, and are told apart again to the letter', () => {
  const db = aStore();
  const campaign = aCampaign(db);
  const { kept, gone } = twins(db);
  enrol(db, campaign, [kept, gone], { dueAt: NOON });
  insertIntent(db, anAttempt({ contactId: gone, to: aNumber(2) }), { kind: 'ring' } as never);
  giveConsent(db, { contactId: gone, kind: 'call', basis: 'list', source: 'x', givenAt: NOON });
  const before = everything(db);

  const merged = mergeContacts(db, kept, gone, NOON);
  if (!merged.ok) throw new Error(merged.error);
  expect(contactCount(db)).toBe(1);
  expect(contactById(db, kept)).toMatchObject({
    name: 'Ada Byron',
    company: 'Globex',
    fields: { Plan: 'gold', Size: '12' },
  });
  const usable = numbersOf(db, kept).filter(({ isUsable }) => isUsable);
  expect(usable.map(({ e164, isStarred }) => [e164, isStarred])).toEqual([
    [aNumber(1), true],
    [aNumber(2), false],
  ]);
  expect(consentsOf(db, kept)).toHaveLength(1);
  expect(searchContacts(db, { search: 'A. By', after: null, limit: 5 }).rows.map(({ id }) => id)).toEqual([
    kept,
  ]);
  expect(mergesOf(db, kept)).toMatchObject([{ goneName: 'A. Byron', undoneAt: null }]);

  expect(undoMerge(db, merged.value.mergeId, NOON)).toMatchObject({ ok: true });
  expect(everything(db)).toEqual(before);
  expect(undoMerge(db, merged.value.mergeId, NOON)).toMatchObject({ ok: false });
});

test('in one campaign twice, the tries of both count', () => {
  const db = aStore();
  const campaign = aCampaign(db);
  const { kept, gone } = twins(db);
  enrol(db, campaign, [kept, gone], { dueAt: NOON });
  db.$client.prepare('UPDATE enrolments SET attempts = contact_id').run();
  expect(mergeContacts(db, kept, gone, NOON)).toMatchObject({ ok: true });
  expect(enrolmentOf(db, campaign, kept)?.attempts).toBe(kept + gone);
});

test('what somebody wrote after a merge stays when it is undone', () => {
  const db = aStore();
  const { kept, gone } = twins(db);
  const merged = mergeContacts(db, kept, gone, NOON);
  if (!merged.ok) throw new Error(merged.error);
  db.$client.prepare("UPDATE contacts SET company = 'Hooli' WHERE id = ?").run(kept);
  undoMerge(db, merged.value.mergeId, NOON);
  expect(contactById(db, kept)).toMatchObject({ company: 'Hooli', fields: { Plan: 'gold' } });
  expect(contactById(db, gone)).toMatchObject({ company: 'Globex', name: 'A. Byron' });
});

test('nobody is merged in the middle of a call, with themselves, or with somebody who is gone', () => {
  const db = aStore();
  const campaign = aCampaign(db);
  const { kept, gone } = twins(db);
  expect(mergeContacts(db, kept, kept, NOON)).toMatchObject({ ok: false });
  expect(mergeContacts(db, kept, 999, NOON)).toMatchObject({ ok: false });
  enrol(db, campaign, [gone], { dueAt: NOON });
  db.$client.prepare("UPDATE enrolments SET state = 'in-hand', held_by_session = 0").run();
  expect(mergeContacts(db, kept, gone, NOON)).toMatchObject({
    ok: false,
    error: expect.stringContaining('in a call'),
  });
  expect(numbersOf(db, kept).map(({ e164 }) => e164)).toEqual([aNumber(1)]);
});
