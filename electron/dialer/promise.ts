import type { Answer } from '../../shared/contract/wire.ts';
import type { Attempt } from '../../shared/domain/attempt.ts';
import { promiseMovedTo } from '../../shared/domain/verdict-rules-hours.ts';
import { type Instant, MINUTE_MS, after, instant } from '../../shared/lib/instants.ts';
import { attemptById } from '../store/attempts.ts';
import { callbacksOfAgentBetween } from '../store/callbacks.ts';
import { subjectOfEnrolment, subjectOfPhone } from '../store/subjects.ts';
import { type DeskParts, type Work, cannot } from './work.ts';

/** Two promises of one agent closer than this are in each other's way. */
const CLASH_MS = 10 * MINUTE_MS;

export interface WeighedPromise {
  /** When it would be kept: the time itself, the next one that is allowed, or null where none is. */
  readonly keptAt: Instant | null;
  /** What else the agent has promised at about that time. */
  readonly clashes: { readonly name: string; readonly at: Instant }[];
}

/** What a promise would come to, by the rules that will be asked when it falls due. Promises nothing yet. */
export function weighPromise(
  parts: DeskParts,
  work: Work,
  attemptId: string,
  at: Instant,
): Answer<WeighedPromise> {
  const attempt = attemptById(parts.db, attemptId);
  if (attempt === null || attempt.agentId !== work.agentId)
    return cannot('This call is not one of yours.', 'not-found') as Answer<WeighedPromise>;
  const keptAt = promiseMovedTo(subjectThen(parts, work, attempt, at), at);
  const around = keptAt ?? at;
  const clashes = callbacksOfAgentBetween(
    parts.db,
    work.agentId,
    instant(around - CLASH_MS),
    after(around, CLASH_MS),
  ).filter(({ contactId }) => contactId !== attempt.contactId);
  return { ok: true, value: { keptAt, clashes: clashes.map(({ name, dueAt }) => ({ name, at: dueAt })) } };
}

function subjectThen({ db, law }: DeskParts, work: Work, attempt: Attempt, at: Instant) {
  return attempt.enrolmentId === null
    ? subjectOfPhone(db, attempt.to, { law, now: at }).subject
    : subjectOfEnrolment(db, attempt.enrolmentId, null, { law, now: at, mode: work.mode });
}
