import { LIFE_MS_MAX } from '../../../electron/carriers/simulator/life.ts';
import type { Db } from '../../../electron/store/open.ts';
import { DAY_MS, type Instant } from '../../../shared/lib/instants.ts';
import { placeOf } from '../places.ts';
import { type Breach, type Law, type Request, type World, ask, askOne, breach } from './breach.ts';
import { dateIn, minuteIn } from './calendar.ts';
import { mayBeRungBySchedule } from './schedules.ts';

/** The instant at which the carrier is about to hear of a request. */
export interface Dial {
  /** What another process sees in the file at that instant. */
  readonly db: Db;
  readonly world: World;
  readonly request: Request;
  /** By the clock of whoever dials, which somebody may have set. */
  readonly now: Instant;
  readonly trueNow: Instant;
  /** States in which the law of whoever dials forbids calls today: `US-FL`. */
  readonly closedStates: ReadonlySet<string>;
  /** Numbers that agents typed: how long somebody is left alone is theirs to judge. */
  readonly typedByHand: ReadonlySet<string>;
}

export interface AttemptRow {
  readonly id: string;
  readonly campaignId: number | null;
  readonly enrolmentId: number | null;
  readonly contactId: number | null;
  /** Null where no agent made it. */
  readonly agentId: number | null;
  readonly to: string;
  readonly state: string;
}

export type Say = (law: Law, what: string) => void;

/** May this phone ring now? */
export function mayBePlaced(dial: Dial): Breach[] {
  const { db, request } = dial;
  const found: Breach[] = [];
  const say: Say = (law, what) =>
    found.push(breach(law, `${request.to} (attempt ${request.attemptId}) was rung ${what}`, request.to));
  const attempt = askOne<AttemptRow>(
    db,
    `SELECT id, campaign_id AS campaignId, enrolment_id AS enrolmentId, contact_id AS contactId,
       agent_id AS agentId, to_e164 AS "to", state FROM attempts WHERE id = ?`,
    [request.attemptId],
  );
  if (dial.world.requests().some(({ attemptId }) => attemptId === request.attemptId))
    say('one request per intent', 'once more for the same intent');
  if (attempt?.state !== 'sent') {
    say('intent before request', 'before its mark was on disk');
    return found;
  }
  hours(dial, say);
  doNotCall(dial, attempt, say);
  if (attempt.campaignId !== null && attempt.enrolmentId !== null) {
    campaign(dial, attempt, say);
    rests(dial, attempt, say);
  }
  lines(dial, attempt, say);
  if (attempt.agentId === null) {
    if (isPaused(dial)) say('campaign', 'by Parley itself, while all calling was paused');
    consent(dial, attempt, say);
    if (attempt.enrolmentId === null) mayBeRungBySchedule(dial, attempt, say);
    else concurrency(dial, say);
  }
  return found;
}

/** Where the day ends earlier than at nine, and where three calls in 24 hours are all that is allowed. */
const EARLY_STATES = new Set(['US-FL', 'US-OR']);
const CALLS_A_DAY_THERE = 3;

/** From eight to nine in every zone the number may be in, and no day that is closed by law. */
function hours({ db, request, now, closedStates }: Dial, say: Say): void {
  const place = placeOf(request.to);
  const state = place?.state ?? '';
  const isEarly = EARLY_STATES.has(state);
  for (const zone of new Set([...zonesOf(db, request.to), ...(place?.zones ?? [])])) {
    const minute = minuteIn(zone, now);
    if (minute < 8 * 60 || minute >= (isEarly ? 20 : 21) * 60)
      say('hours', `at minute ${minute} of the day in ${zone}`);
  }
  if (closedStates.has(state)) say('hours', `on a day that is closed in ${state}`);
  if (!isEarly) return;
  const rung = callsTo(db, 'to_e164', request.to, now - DAY_MS, now, request.attemptId);
  if (rung >= CALLS_A_DAY_THERE) say('caps and rests', `after ${rung} calls in 24 hours, in ${state}`);
}

function zonesOf(db: Db, to: string): string[] {
  const rows = ask<{ zones: string }>(db, 'SELECT zones FROM contact_numbers WHERE e164 = ?', [to]);
  return rows.flatMap(({ zones }) => JSON.parse(zones) as string[]);
}

