import { type AttemptState, isOpen } from './attempt.ts';
import type { CallEnd, CallStatus } from './call.ts';

/** How a call stands, in the words of whoever watches a campaign. */
export type AttemptStatus = 'scheduled' | 'calling' | 'in-progress' | 'completed' | 'failed' | 'cancelled';

/**
 * Derived from what is kept, so that it can never say something else. A contact that is due has no attempt yet;
 * an attempt whose fate is open is calling, because it may be ringing.
 */
export function attemptStatus(
  attempt: { readonly state: AttemptState } | null,
  call: { readonly status: CallStatus; readonly end: CallEnd | null } | null,
): AttemptStatus {
  if (attempt === null) return 'scheduled';
  if (call === null) return isOpen(attempt.state) ? 'calling' : 'failed';
  switch (call.status) {
    case 'queued':
    case 'ringing':
      return 'calling';
    case 'in-progress':
      return 'in-progress';
    case 'ended':
      if (call.end === 'completed') return 'completed';
      return call.end === 'canceled' ? 'cancelled' : 'failed';
  }
}
