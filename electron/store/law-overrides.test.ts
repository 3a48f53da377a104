import { expect, test } from 'vitest';
import { shippedLaw } from '../../shared/domain/law/book.ts';
import { addOverride, obeyedLaw, overridesOf, removeOverride } from './law-overrides.ts';
import { addRegistry, useRegistry } from './registries.ts';
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

test('a live workspace asks how old its copies of a register are, and a practice does not', () => {
  const db = aStore();
  const asked = (kind: 'practice' | 'live') =>
    obeyedLaw(db, shippedLaw, kind).rules.find(
      (rule) => rule.kind === 'scrub-age' && rule.jurisdiction === 'US',
    )?.values;
  expect(asked('practice')).not.toHaveProperty('comparedAt');
  expect(asked('live')).toMatchObject({ comparedAt: null, copies: [] });
  const file = {
    name: 'National',
    jurisdiction: 'US',
    covers: ['+1212'],
    fileName: 'dnc.txt',
    byAgent: null,
  };
  const id = addRegistry(db, { ...file, asOf: NOON, readAt: NOON });
  expect(asked('live')).toMatchObject({ copies: [] });
  useRegistry(db, id);
  expect(asked('live')).toMatchObject({ comparedAt: null, copies: [{ asOf: NOON, covers: ['+1212'] }] });
  expect(asked('practice')).not.toHaveProperty('copies');
});
