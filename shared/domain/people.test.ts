import { expect, test } from 'vitest';
import { type LeastRole, type Person, ROLES, mayDo } from './people.ts';

const person = (role: Person['role']): Person => ({ id: 1, name: 'Robin', role, hasPin: false });

test('each role may do what the ones before it may, and nothing above it', () => {
  ROLES.forEach((role, rank) => {
    ROLES.forEach((least, needed) => expect(mayDo(person(role), least)).toBe(rank >= needed));
  });
});

test('nobody may do what needs somebody, and everybody what needs nobody', () => {
  for (const least of ROLES) expect(mayDo(null, least)).toBe(false);
  for (const who of [null, ...ROLES.map(person)]) expect(mayDo(who, 'anyone' satisfies LeastRole)).toBe(true);
});
