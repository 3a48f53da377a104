import type { CallEvent, CallFacts } from '../../../shared/domain/call.ts';
import { storyOf } from '../../../shared/domain/call.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import { type Instant, MINUTE_MS, after, instant } from '../../../shared/lib/instants.ts';
import { z } from 'zod';
import type { Found, HistoricCall, HistoryPage, SoughtAttempt, Unreachable } from '../carrier.ts';
import { NONSENSE, type VapiClient, unreachable } from './client.ts';
import { eventsOfCall } from './events.ts';
import { type VapiCall, attemptOf, callShape, instantIn } from './shapes.ts';

/** A call may be kept a little before we wrote down that we asked: clocks differ. */
const BEFORE_MS = 2 * MINUTE_MS;
const PAGE_SIZE = 100;
/** Requests are counted, so more than usual; Vapi gives up to 1,000, which would hold up everybody while they are read. */
const HISTORY_PAGE_SIZE = 250;
/** So many pages are looked through for one attempt; more would mean another’s thousands of calls a minute. */
const PAGES_MAX = 20;

/** Looks for the call of an attempt by what it carries along. Vapi cannot be asked for that, so its list is gone through. */
export async function findAtVapi(client: VapiClient, { attemptId, sentAt }: SoughtAttempt): Promise<Found> {
  const from = after(sentAt, client.skewMs() - BEFORE_MS);
  let cursor: string | null = null;
  for (let pages = 0; pages < PAGES_MAX; pages++) {
    const page = await pageOf(client, from, null, cursor);
    if ('kind' in page) return page;
    const call = page.calls.find((each) => attemptOf(each) === attemptId);
    if (call !== undefined)
      return { kind: 'found', callRef: call.id, at: instant(instantIn(call.createdAt) ?? sentAt) };
    if (page.next === null) return { kind: 'absent' };
    cursor = page.next;
  }
  return {
    kind: 'unreachable',
    sentence: 'Vapi has too many calls of that minute to look through. It is asked again.',
  };
}

export async function fetchFromVapi(
  client: VapiClient,
  clock: Clock,
  callRef: string,
  seen: (call: VapiCall) => void,
): Promise<readonly CallEvent[] | null | Unreachable> {
  const told = await client.get(`/call/${encodeURIComponent(callRef)}`);
  if (told.kind === 'no' && told.status === 404) return null;
  if (told.kind !== 'ok') return unreachable(told);
  const call = callShape.safeParse(told.body).data;
  if (call === undefined || call.id !== callRef) return NONSENSE;
  seen(call);
  return eventsOfCall(call, clock.now());
}

/** A page of calls of the past. Its cursor can be kept, and gone on from days later. */
export async function historyAtVapi(
  client: VapiClient,
  clock: Clock,
  range: { readonly from: Instant; readonly to: Instant },
  cursor: string | null,
): Promise<HistoryPage> {
  await client.turn();
  const page = await pageOf(client, range.from, range.to, cursor, HISTORY_PAGE_SIZE);
  if ('kind' in page) return page;
  const now = clock.now();
  return { calls: page.calls.map((call) => historic(call, now)), next: page.next };
}

interface Page {
  readonly calls: readonly VapiCall[];
  readonly next: string | null;
}

/**
 * Newest first. Calls of the very same instant may lie on both sides of a page’s edge: the cursor is the instant of the
 * last, and which of its calls were seen.
 */
async function pageOf(
  client: VapiClient,
  from: Instant,
  to: Instant | null,
  cursor: string | null,
  size = PAGE_SIZE,
): Promise<Page | Unreachable> {
  const [edge = '', seen = ''] = (cursor ?? '').split('|', 2);
  const told = await client.get('/call', {
    limit: String(size),
    createdAtGe: isoOf(from),
    createdAtLt: edge === '' && to !== null ? isoOf(to) : undefined,
    createdAtLe: edge === '' ? undefined : edge,
  });
  if (told.kind !== 'ok') return unreachable(told);
  const rows = z.array(z.unknown()).safeParse(told.body).data;
  if (rows === undefined) return NONSENSE;
  const all = rows.flatMap((row) => callShape.safeParse(row).data ?? []);
  const known = new Set(seen.split(','));
  const calls = all.filter(({ id }) => !known.has(id));
  const last = all.at(-1)?.createdAt ?? '';
  if (rows.length < size || last === '' || calls.length === 0) return { calls, next: null };
  const atEdge = all.filter(({ createdAt }) => createdAt === last).map(({ id }) => id);
  const before = edge === last ? [...known] : [];
  return { calls, next: `${last}|${[...new Set([...before, ...atEdge])].filter(Boolean).join(',')}` };
}

function historic(call: VapiCall, now: Instant): HistoricCall {
  const events = eventsOfCall(call, now);
  const {
    ringingAt: _ringing,
    answeredAt: _answered,
    endedAt: _ended,
    transcript: _said,
    ...facts
  } = storyOf(events);
  const isInbound = call.type === 'inboundPhoneCall';
  const theirs = call.customer?.number ?? '';
  const ours = call.phoneNumber?.number ?? '';
  return {
    callRef: call.id,
    attemptId: attemptOf(call),
    direction: isInbound ? 'inbound' : 'outbound',
    from: isInbound ? theirs : ours,
    to: isInbound ? ours : theirs,
    startedAt: instant(instantIn(call.startedAt) ?? instantIn(call.createdAt) ?? now),
    facts: facts satisfies CallFacts,
    events,
  };
}

function isoOf(at: Instant): string {
  return new Date(at).toISOString();
}
