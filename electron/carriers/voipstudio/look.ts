import type { CallEvent } from '../../../shared/domain/call.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import { DAY_MS, type Instant, MINUTE_MS, SECOND_MS, after } from '../../../shared/lib/instants.ts';
import { localTime } from '../../../shared/lib/zoned-time.ts';
import type { Found, HistoricCall, HistoryPage, SoughtAttempt, Unreachable } from '../carrier.ts';
import { NONSENSE, type VoipstudioClient, unreachable } from './client.ts';
import { QUARTER_MS, eventsOfCdr, eventsOfLegs, factsOfCdr, isHeldIn, isZoned, timeOf } from './events.ts';
import { type Cdr, type Leg, cdrShape, legShape, monitorShape, rowsOf } from './shapes.ts';

export interface LookParts {
  readonly client: VoipstudioClient;
  readonly clock: Clock;
  readonly currency: string;
  /** How far the account’s clock is ahead of UTC; null while nobody knows. */
  readonly offsetMs: () => number | null;
  /** Whether each live call was on hold when it was looked at last. */
  readonly held: Map<string, boolean>;
}

const SLACK_MS = 2 * SECOND_MS;
/** The agent’s phone may ring for so long before the contact’s leg, and with it the record, begins. */
const BEGINS_WITHIN_MS = 2 * MINUTE_MS;
const PAGE = 200;

/** Looks for the call of an attempt among the live ones, and then among the records. */
export async function findAtVoipstudio(parts: LookParts, { to, sentAt }: SoughtAttempt): Promise<Found> {
  const live = await parts.client.get('/calls', { limit: String(PAGE) });
  if (live.kind !== 'ok') return unreachable(live);
  const legs = rowsOf(live.body, legShape);
  if (legs === null) return NONSENSE;
  const leg = legs.find(({ dst }) => dst === digitsOf(to));
  if (leg !== undefined) return { kind: 'found', callRef: leg.parent_id ?? leg.id, at: sentAt };

  const told = await parts.client.get('/cdrs', {
    limit: String(PAGE),
    filter: filterOf([['dst', 'eq', digitsOf(to)]]),
    sort: 'calldate',
    dir: 'DESC',
  });
  if (told.kind !== 'ok') return unreachable(told);
  const records = rowsOf(told.body, cdrShape);
  if (records === null) return NONSENSE;
  return amongRecords(records, sentAt, parts.offsetMs());
}

function amongRecords(records: readonly Cdr[], sentAt: Instant, offsetMs: number | null): Found {
  let isDoubtful = false;
  for (const record of records) {
    const callRef = record.parent_live_id ?? record.live_id ?? null;
    const at = timeOf(record.calldate, offsetMs ?? 0);
    if (callRef === null || at === null) continue;
    if (isOf(at, sentAt)) return { kind: 'found', callRef, at };
    // Without a zone it may be this call, told by another clock: then nobody may be rung on account of it.
    if (offsetMs === null && !isZoned(record.calldate) && isOf(byQuarters(at, sentAt), sentAt))
      isDoubtful = true;
  }
  return isDoubtful ? DOUBTFUL : { kind: 'absent' };
}

function isOf(at: number, sentAt: Instant): boolean {
  return at >= sentAt - SLACK_MS && at <= sentAt + BEGINS_WITHIN_MS;
}

/** The same minutes of the hour, in the quarter in which the request was sent; far off it is another call. */
function byQuarters(at: Instant, sentAt: Instant): number {
  if (Math.abs(at - sentAt) > DAY_MS) return at;
  const quarters = Math.ceil((sentAt - SLACK_MS - at) / QUARTER_MS);
  return at + quarters * QUARTER_MS;
}

const DOUBTFUL: Unreachable = {
  kind: 'unreachable',
  sentence:
    'VoIPStudio has a call to this number, but does not say in which zone its times are. The number stays locked; look into its dashboard, or place one more call to learn the zone.',
};

/** All that is known of a call now: from its legs while it lives, from its record afterwards. */
export async function fetchFromVoipstudio(
  parts: LookParts,
  callRef: string,
): Promise<readonly CallEvent[] | null | Unreachable> {
  const { client, clock, held } = parts;
  const live = await client.get('/calls', { limit: String(PAGE) });
  if (live.kind !== 'ok') return unreachable(live);
  const legs = rowsOf(live.body, legShape);
  if (legs === null) return NONSENSE;
  const own = legs.filter(
    ({ id, parent_id, state }) => (id === callRef || parent_id === callRef) && state !== 'HANGUP',
  );
  const offsetMs = parts.offsetMs() ?? 0;
  if (own.length > 0)
    return [...eventsOfLegs(callRef, own, offsetMs, clock.now()), ...holdEvents(parts, callRef, own)];
  held.delete(callRef);
  return ended(parts, callRef, offsetMs);
}

