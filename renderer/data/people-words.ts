import type { Role } from '../../shared/domain/people.ts';

export const ROLE_WORD: Readonly<Record<Role, string>> = {
  agent: 'Agent',
  supervisor: 'Supervisor',
  admin: 'Admin',
};

export const ROLE_SENTENCE: Readonly<Record<Role, string>> = {
  agent: 'Dials, files outcomes, sees their own calls.',
  supervisor: 'Also starts and pauses campaigns, adds people and reads the audit trail.',
  admin: 'Also takes away a forgotten PIN.',
};
