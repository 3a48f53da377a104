import { mayDo, type Role } from '../../shared/domain/people.ts';
import { useHello } from './hello.ts';

/** Why the person at work may not do what needs this role, or null when they may. */
export function useWhyNotAllowed(least: Role): string | null {
  const { me } = useHello();
  if (mayDo(me, least)) return null;
  return least === 'admin' ? 'Only an admin may do this.' : 'Only a supervisor may do this.';
}
