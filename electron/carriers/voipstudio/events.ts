import { z } from 'zod';
import type { CallEnd, CallEvent, CallFacts, CallStatus } from '../../../shared/domain/call.ts';
import { type Instant, MINUTE_MS, instant } from '../../../shared/lib/instants.ts';
import type { CarrierEvent } from '../carrier.ts';
import type { Cdr, Leg } from './shapes.ts';

/* VoIPStudio’s words turned into ours. A call has two legs: the agent’s rings first, the contact’s only once it is up. */

/** A time of theirs, which may have no zone; `offsetMs` is how far their account’s clock is ahead of UTC. */
export function timeOf(text: string | null | undefined, offsetMs: number): Instant | null {
  const given = (text ?? '').trim();
  const isTold = isZoned(given);
  const at = Date.parse(`${given.replace(' ', 'T')}${isTold ? '' : 'Z'}`);
  return Number.isNaN(at) ? null : instant(isTold ? at : at - offsetMs);
}

export function isZoned(text: string | null | undefined): boolean {
  return /(?:Z|[+-]\d\d:?\d\d)$/.test((text ?? '').trim());
}

/** How far their account’s clock is ahead, by a time of theirs that is now. Clocks of the world differ by quarters of hours. */
export function offsetBy(text: string | null | undefined, now: Instant): number | null {
  const at = timeOf(text, 0);
  if (at === null || isZoned(text)) return null;
  return Math.round((at - now) / QUARTER_MS) * QUARTER_MS;
}

export const QUARTER_MS = 15 * MINUTE_MS;

/** What the legs of a live call say of the contact’s side. */
export function eventsOfLegs(
  callRef: string,
  legs: readonly Leg[],
  offsetMs: number,
  now: Instant,
): CallEvent[] {
  const root = legs.find(({ id }) => id === callRef);
  const contact = legs.find(({ id, parent_id }) => id !== callRef && parent_id === callRef);
  const startedAt = timeOf(root?.start_time, offsetMs) ?? now;
  const events: CallEvent[] = [
    { key: 'status:queued', at: startedAt, facts: { status: 'queued', rawStatus: root?.state ?? 'INITIAL' } },
  ];
  if (contact === undefined) return events;
  const ringingAt = timeOf(contact.start_time, offsetMs) ?? now;
  events.push({ key: 'status:ringing', at: ringingAt, facts: { status: 'ringing', rawStatus: 'RINGING' } });
  if (contact.state !== 'CONNECTED' && contact.state !== 'ON_HOLD') return events;
  const answeredAt = timeOf(contact.connected_at, offsetMs) ?? now;
  events.push({
    key: 'status:in-progress',
    at: answeredAt,
    facts: { status: 'in-progress', rawStatus: contact.state },
  });
  return events;
}

/** True or false where the contact’s leg is up; null where it is not. */
export function isHeldIn(callRef: string, legs: readonly Leg[]): boolean | null {
  const contact = legs.find(({ id, parent_id }) => id !== callRef && parent_id === callRef);
  if (contact?.state === 'ON_HOLD') return true;
  return contact?.state === 'CONNECTED' ? false : null;
}

/** What the record of an ended call says. */
export function eventsOfCdr(cdr: Cdr, currency: string, offsetMs: number, now: Instant): CallEvent[] {
  const startedAt = timeOf(cdr.calldate, offsetMs) ?? now;
  const talked = cdr.billsec ?? 0;
  const endedAt = instant(startedAt + Math.max(cdr.duration ?? 0, talked) * 1_000);
  const events: CallEvent[] = [];
  if (talked > 0)
    events.push({
      key: 'status:in-progress',
      at: instant(endedAt - talked * 1_000),
      facts: { status: 'in-progress', rawStatus: 'CONNECTED' },
    });
  events.push({ key: 'status:ended', at: endedAt, facts: endFacts(cdr) });
  const bill = billOf(cdr, currency);
  if (bill !== null) events.push({ key: 'price', at: endedAt, facts: bill });
  return events;
}

export function factsOfCdr(cdr: Cdr, currency: string): CallFacts {
  return { ...endFacts(cdr), ...billOf(cdr, currency) };
}

function endFacts(cdr: Cdr): CallFacts {
  return {
    status: 'ended',
    rawStatus: cdr.disposition || 'HANGUP',
    end: endOf(cdr),
    seconds: cdr.billsec ?? 0,
  };
}

/** What was talked decides; the words are not written down anywhere, and only help where nobody talked. */
function endOf({ billsec, disposition }: Cdr): CallEnd {
  if ((billsec ?? 0) > 0) return 'completed';
  const words = disposition ?? '';
  if (/busy/i.test(words)) return 'busy';
  if (/cancel/i.test(words)) return 'canceled';
  return /fail|congest|unallocated|invalid/i.test(words) ? 'failed' : 'no-answer';
}

function billOf({ charge }: Cdr, currency: string): { costMicros: number; currency: string } | null {
  return charge == null ? null : { costMicros: Math.round(Math.abs(charge) * 1_000_000), currency };
}

const idShape = z.union([z.string().min(1), z.number()]).transform(String);
const hookShape = z.object({
  call_id: idShape,
  root_call_id: idShape.nullish(),
  state: z.string(),
  event_time: z.string().nullish(),
  connected_at: z.string().nullish(),
  duration: z.coerce.number().nullish().catch(null),
  final: z.boolean().nullish(),
});

const LEG_STATES: Readonly<Record<string, CallStatus>> = {
  INITIAL: 'ringing',
  RINGING: 'ringing',
  CONNECTED: 'in-progress',
  ON_HOLD: 'in-progress',
};

/** What a webhook of theirs tells; null where it tells nothing we act on. They are not signed: it only speeds up asking. */
export function voipstudioEvent(body: unknown, receivedAt: Instant): CarrierEvent | null {
  const read = hookShape.safeParse(body);
  if (!read.success) return null;
  const { call_id: legId, state, event_time: time, connected_at: connectedAt, final } = read.data;
  const callRef = read.data.root_call_id ?? legId;
  const at = (isZoned(time) ? timeOf(time, 0) : null) ?? receivedAt;
  const told = (key: string, facts: CallFacts): CarrierEvent => ({
    callRef,
    attemptId: null,
    event: { key, at, facts },
  });
  if (state === 'HANGUP') {
    // One leg going does not end the call: the record that follows tells how it ended.
    if (final !== true) return null;
    const end: CallEnd = connectedAt == null ? 'no-answer' : 'completed';
    return told('status:ended', { status: 'ended', rawStatus: state, end });
  }
  const status = legId === callRef ? 'queued' : LEG_STATES[state];
  return status === undefined ? null : told(`status:${status}`, { status, rawStatus: state });
}
