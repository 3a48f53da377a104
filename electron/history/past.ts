import { type CallEvent, storyOf } from '../../shared/domain/call.ts';
import { type E164, readPhone } from '../../shared/domain/phone.ts';
import { type Clock, sleep } from '../../shared/lib/clock.ts';
import { type Instant, MINUTE_MS, SECOND_MS, after } from '../../shared/lib/instants.ts';
import type { Carrier, HistoricCall, HistoryPage } from '../carriers/carrier.ts';
import { breathe } from '../dialer/breathe.ts';
import { applyPending, takeIn } from '../dialer/track.ts';
import { attemptById } from '../store/attempts.ts';
import { callIdByRef, eventsOf as heardOf } from '../store/calls.ts';
import {
  type KeptPast,
  type TalliedCall,
  contactOfNumber,
  insertPastCalls,
  keepPast,
  keptPast,
} from '../store/history.ts';
import { type Db, withTransaction } from '../store/open.ts';

/** Calls in one transaction: a dial never waits longer than for these. */
const SLICE_CALLS = 25;
/** A carrier that cannot be asked is asked again, later and later; after so many times it is for a person to say. */
const TRIES_MAX = 6;
const PAUSE_MS = 2 * SECOND_MS;
const PAUSE_MS_MAX = MINUTE_MS;

export interface PastParts {
  readonly db: Db;
  readonly carrier: Carrier;
  readonly clock: Clock;
  /** What a number without a country code means. */
  readonly country: string;
  /** Told after each page, and at the end. */
  readonly moved: () => void;
}

export interface PastWish {
  readonly from: Instant;
  readonly to: Instant;
  /** Their sounds are fetched as well. */
  readonly withSounds: boolean;
}

/** Brings in what a carrier knows of a stretch of time, or goes on where an earlier try was. Answers how it stands. */
export async function bringIn(
  parts: PastParts,
  kind: string,
  wish: PastWish | null,
  signal: AbortSignal,
): Promise<KeptPast | null> {
  const { db, clock, moved } = parts;
  const before = keptPast(db, kind);
  const past = wish === null ? before : begun(wish, clock.now());
  if (past === null) return null;
  let now: KeptPast = { ...past, state: 'running', sentence: '' };
  keepPast(db, kind, now);
  moved();
  const owners = new Map<string, number | null>();
  let next: Promise<HistoryPage> | null = null;
  for (;;) {
    const page: HistoryPage = await (next ?? asked(parts, now, kind, now.cursor, signal));
    if (signal.aborted || !db.$client.open) return stopped(parts, kind, now);
    if ('kind' in page) return ended(parts, kind, { ...now, state: 'trouble', sentence: page.sentence });
    // Of several carriers only this one’s past is wished for.
    const cursor: string | null =
      page.next?.startsWith(`${kind}:`) === true && page.next !== `${kind}:` ? page.next : null;
    // While this page is written, the carrier may already look for the next one.
    next = cursor === null ? null : asked(parts, now, kind, cursor, signal);
    next?.catch(() => {});
    const written = await write(parts, now, page.calls, owners, signal);
    if (written === null) return stopped(parts, kind, now);
    now = { ...written, cursor };
    if (cursor === null) return ended(parts, kind, { ...now, state: 'done' });
    keepPast(db, kind, now);
    moved();
  }
}

function begun({ from, to, withSounds }: PastWish, startedAt: Instant): KeptPast {
  const counts = { seen: 0, added: 0, updated: 0, matched: 0 };
  return {
    from,
    to,
    withSounds,
    cursor: null,
    state: 'running',
    sentence: '',
    ...counts,
    reachedAt: null,
    startedAt,
  };
}

/** What was not written down goes with the next try: a page that is half in is told again, and changes nothing. */
function stopped({ db, moved }: PastParts, kind: string, now: KeptPast): KeptPast {
  const past: KeptPast = { ...now, state: 'stopped', sentence: '' };
  if (db.$client.open) keepPast(db, kind, past);
  moved();
  return past;
}

function ended({ db, moved }: PastParts, kind: string, past: KeptPast): KeptPast {
  keepPast(db, kind, past);
  moved();
  return past;
}

/** One page. A carrier that says nothing for now is left alone for a while. */
async function asked(
  { carrier, clock }: PastParts,
  { from, to }: KeptPast,
  kind: string,
  cursor: string | null,
  signal: AbortSignal,
): Promise<HistoryPage> {
  const range = { from: from as Instant, to: to as Instant };
  for (let tries = 1, pauseMs = PAUSE_MS; ; tries++, pauseMs = Math.min(2 * pauseMs, PAUSE_MS_MAX)) {
    const page = await carrier.history(range, cursor ?? `${kind}:`);
    if (!('kind' in page) || tries >= TRIES_MAX || signal.aborted) return page;
    await sleep(clock, pauseMs, signal).catch(() => {});
  }
}

