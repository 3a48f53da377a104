import { useDeskValue } from '../../data/desk.ts';
import { useWhyNotAllowed } from '../../data/roles.ts';
import type { Named } from './kinds.ts';

export interface WhyNots {
  readonly start: string | null;
  readonly pause: string | null;
  readonly stop: string | null;
  readonly change: string | null;
  readonly complete: string | null;
  readonly archive: string | null;
  readonly remove: string | null;
  readonly dial: string | null;
}

/** Why each thing cannot be done to a campaign now, or null where it can. */
export function useWhyNots({ name, status }: Pick<Named, 'name' | 'status'>): WhyNots {
  const notAllowed = useWhyNotAllowed('supervisor');
  const inSession = useDeskValue((desk) => desk.session?.campaign ?? null);
  const isArchived = status === 'archived';
  const running = status === 'active' ? 'It is running. Stop it first.' : null;
  return {
    start: notAllowed ?? (isArchived ? 'Take it out of the archive first.' : null),
    pause: notAllowed,
    stop: notAllowed ?? (status === 'active' || status === 'paused' ? null : 'It is not running.'),
    change: notAllowed ?? (isArchived ? 'Take it out of the archive first.' : null),
    complete: notAllowed ?? (status === 'active' || status === 'paused' ? null : 'It is not running.'),
    archive: notAllowed ?? running,
    remove: notAllowed ?? running,
    dial: status === 'active' || inSession === name ? null : 'Start the campaign first.',
  };
}
