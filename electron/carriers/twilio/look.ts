import type { CallEvent } from '../../../shared/domain/call.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import { DAY_MS, type Instant, SECOND_MS, after, instant } from '../../../shared/lib/instants.ts';
import { localTime } from '../../../shared/lib/zoned-time.ts';
import type { Found, HistoricCall, HistoryPage, SoughtAttempt, Unreachable } from '../carrier.ts';
import { NONSENSE, type TwilioClient, unreachable } from './client.ts';
import { eventOfRecording, eventsOfCall, factsOfCall, twilioInstant } from './events.ts';
import { type TwilioCall, callShape, pageOf, recordingShape } from './shapes.ts';

/** Twilio tells whole seconds, and so does its clock in the head of an answer. */
const SLACK_MS = 2 * SECOND_MS;
const FIND_PAGE = '50';
const FIND_PAGES_MAX = 20;
const HISTORY_PAGE = '1000';

/**
 * Looks for the call of an attempt. Twilio keeps nothing of ours with a call, so it is known by both numbers and by
 * when it was made; the number was locked meanwhile, so no other call of ours can look like it.
 */
export async function findAtTwilio(
  client: TwilioClient,
  { to, from, sentAt }: SoughtAttempt,
): Promise<Found> {
  let told = await client.get('/Calls.json', { To: to, PageSize: FIND_PAGE });
  let best: { readonly callRef: string; readonly createdAt: number } | null = null;
  for (let pages = 1; ; pages++) {
    if (told.kind !== 'ok') return unreachable(told);
    const page = pageOf(told.body, 'calls', callShape);
    if (page === null) return NONSENSE;
    const sinceAt = Math.floor((sentAt + client.skewMs() - SLACK_MS) / SECOND_MS) * SECOND_MS;
    const made = page.rows.map((call) => ({ call, createdAt: twilioInstant(call.date_created) ?? 0 }));
    for (const { call, createdAt } of made) {
      if (!isOurs(call, to, from) || createdAt < sinceAt) continue;
      // The earliest one after the request is the one that it made.
      if (best === null || createdAt < best.createdAt) best = { callRef: call.sid, createdAt };
    }
    const isPast = made.some(({ createdAt }) => createdAt !== 0 && createdAt < sinceAt);
    if (isPast || page.next === null || pages >= FIND_PAGES_MAX) break;
    told = await client.page(page.next);
  }
  if (best === null) return { kind: 'absent' };
  return { kind: 'found', callRef: best.callRef, at: instant(best.createdAt - client.skewMs()) };
}

/** All that is known of a call now. Its recording is asked for once it is over. */
export async function fetchFromTwilio(
  client: TwilioClient,
  clock: Clock,
  callRef: string,
): Promise<readonly CallEvent[] | null | Unreachable> {
  const told = await client.get(`/Calls/${encodeURIComponent(callRef)}.json`);
  if (told.kind === 'no' && told.status === 404) return null;
  if (told.kind !== 'ok') return unreachable(told);
  const call = callShape.safeParse(told.body).data;
  if (call === undefined) return NONSENSE;
  const now = after(clock.now(), client.skewMs());
  const events = eventsOfCall(call, now);
  const mayBeRecorded = call.status === 'completed' && Number(call.duration ?? 0) > 0;
  if (!mayBeRecorded) return events;
  const list = await client.get('/Recordings.json', { CallSid: callRef });
  const page = list.kind === 'ok' ? pageOf(list.body, 'recordings', recordingShape) : null;
  const recorded = (page?.rows ?? []).flatMap((each) => eventOfRecording(each, now) ?? []);
  return [...events, ...recorded];
}

/** Calls of the past, newest first. Twilio asks by whole days of UTC; what lies outside is left out here. */
export async function historyAtTwilio(
  client: TwilioClient,
  range: { readonly from: Instant; readonly to: Instant },
  cursor: string | null,
): Promise<HistoryPage> {
  const told =
    cursor === null
      ? await client.get('/Calls.json', {
          'StartTime>': localTime(range.from, 'UTC').date,
          'StartTime<': localTime(after(range.to, DAY_MS), 'UTC').date,
          PageSize: HISTORY_PAGE,
        })
      : await client.page(cursor);
  if (told.kind !== 'ok') return unreachable(told);
  const page = pageOf(told.body, 'calls', callShape);
  if (page === null) return NONSENSE;
  const calls = page.rows.map((call) => historic(call)).filter((call) => call !== null);
  return {
    calls: calls.filter(({ startedAt }) => startedAt >= range.from && startedAt < range.to),
    next: page.next,
  };
}

function isOurs(call: TwilioCall, to: string, from: string): boolean {
  return call.to === to && call.from === from && !(call.direction ?? '').startsWith('inbound');
}

function historic(call: TwilioCall): HistoricCall | null {
  const startedAt = twilioInstant(call.start_time ?? call.date_created);
  if (startedAt === null) return null;
  return {
    callRef: call.sid,
    attemptId: null,
    direction: (call.direction ?? '').startsWith('inbound') ? 'inbound' : 'outbound',
    from: call.from ?? '',
    to: call.to ?? '',
    startedAt,
    facts: factsOfCall(call),
  };
}
