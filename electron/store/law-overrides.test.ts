import { expect, test } from 'vitest';
import { shippedLaw } from '../../shared/domain/law/book.ts';
import { addOverride, obeyedLaw, overridesOf, removeOverride } from './law-overrides.ts';
import { NOON, aStore, anAgent } from './testing.ts';

test('a rule is taken out in somebody’s name, is in the audit log, and can be put back', () => {
  const db = aStore();
  const ada = anAgent(db);
  const override = { rule: 'us-in-hours', by: 'Ada', reason: 'Only for recorded calls.', at: NOON };
  expect(addOverride(db, shippedLaw, override, ada)).toMatchObject({ ok: true });
  expect(obeyedLaw(db, shippedLaw).rules.some(({ id }) => id === 'us-in-hours')).toBe(false);
  expect(removeOverride(db, 'us-in-hours', { at: NOON }, ada)).toBe(true);
  expect(removeOverride(db, 'us-in-hours', { at: NOON }, ada)).toBe(false);
  expect(obeyedLaw(db, shippedLaw)).toBe(shippedLaw);
  const lines = db.$client.prepare('SELECT action, subject_id AS id, agent_id AS who FROM audit').all();
  expect(lines).toEqual([
    { action: 'law.override', id: 'us-in-hours', who: ada },
    { action: 'law.override', id: 'us-in-hours', who: ada },
  ]);
});

test('the text of a law is not taken out, and nothing is kept of the try', () => {
  const db = aStore();
  const override = { rule: 'us-hours', by: 'Ada', reason: 'We are in a hurry.', at: NOON };
  expect(addOverride(db, shippedLaw, override, anAgent(db))).toMatchObject({ ok: false });
  expect(overridesOf(db)).toEqual([]);
});
