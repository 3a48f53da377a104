import type { Clock } from '../../shared/lib/clock.ts';
import { type Result, ok, refused } from '../../shared/lib/result.ts';
import { appendAudit } from '../store/audit.ts';
import { type DeadLetter, deadLettersPage, letterById, reasonFor, reviveLetter } from '../store/inbox.ts';
import { type Db, withTransaction } from '../store/open.ts';
import type { Page } from '../store/page.ts';
import { type Moved, applyPending } from './track.ts';

/** Events that nobody could act on: kept with the reason, for a person to look at and to try once more. */
export interface DeadLetters {
  page(limit: number, before?: number | null): Page<DeadLetter>;
  /** Acts on one once more. Refused with a sentence where that is in vain again: it is kept as before. */
  redeliver(letterId: number, agentId: number | null): Result<null, string>;
}

export interface DeadLettersParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly noticed: (moved: readonly Moved[]) => void;
}

export function openDeadLetters({ db, clock, noticed }: DeadLettersParts): DeadLetters {
  return {
    page: (limit, before = null) => deadLettersPage(db, limit, before),
    redeliver(letterId, agentId) {
      const letter = letterById(db, letterId);
      if (letter === null) return refused('This event was tried again meanwhile. Look at the list anew.');
      const { inboxId, reason } = letter;
      withTransaction(db, () => {
        reviveLetter(db, letterId);
        const about = { subject: 'event', subjectId: String(inboxId), before: { reason }, after: null };
        appendAudit(db, { at: clock.now(), agentId, action: 'event.redeliver', ...about });
      });
      noticed(applyPending(db, clock));
      const again = reasonFor(db, inboxId);
      return again === null
        ? ok(null)
        : refused(`It still cannot be acted on, and is kept. ${again} Nothing else is held up by it.`);
    },
  };
}
