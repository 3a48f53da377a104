/** Roles in rising order: each may do what the ones before it may. */
export const ROLES = ['agent', 'supervisor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** The least role a call needs. `anyone` is for what happens before somebody has signed in. */
export type LeastRole = Role | 'anyone';

export interface Person {
  readonly id: number;
  readonly name: string;
  readonly role: Role;
  readonly hasPin: boolean;
}

export function mayDo(person: Person | null, least: LeastRole): boolean {
  if (least === 'anyone') return true;
  return person !== null && ROLES.indexOf(person.role) >= ROLES.indexOf(least);
}