function holdEvents({ clock, held }: LookParts, callRef: string, legs: readonly Leg[]): CallEvent[] {
  const isHeld = isHeldIn(callRef, legs);
  const before = held.get(callRef) ?? false;
  if (isHeld === null || isHeld === before) return [];
  held.set(callRef, isHeld);
  const at = clock.now();
  return [{ key: `held:${at}`, at, facts: { isHeld } }];
}

async function ended(
  parts: LookParts,
  callRef: string,
  offsetMs: number,
): Promise<readonly CallEvent[] | null | Unreachable> {
  // The contact’s leg has a record of its own, below the agent’s.
  for (const property of ['parent_live_id', 'live_id']) {
    const told = await parts.client.get('/cdrs', {
      limit: '10',
      filter: filterOf([[property, 'eq', callRef]]),
    });
    if (told.kind !== 'ok') return unreachable(told);
    const records = rowsOf(told.body, cdrShape);
    if (records === null) return NONSENSE;
    const record = records.find(
      (each) => (property === 'live_id' ? each.live_id : each.parent_live_id) === callRef,
    );
    if (record === undefined) continue;
    const events = eventsOfCdr(record, parts.currency, offsetMs, parts.clock.now());
    return [...events, ...(await soundOf(parts, record, offsetMs))];
  }
  return null;
}

/** Recordings name no call: one is known by its number and its time. Both times are of the same clock. */
async function soundOf(
  { client, clock }: LookParts,
  { dst, calldate, billsec }: Cdr,
  offsetMs: number,
): Promise<CallEvent[]> {
  const calledAt = timeOf(calldate, 0);
  if ((billsec ?? 0) === 0 || !dst || calledAt === null) return [];
  const told = await client.get('/monitors', { limit: '50', filter: filterOf([['called', 'eq', dst]]) });
  const sounds = told.kind === 'ok' ? (rowsOf(told.body, monitorShape) ?? []) : [];
  const sound = sounds.find(({ called, timestamp }) => {
    const at = timeOf(timestamp, 0);
    return called === dst && at !== null && at >= calledAt - SLACK_MS && at <= calledAt + BEGINS_WITHIN_MS;
  });
  if (sound === undefined) return [];
  const at = timeOf(sound.timestamp, offsetMs) ?? clock.now();
  return [{ key: `recording:${sound.id}`, at, facts: { recordingRef: sound.id } }];
}

/** Calls of the past, newest first. The cursor is the number of the page. */
export async function historyAtVoipstudio(
  parts: LookParts,
  range: { readonly from: Instant; readonly to: Instant },
  cursor: string | null,
): Promise<HistoryPage> {
  const page = cursor === null ? 1 : Number(cursor);
  const offsetMs = parts.offsetMs() ?? 0;
  const told = await parts.client.get('/cdrs', {
    limit: String(PAGE),
    page: String(page),
    filter: filterOf([
      ['calldate', 'gte', theirTime(after(range.from, offsetMs))],
      ['calldate', 'lt', theirTime(after(range.to, offsetMs))],
    ]),
    sort: 'calldate',
    dir: 'DESC',
  });
  if (told.kind !== 'ok') return unreachable(told);
  const records = rowsOf(told.body, cdrShape);
  if (records === null) return NONSENSE;
  const calls = records
    .map((record) => historic(record, parts.currency, offsetMs))
    .filter((call) => call !== null);
  return { calls, next: records.length < PAGE ? null : String(page + 1) };
}

function historic(record: Cdr, currency: string, offsetMs: number): HistoricCall | null {
  const startedAt = timeOf(record.calldate, offsetMs);
  const callRef = record.parent_live_id ?? record.live_id ?? null;
  if (startedAt === null || callRef === null) return null;
  return {
    callRef,
    attemptId: null,
    direction: record.destination === 'in' ? 'inbound' : 'outbound',
    from: e164Of(record.clid ?? record.src),
    to: e164Of(record.dst),
    startedAt,
    facts: factsOfCdr(record, currency),
  };
}

/** Their numbers have no plus. */
export function digitsOf(number: string): string {
  return number.replace(/^\+/, '');
}

function e164Of(digits: string | null | undefined): string {
  const text = digits ?? '';
  return /^\d{7,15}$/.test(text) ? `+${text}` : text;
}

function filterOf(filters: readonly (readonly [string, string, string])[]): string {
  return JSON.stringify(filters.map(([property, operator, value]) => ({ property, operator, value })));
}

function theirTime(at: Instant): string {
  const { date, minute } = localTime(at, 'UTC');
  const seconds = Math.floor((at % MINUTE_MS) / SECOND_MS);
  return `${date} ${two(Math.floor(minute / 60))}:${two(minute % 60)}:${two(seconds)}`;
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
