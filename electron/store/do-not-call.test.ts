import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDoNotCall, doNotCallFor, keysOf, leftAloneAt } from './do-not-call.ts';
import { NOON, aContact, aNumber, aStore } from './testing.ts';

const numbers = fc.constantFrom(
  '+12125550101',
  '+12125550102',
  '+13125550101',
  '+442079460101',
  '+33199000101',
);
const companies = fc.constantFrom('', 'Globex', ' globex ', 'Quiet  Ltd', 'quiet ltd', 'Ácme');
const emails = fc.constantFrom('', 'x@globex.example', 'y@Quiet.example', 'nobody', '@quiet.example');
const entries = fc.array(
  fc.oneof(
    numbers.map((value) => ({ kind: 'number', value }) as const),
    fc
      .tuple(numbers, fc.integer({ min: 2, max: 13 }))
      .map(([number, length]) => ({ kind: 'area-code', value: number.slice(0, length) }) as const),
    companies
      .filter((each) => each !== '')
      .map((value) => ({ kind: 'company', value: value.toUpperCase() }) as const),
    fc.constantFrom('globex.example', 'quiet.example').map((value) => ({ kind: 'domain', value }) as const),
  ),
  { maxLength: 8 },
);

test('whoever is on the list is found by its strongest entry, as looking each of their keys up would', () => {
  fc.assert(
    fc.property(entries, numbers, companies, emails, (listed, e164, company, email) => {
      const db = aStore();
      for (const entry of listed) addDoNotCall(db, { ...entry, reason: 'asked', since: NOON, byAgent: null });
      const kept = db.$client.prepare('SELECT kind, value FROM do_not_call').all() as {
        kind: string;
        value: string;
      }[];
      const expected = keysOf(e164, company, email)
        .map(([kind, value]) => kept.find((each) => each.kind === kind && each.value === value))
        .find((each) => each !== undefined);
      const found = doNotCallFor(db, { e164, company, email });
      expect(found === null ? undefined : { kind: found.kind, value: found.value }).toEqual(expected);
    }),
    { numRuns: 150 },
  );
}, 60_000);

test('a number is left alone for the sake of anybody who shares it, however many they are', () => {
  const db = aStore();
  const e164 = aNumber();
  const shared = [{ e164, kind: 'office', zones: [], isStarred: true } as const];
  for (let nth = 0; nth < 40; nth++)
    aContact(db, { company: `Company ${nth}`, email: `x@company${nth}.example`, numbers: shared });
  const own = { company: 'Company 0', email: 'x@company0.example' };
  addDoNotCall(db, { kind: 'company', value: 'Nobody', reason: 'asked', since: NOON, byAgent: null });
  expect(leftAloneAt(db, e164, own)).toBeNull();
  addDoNotCall(db, {
    kind: 'domain',
    value: 'company39.example',
    reason: 'asked',
    since: NOON,
    byAgent: null,
  });
  expect(leftAloneAt(db, e164, own)?.value).toBe('company39.example');
  expect(leftAloneAt(db, aNumber(1), own)).toBeNull();
});
