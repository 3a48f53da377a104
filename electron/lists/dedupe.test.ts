import { expect, test } from 'vitest';
import type { E164 } from '../../shared/domain/phone.ts';
import { seededRandom } from '../../shared/lib/random.ts';
import type { MatchBy } from '../../shared/domain/list-import.ts';
import { type People, matchIn, remember } from './dedupe.ts';
import { keyIndex, keyOfText } from './key-index.ts';

const person = (numbers: string[], email = '') => ({
  numbers: numbers.map((e164) => ({ e164: e164 as E164, kind: 'other' as const, places: '' })),
  email,
});
const known = (): People => ({ numbers: keyIndex(), emails: keyIndex(), hasEmail: () => true });
const NUMBERS: MatchBy = { numbers: true, emails: false };
const BOTH: MatchBy = { numbers: true, emails: true };

test('an alternate number of the one is enough to know the other', () => {
  const people = known();
  remember(people, person(['+12125550101', '+12125550102']), 7, NUMBERS);
  expect(matchIn(people, person(['+12125550109', '+12125550102']), NUMBERS)).toEqual({
    id: 7,
    by: 'number',
    value: '+12125550102',
  });
  expect(matchIn(people, person(['+12125550109']), NUMBERS)).toBeNull();
});

test('an e-mail address counts only where the policy says so, in any case of letters', () => {
  const people = known();
  remember(people, person(['+12125550101'], 'Ada@Globex.example'), 7, BOTH);
  expect(matchIn(people, person(['+12125550103'], 'ada@globex.EXAMPLE'), BOTH)?.id).toBe(7);
  expect(matchIn(people, person(['+12125550103'], 'ada@globex.example'), NUMBERS)).toBeNull();
});

test('two addresses that share a key are not the same person', () => {
  const people = { ...known(), hasEmail: () => false };
  remember(people, person([], 'ada@globex.example'), 7, BOTH);
  expect(matchIn(people, person([], 'ada@globex.example'), BOTH)).toBeNull();
});

test('the index agrees with a Map through growth, and the first value stays', () => {
  const random = seededRandom('index');
  const index = keyIndex(4);
  const map = new Map<number, number>();
  for (let i = 0; i < 50_000; i++) {
    const key = 10_000_000_000 + Math.floor(random.next() * 30_000) * 99_991;
    if (!map.has(key)) map.set(key, i);
    expect(index.add(key, i)).toBe(map.get(key));
  }
  expect(index.size).toBe(map.size);
  expect(index.get(5)).toBeNull();
  expect(keyOfText('a@b')).not.toBe(keyOfText('b@a'));
});