function callsTo(db: Db, column: string, value: unknown, from: number, to: number, but: string): number {
  return askOne<{ n: number }>(
    db,
    `SELECT count(*) AS n FROM attempts a JOIN calls c ON c.attempt_id = a.id
     WHERE a.${column} = ? AND a.intended_at > ? AND a.intended_at <= ? AND a.id <> ?`,
    [value, from, to, but],
  )!.n;
}

function doNotCall({ db, request: { to } }: Dial, { contactId }: AttemptRow, say: Say): void {
  const owners = ask<{ isUsable: number; company: string; email: string; id: number }>(
    db,
    `SELECT n.is_usable AS isUsable, c.company, c.email, c.id FROM contact_numbers n
     JOIN contacts c ON c.id = n.contact_id WHERE n.e164 = ?`,
    [to],
  );
  if (owners.length > 0 && owners.every((each) => each.isUsable === 0))
    say('do not call', 'though it is unusable');
  if (contactId !== null && owners.length > 0 && owners.every((each) => each.id !== contactId))
    say('no contact lost', `for contact ${contactId}, whose number it is not`);
  const isMeant: Readonly<Record<string, (value: string) => boolean>> = {
    number: (value) => value === to,
    'area-code': (value) => to.startsWith(value),
    company: (value) => owners.some((each) => each.company.toLowerCase() === value.toLowerCase()),
    domain: (value) => owners.some((each) => each.email.endsWith(`@${value}`)),
  };
  for (const { kind, value } of ask<{ kind: string; value: string }>(
    db,
    'SELECT kind, value FROM do_not_call',
  ))
    if (isMeant[kind]?.(value)) say('do not call', `though its ${kind} is on the do-not-call list`);
}

interface OwnRules {
  readonly zone: string;
  readonly windows: readonly { readonly from: number; readonly to: number }[];
  readonly attemptsMax: number;
  readonly numberPerDayMax: number | null;
  readonly coolDownMs: number;
  readonly dailyLimit: number | null;
  readonly retryMs: Readonly<Record<string, number>>;
}

function rulesOf(db: Db, campaignId: number | null): OwnRules {
  const row = askOne<{ rules: string }>(db, 'SELECT rules FROM campaigns WHERE id = ?', [campaignId]);
  return JSON.parse(row!.rules) as OwnRules;
}

function campaign({ db, now }: Dial, { campaignId }: AttemptRow, say: Say): void {
  const { status, deletedAt } = askOne<{ status: string; deletedAt: number | null }>(
    db,
    'SELECT status, deleted_at AS deletedAt FROM campaigns WHERE id = ?',
    [campaignId],
  )!;
  const { zone, windows, dailyLimit } = rulesOf(db, campaignId);
  const minute = minuteIn(zone, now);
  if (!windows.some(({ from, to }) => minute >= from && minute < to))
    say('hours', 'outside the campaign’s hours');
  if (status !== 'active') say('campaign', `while its campaign was ${status}`);
  if (deletedAt !== null) say('campaign', 'though its campaign was deleted');
  if (dailyLimit === null) return;
  const calls = ask<{ at: number }>(
    db,
    'SELECT c.started_at AS at FROM calls c JOIN attempts a ON a.id = c.attempt_id WHERE a.campaign_id = ?',
    [campaignId],
  );
  const today = calls.filter(({ at }) => dateIn(zone, at) === dateIn(zone, now)).length;
  if (today >= dailyLimit) say('caps and rests', `though ${today} calls of its campaign were made that day`);
}

/** Our own counts and rests. A promise outranks them, and an agent’s own hand too. */
function rests(dial: Dial, attempt: AttemptRow, say: Say): void {
  const { db, now, typedByHand } = dial;
  const { id, to, contactId, campaignId, enrolmentId } = attempt;
  const rules = rulesOf(db, campaignId);
  const promise = askOne(db, "SELECT 1 FROM callbacks WHERE contact_id = ? AND state = 'open'", [contactId]);
  if (promise !== undefined || typedByHand.has(to)) return;
  const before = ask(
    db,
    'SELECT 1 FROM attempts a JOIN calls c ON c.attempt_id = a.id WHERE a.enrolment_id = ? AND a.id <> ?',
    [enrolmentId, id],
  );
  if (before.length >= rules.attemptsMax) say('caps and rests', 'more often than the campaign allows');
  const { numberPerDayMax, coolDownMs } = rules;
  if (numberPerDayMax !== null) {
    const rung = callsTo(db, 'to_e164', to, now - DAY_MS, now, id);
    if (rung >= numberPerDayMax) say('caps and rests', `though it was rung ${rung} times in 24 hours`);
  }
  const cooling = callsTo(db, 'contact_id', contactId, now - coolDownMs, now, id);
  if (cooling > 0) say('caps and rests', `while its contact cooled off for ${coolDownMs} ms`);
  outcomeRest(dial, attempt, rules, say);
}

