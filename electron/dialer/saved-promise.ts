import type { Enrolment } from '../../shared/domain/contact.ts';
import { type Instant, MINUTE_MS, after } from '../../shared/lib/instants.ts';
import { promiseIn } from '../store/callbacks.ts';
import type { ReadDb } from '../store/open.ts';
import { sessionOfAgent } from '../store/sessions.ts';

/** A promise waits this long for whoever made it. Then somebody else keeps it: late is worse than another voice. */
export const SAVED_MS = 10 * MINUTE_MS;

/**
 * Whether a contact is kept for another agent: it was promised that this very person would ring, they are at work in
 * the campaign, and the promise has not waited for them too long.
 */
export function isSavedForAnother(db: ReadDb, agentId: number, enrolment: Enrolment, now: Instant): boolean {
  const { contactId, campaignId } = enrolment;
  const promise = promiseIn(db, contactId, campaignId);
  if (promise === null || promise.agentId === null || promise.agentId === agentId) return false;
  if (now >= after(promise.dueAt, SAVED_MS)) return false;
  const session = sessionOfAgent(db, promise.agentId);
  return session !== null && session.campaignId === campaignId && session.state.kind !== 'paused';
}