/** Puts a page in, a few calls at a time. Null where it was stopped in the middle. */
async function write(
  parts: PastParts,
  past: KeptPast,
  calls: readonly HistoricCall[],
  owners: Map<string, number | null>,
  signal: AbortSignal,
): Promise<KeptPast | null> {
  const { db } = parts;
  let { seen, added, updated, matched, reachedAt } = past;
  for (let at = 0; at < calls.length; at += SLICE_CALLS) {
    await breathe();
    if (signal.aborted || !db.$client.open) return null;
    const before = updated;
    withTransaction(db, () => {
      const fresh: TalliedCall[] = [];
      for (const call of calls.slice(at, at + SLICE_CALLS)) {
        const came = comeIn(parts, past.withSounds, call, owners, fresh);
        seen += 1;
        if (came === 'updated') updated += 1;
        if (came === 'matched' || came === 'unmatched') added += 1;
        if (came === 'matched') matched += 1;
        reachedAt = reachedAt === null ? call.startedAt : Math.min(reachedAt, call.startedAt);
      }
      insertPastCalls(db, fresh, parts.clock.now());
    });
    if (updated > before) applyPending(db, parts.clock);
  }
  return { ...past, seen, added, updated, matched, reachedAt };
}

type Came = 'matched' | 'unmatched' | 'updated' | 'known';

/** One call: what we made or know goes the way of all events, and what we never heard of is written as it was. */
function comeIn(
  { db, carrier, clock, country }: PastParts,
  withSounds: boolean,
  call: HistoricCall,
  owners: Map<string, number | null>,
  fresh: TalliedCall[],
): Came {
  const { callRef, attemptId } = call;
  const events = eventsOf(call, withSounds);
  const isOurs = attemptId !== null && attemptById(db, attemptId) !== null;
  const callId = callIdByRef(db, carrier.name, callRef);
  if (isOurs || callId !== null) {
    const known = new Set((callId === null ? [] : heardOf(db, callId)).map(({ key }) => key));
    const news = events.filter(({ key }) => !known.has(key));
    for (const event of news) takeIn(db, carrier.name, { callRef, attemptId, event }, clock);
    return news.length === 0 ? 'known' : 'updated';
  }
  if (fresh.some((each) => each.call.callRef === callRef)) return 'known';
  const story = storyOf(events);
  // It still goes on, and not here.
  if (story.status !== 'ended') return 'known';
  const { direction, from, to, startedAt } = call;
  const contactId = ownerOf(db, direction === 'inbound' ? from : to, country, owners);
  const past = { carrier: carrier.name, callRef, direction, from, to, contactId, startedAt };
  fresh.push({ call: past, events, story });
  return contactId === null ? 'unmatched' : 'matched';
}

function eventsOf({ events, facts, startedAt }: HistoricCall, withSounds: boolean): readonly CallEvent[] {
  const told = events ?? [{ key: 'history', at: after(startedAt, (facts.seconds ?? 0) * SECOND_MS), facts }];
  return withSounds ? told : told.filter(({ key }) => !key.startsWith('recording:')).map(withoutSound);
}

function withoutSound(event: CallEvent): CallEvent {
  const { recordingRef, ...facts } = event.facts;
  return recordingRef === undefined ? event : { ...event, facts };
}

/** Asked once for each number: the same people were called again and again. */
function ownerOf(db: Db, number: string, country: string, owners: Map<string, number | null>): number | null {
  const known = owners.get(number);
  if (known !== undefined) return known;
  const read = readPhone(number, country);
  const found = read.ok ? contactOfNumber(db, read.value as E164) : null;
  owners.set(number, found);
  return found;
}

/** How it stands, in a sentence. */
export function pastInWords({ state, sentence, seen, added, updated, matched }: KeptPast): string {
  if (seen === 0 && state === 'done') return 'The carrier has no calls of these days.';
  const came = `${counted(seen)} looked at: ${added} new, ${updated} brought up to date. ${matched} of the new ones belong to contacts here.`;
  switch (state) {
    case 'running':
      return `Being fetched. ${came}`;
    case 'done':
      return `All fetched. ${came}`;
    case 'stopped':
      return `Stopped. ${came} It can go on where it was.`;
    case 'trouble':
      return `${sentence} ${came} It can go on where it was.`;
  }
}

function counted(calls: number): string {
  return calls === 1 ? 'One call' : `${calls} calls`;
}