/** After “no answer” somebody is left alone for as long as the outcome says. */
function outcomeRest(
  { db, now }: Dial,
  { contactId, campaignId }: AttemptRow,
  { retryMs }: OwnRules,
  say: Say,
): void {
  const last = askOne<{ filedAt: number; dispositionId: string; consequence: string }>(
    db,
    `SELECT o.filed_at AS filedAt, o.disposition_id AS dispositionId, k.consequence FROM outcomes o
     JOIN disposition_kinds k ON k.id = o.disposition_id JOIN attempts a ON a.id = o.attempt_id
     WHERE o.contact_id = ? AND o.campaign_id = ? AND o.undone_at IS NULL AND a.enrolment_id IS NOT NULL
     ORDER BY a.rowid DESC LIMIT 1`,
    [contactId, campaignId],
  );
  if (last === undefined) return;
  const { kind, afterMs = 0 } = JSON.parse(last.consequence) as { kind: string; afterMs?: number };
  const restMs = kind === 'retry' ? (retryMs[last.dispositionId] ?? afterMs) : 0;
  if (now < last.filedAt + restMs)
    say(
      'caps and rests',
      `${now - last.filedAt} ms after “${last.dispositionId}”, which rests for ${restMs} ms`,
    );
}

/** One call to a number, and one of an agent, at a time: by the world’s own account. */
function lines({ db, world, request, trueNow }: Dial, { agentId }: AttemptRow, say: Say): void {
  for (const other of liveCallsIn(world, trueNow)) {
    if (other.to === request.to) say('one call per number', 'while another call to it was live');
    const owner = askOne<{ id: number | null }>(db, 'SELECT agent_id AS id FROM attempts WHERE id = ?', [
      other.attemptId,
    ]);
    // Whoever was handed over is on the line still, and the agent is not: by the world’s own account as well.
    const isLeft = world.interventionsIn(other.callRef!).some(({ action }) => action.kind === 'transfer');
    if (agentId !== null && owner?.id === agentId && !isLeft)
      say('one call per agent', `by agent ${agentId}, who had a live call (attempt ${other.attemptId})`);
  }
}

function consent({ db }: Dial, { contactId }: AttemptRow, say: Say): void {
  const given = askOne(
    db,
    "SELECT 1 FROM consents WHERE contact_id = ? AND kind = 'ai-voice' AND revoked_at IS NULL",
    [contactId],
  );
  if (given === undefined) say('consent', 'by a voice they had not agreed to');
}

function isPaused({ db }: Dial): boolean {
  const sql = "SELECT value FROM settings WHERE key = 'calling.paused'";
  return (askOne<{ value: string }>(db, sql)?.value ?? 'null') !== 'null';
}

/** As many calls without an agent at a time as a workspace wants where it says nothing. */
const CONCURRENT_MAX = 5;

function concurrency({ db, world, trueNow }: Dial, say: Say): void {
  const live = liveCallsIn(world, trueNow).filter(
    ({ attemptId }) =>
      askOne(db, 'SELECT 1 FROM attempts WHERE id = ? AND agent_id IS NULL AND enrolment_id IS NOT NULL', [
        attemptId,
      ]) !== undefined,
  );
  if (live.length >= CONCURRENT_MAX)
    say('concurrency', `while ${live.length} calls without an agent were live`);
}

export function liveCallsIn(world: World, at: Instant) {
  const recent = world.requests().filter((each) => each.callRef !== null && each.at > at - LIFE_MS_MAX);
  return recent.filter((each) => world.lifeOf(each.callRef!)!.endedAt > at);
}
