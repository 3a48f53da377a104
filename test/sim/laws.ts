import type { Carrier } from '../../electron/carriers/carrier.ts';
import { LIFE_MS_MAX } from '../../electron/carriers/simulator/life.ts';
import type { SimulatorControls } from '../../electron/carriers/simulator/simulator.ts';
import { type Db, reading } from '../../electron/store/open.ts';
import { storyOf } from '../../shared/domain/call.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import type { Journal } from './journal.ts';

/*
 * What must hold whatever happened. Each law answers with a sentence for every breach it finds, so that a seed
 * tells all it has found at once. They ask the file and the world, never the kernel, and share no rule with it.
 */

export type World = Carrier & SimulatorControls;
type Request = Parameters<Carrier['place']>[0];

interface AttemptRow {
  readonly id: string;
  readonly campaignId: number | null;
  readonly enrolmentId: number | null;
  readonly contactId: number | null;
  /** Null where no agent made it. */
  readonly agentId: number | null;
  readonly to: string;
  readonly state: string;
}

/** Asked at the last instant before the carrier hears of a request: may this phone ring now? */
export function mayBePlaced(
  db: Db,
  world: World,
  request: Request,
  now: Instant,
  trueNow: Instant,
): string[] {
  const found: string[] = [];
  const sqlite = db.$client;
  const say = (what: string) => found.push(`${request.to} (attempt ${request.attemptId}) was rung ${what}`);
  const attempt = sqlite
    .prepare(
      `SELECT id, campaign_id AS campaignId, enrolment_id AS enrolmentId, contact_id AS contactId,
       agent_id AS agentId, to_e164 AS "to", state FROM attempts WHERE id = ?`,
    )
    .get(request.attemptId) as AttemptRow | undefined;
  if (attempt?.state !== 'sent') return [`attempt ${request.attemptId} left before its mark was on disk`];

  const numbers = sqlite
    .prepare(
      `SELECT n.zones, n.is_usable AS isUsable, c.company FROM contact_numbers n
       JOIN contacts c ON c.id = n.contact_id WHERE e164 = ?`,
    )
    .all(request.to) as { zones: string; isUsable: number; company: string }[];
  const own = numbers.flatMap((each) => JSON.parse(each.zones) as string[]);
  for (const zone of own) {
    const minute = minuteIn(zone, now);
    if (minute < 8 * 60 || minute >= 21 * 60) say(`at minute ${minute} of the day in ${zone}`);
  }
  if (attempt.campaignId !== null && attempt.enrolmentId !== null) {
    const { rules, status } = sqlite
      .prepare('SELECT rules, status FROM campaigns WHERE id = ?')
      .get(attempt.campaignId) as { rules: string; status: string };
    const { zone, windows } = JSON.parse(rules) as { zone: string; windows: { from: number; to: number }[] };
    const minute = minuteIn(zone, now);
    if (!windows.some(({ from, to }) => minute >= from && minute < to)) say('outside the campaign’s hours');
    if (status !== 'active') say(`while its campaign was ${status}`);
    if (isOverCap(db, world, attempt)) say('more often than the campaign allows');
    found.push(...mayBeRungUnattended(db, world, attempt, now, trueNow));
  }
  if (numbers.length > 0 && numbers.every((each) => each.isUsable === 0)) say('though it is unusable');
  const entries = sqlite.prepare('SELECT kind, value FROM do_not_call').all() as {
    kind: string;
    value: string;
  }[];
  for (const { kind, value } of entries) {
    if (kind === 'number' && value === request.to) say('though it is on the do-not-call list');
    if (kind === 'company' && numbers.some((each) => each.company.toLowerCase() === value.toLowerCase()))
      say('though its company is on the do-not-call list');
  }
  for (const other of liveCallsIn(world, trueNow)) {
    if (other.to === request.to) say('while another call to it was live');
    const owner = sqlite.prepare('SELECT agent_id AS id FROM attempts WHERE id = ?').get(other.attemptId);
    const agentId = (owner as { id: number | null } | undefined)?.id ?? null;
    if (agentId !== null && agentId === attempt.agentId)
      say(`by agent ${attempt.agentId}, who had a live call (attempt ${other.attemptId})`);
  }
  return found;
}

interface OwnRules {
  readonly zone: string;
  readonly dailyLimit: number | null;
}

/** What goes for calls that no agent makes: consent to the voice, so many at a time, so many a day. */
function mayBeRungUnattended(
  db: Db,
  world: World,
  { id, to, contactId, campaignId, agentId }: AttemptRow,
  now: Instant,
  trueNow: Instant,
): string[] {
  if (agentId !== null) return [];
  const found: string[] = [];
  const sqlite = db.$client;
  const consent = sqlite
    .prepare("SELECT 1 FROM consents WHERE contact_id = ? AND kind = 'ai-voice' AND revoked_at IS NULL")
    .get(contactId);
  if (consent === undefined) found.push(`${to} (attempt ${id}) was rung by a voice they had not agreed to`);
  const isOwn = (attemptId: string) =>
    sqlite
      .prepare('SELECT 1 FROM attempts WHERE id = ? AND agent_id IS NULL AND enrolment_id IS NOT NULL')
      .get(attemptId) !== undefined;
  const live = liveCallsIn(world, trueNow).filter((each) => isOwn(each.attemptId));
  if (live.length >= CONCURRENT_MAX)
    found.push(`${to} (attempt ${id}) was rung while ${live.length} calls without an agent were live`);
  const { rules } = sqlite.prepare('SELECT rules FROM campaigns WHERE id = ?').get(campaignId) as {
    rules: string;
  };
  const { zone, dailyLimit } = JSON.parse(rules) as OwnRules;
  if (dailyLimit === null) return found;
  const today = sqlite
    .prepare(
      `SELECT c.started_at AS at FROM calls c JOIN attempts a ON a.id = c.attempt_id WHERE a.campaign_id = ?`,
    )
    .all(campaignId) as { at: number }[];
  const rung = today.filter(({ at }) => dateIn(zone, at) === dateIn(zone, now)).length;
  if (rung >= dailyLimit)
    found.push(`${to} (attempt ${id}) was rung though ${rung} calls were made that day`);
  return found;
}

/** As many calls without an agent at a time as a workspace wants where it says nothing. */
const CONCURRENT_MAX = 5;

function dateIn(zone: string, at: number): string {
  let format = dates.get(zone);
  if (format === undefined) dates.set(zone, (format = new Intl.DateTimeFormat('en-CA', { timeZone: zone })));
  return format.format(at);
}

const dates = new Map<string, Intl.DateTimeFormat>();

function isOverCap(db: Db, world: World, { enrolmentId, contactId, campaignId, id }: AttemptRow): boolean {
  const sqlite = db.$client;
  const before = sqlite
    .prepare('SELECT id FROM attempts WHERE enrolment_id = ? AND id <> ?')
    .all(enrolmentId, id) as { id: string }[];
  const called = new Set(world.requests().flatMap((each) => (each.callRef === null ? [] : [each.attemptId])));
  const rung = before.filter((each) => called.has(each.id)).length;
  const { rules } = sqlite.prepare('SELECT rules FROM campaigns WHERE id = ?').get(campaignId) as {
    rules: string;
  };
  if (rung < (JSON.parse(rules) as { attemptsMax: number }).attemptsMax) return false;
  const promise = sqlite
    .prepare("SELECT 1 FROM callbacks WHERE contact_id = ? AND campaign_id = ? AND state = 'open'")
    .get(contactId, campaignId);
  return promise === undefined;
}

/** Nobody is rung twice for one intent, and no call is there without one. */
export function oneRequestPerIntent(db: Db, world: World): string[] {
  const found: string[] = [];
  for (const [attemptId, requests] of Map.groupBy(world.requests(), (each) => each.attemptId)) {
    if (requests.length > 1)
      found.push(`attempt ${attemptId} was sent to the carrier ${requests.length} times`);
    const known = db.$client.prepare('SELECT 1 FROM attempts WHERE id = ?').get(attemptId);
    if (known === undefined) found.push(`the carrier heard of attempt ${attemptId}, which nobody remembers`);
  }
  return found;
}

/** No two calls to one number overlap, and no agent is in two calls. */
export function noOverlaps(db: Db, world: World): string[] {
  const found: string[] = [];
  const calls = world.requests().flatMap((each) => {
    if (each.callRef === null) return [];
    const owner = db.$client
      .prepare('SELECT agent_id AS id FROM attempts WHERE id = ?')
      .get(each.attemptId) as { id: number | null };
    return [{ ...each, agent: owner.id, endedAt: world.lifeOf(each.callRef)!.endedAt }];
  });
  for (const by of ['to', 'agent'] as const) {
    for (const [who, group] of Map.groupBy(calls, (each) => each[by])) {
      if (who === null) continue;
      const inOrder = group.sort((a, b) => a.at - b.at);
      for (const [nth, call] of inOrder.entries()) {
        const before = inOrder[nth - 1];
        if (before !== undefined && before.endedAt > call.at)
          found.push(
            `${by} ${who}: calls of attempts ${before.attemptId} and ${call.attemptId} were live at once`,
          );
      }
    }
  }
  return found;
}

/** Every enrolment is open, finished for a reason, or in the hand of a live session that has it in hand. */
export function noContactLost(db: Db, enrolled: number): string[] {
  const found: string[] = [];
  const rows = db.$client
    .prepare('SELECT id, contact_id AS contactId, state, held_by_session AS held FROM enrolments')
    .all() as { id: number; contactId: number; state: string; held: number | null }[];
  if (rows.length < enrolled) found.push(`there were ${enrolled} enrolments, and there are ${rows.length}`);
  for (const row of rows) {
    if (row.state === 'in-hand' && !isHeld(db, row.id, row.held))
      found.push(`enrolment ${row.id} is in hand of session ${row.held}, which does not hold it`);
    if (row.state === 'never' || row.state === 'done') {
      const why = whyFinished(db, row.id, row.contactId);
      if (why === null) found.push(`enrolment ${row.id} is ${row.state}, and nothing says why`);
    }
  }
  return found;
}

function isHeld(db: Db, enrolmentId: number, sessionId: number | null): boolean {
  // Nobody’s session: a call without an agent is on its way, or may be.
  if (sessionId === 0)
    return (
      db.$client
        .prepare('SELECT 1 FROM attempts WHERE enrolment_id = ? AND agent_id IS NULL AND closed_at IS NULL')
        .get(enrolmentId) !== undefined
    );
  const row = db.$client
    .prepare('SELECT state FROM sessions WHERE id = ? AND ended_at IS NULL')
    .get(sessionId) as { state: string } | undefined;
  if (row === undefined) return false;
  const state = JSON.parse(row.state) as { enrolmentId?: number; attemptId?: string };
  if (state.enrolmentId === enrolmentId) return true;
  const attempt = db.$client
    .prepare('SELECT enrolment_id AS id FROM attempts WHERE id = ?')
    .get(state.attemptId) as { id: number | null } | undefined;
  return attempt?.id === enrolmentId;
}

/** Some fact that stands must be the reason: an outcome, a number of no use, do-not-call, or all attempts spent. */
function whyFinished(db: Db, enrolmentId: number, contactId: number): string | null {
  const sqlite = db.$client;
  const outcomes = sqlite
    .prepare(
      `SELECT k.consequence FROM outcomes o JOIN disposition_kinds k ON k.id = o.disposition_id
       WHERE o.contact_id = ? AND o.undone_at IS NULL`,
    )
    .all(contactId) as { consequence: string }[];
  const ends = ['done', 'stop-calling', 'bad-number'];
  if (outcomes.some((each) => ends.includes((JSON.parse(each.consequence) as { kind: string }).kind)))
    return 'an outcome';
  const { attempts, rules } = sqlite
    .prepare(
      'SELECT e.attempts, c.rules FROM enrolments e JOIN campaigns c ON c.id = e.campaign_id WHERE e.id = ?',
    )
    .get(enrolmentId) as { attempts: number; rules: string };
  if (attempts >= (JSON.parse(rules) as { attemptsMax: number }).attemptsMax) return 'attempts spent';
  const usable = sqlite
    .prepare('SELECT count(*) AS n FROM contact_numbers WHERE contact_id = ? AND is_usable = 1')
    .get(contactId) as { n: number };
  if (usable.n === 0) return 'no number of use';
  const listed = sqlite
    .prepare(
      `SELECT 1 FROM do_not_call d WHERE (d.kind = 'number' AND d.value IN
         (SELECT e164 FROM contact_numbers WHERE contact_id = :contactId))
       OR (d.kind = 'company' AND d.value IN (SELECT lower(company) FROM contacts c
         JOIN contact_numbers n ON n.contact_id = c.id
         WHERE n.e164 IN (SELECT e164 FROM contact_numbers WHERE contact_id = :contactId)))`,
    )
    .get({ contactId });
  if (listed !== undefined) return 'do not call';
  const asks = sqlite
    .prepare(
      `SELECT 1 FROM enrolments e JOIN campaigns c ON c.id = e.campaign_id
       WHERE e.id = ? AND c.rules ->> 'voice' <> 'agent' AND NOT EXISTS (SELECT 1 FROM consents k
         WHERE k.contact_id = e.contact_id AND k.kind = 'ai-voice' AND k.revoked_at IS NULL)`,
    )
    .get(enrolmentId);
  return asks === undefined ? null : 'no consent to the voice';
}

/** Every call that ended has its outcome, or waits for it where its agent can see it. */
export function noOutcomeLost(db: Db, journal: Journal): string[] {
  const found: string[] = [];
  const calls = db.$client
    .prepare(
      `SELECT a.id, a.agent_id AS agentId, a.state, a.enrolment_id AS enrolmentId,
         (SELECT disposition_id FROM outcomes o WHERE o.attempt_id = a.id AND o.undone_at IS NULL) AS outcome,
         (SELECT note FROM outcomes o WHERE o.attempt_id = a.id AND o.undone_at IS NULL) AS note, a.filed_at AS filedAt
       FROM attempts a JOIN calls c ON c.attempt_id = a.id WHERE c.status = 'ended'`,
    )
    .all() as {
    id: string;
    agentId: number | null;
    enrolmentId: number | null;
    state: string;
    outcome: string | null;
    note: string | null;
    filedAt: number | null;
  }[];
  for (const call of calls) {
    if ((call.outcome === null) !== (call.filedAt === null))
      found.push(`attempt ${call.id} is marked as filed and has no outcome, or the other way round`);
    if (call.outcome === null && call.state !== 'resolved')
      found.push(`the call of attempt ${call.id} ended, and it is neither filed nor in the missing list`);
    if (call.agentId === null) {
      // Nobody files these: what they came to is kept with their end.
      if (call.enrolmentId !== null && call.outcome === null)
        found.push(`the call of attempt ${call.id} ended without an agent, and without an outcome`);
      continue;
    }
    if (journal.doubtful.has(call.id)) continue;
    const remembered = journal.filed.get(call.id);
    if (
      remembered !== undefined &&
      (remembered.dispositionId !== call.outcome || remembered.note !== call.note)
    )
      found.push(`attempt ${call.id} was filed as ${remembered.dispositionId}, and ${call.outcome} is kept`);
    if (remembered === undefined && call.outcome !== null)
      found.push(`attempt ${call.id} has an outcome that nobody filed, or that was taken back`);
  }
  return found;
}

/** What was typed and acknowledged is there, word for word, until it is filed. */
export function noDraftLost(db: Db, journal: Journal): string[] {
  return [...journal.typed].flatMap(([attemptId, note]) => {
    if (journal.doubtful.has(attemptId)) return [];
    const row = db.$client.prepare('SELECT note FROM drafts WHERE attempt_id = ?').get(attemptId) as
      | { note: string }
      | undefined;
    return row?.note === note
      ? []
      : [`the draft of attempt ${attemptId} was “${note}”, and is “${row?.note}”`];
  });
}

/** A promise stands until the contact was rung for it: somebody's latest word was "callback", so one is open. */
export function noPromiseLost(db: Db): string[] {
  const rows = db.$client
    .prepare(
      `SELECT o.attempt_id AS attemptId, o.contact_id AS contactId, o.campaign_id AS campaignId, e.state,
         (SELECT count(*) FROM callbacks b WHERE b.made_by_attempt = o.attempt_id AND b.state = 'open') AS open,
         (SELECT count(*) FROM attempts a JOIN calls c ON c.attempt_id = a.id
            WHERE a.contact_id = o.contact_id
              AND a.rowid > (SELECT rowid FROM attempts WHERE id = o.attempt_id)) AS later
       FROM outcomes o LEFT JOIN enrolments e ON e.contact_id = o.contact_id AND e.campaign_id = o.campaign_id
       WHERE o.disposition_id = 'callback' AND o.undone_at IS NULL`,
    )
    .all() as { attemptId: string; state: string | null; open: number; later: number }[];
  return rows.flatMap(({ attemptId, state, open, later }) => {
    if (later > 0) return [];
    if (open === 0)
      return [`the callback promised in attempt ${attemptId} is gone, and nobody was rung since`];
    return state === null ? [`nothing will ever ring for the callback promised in attempt ${attemptId}`] : [];
  });
}

/** Whoever asked not to be called is on the list, with all their numbers, as long as the outcome stands. */
export function askedToStopIsListed(db: Db): string[] {
  const rows = db.$client
    .prepare(
      `SELECT o.attempt_id AS attemptId, n.e164 FROM outcomes o
       JOIN contact_numbers n ON n.contact_id = o.contact_id
       WHERE o.disposition_id = 'do-not-call' AND o.undone_at IS NULL
         AND n.e164 NOT IN (SELECT value FROM do_not_call WHERE kind = 'number')`,
    )
    .all() as { attemptId: string; e164: string }[];
  return rows.map(
    ({ attemptId, e164 }) => `${e164} asked to be left alone in attempt ${attemptId}, and is not listed`,
  );
}

/** A call that goes on is in the hand of the agent who made it, whatever happened to the program meanwhile. */
export function liveCallsAreInHand(db: Db): string[] {
  const rows = db.$client
    .prepare(
      `SELECT a.id, s.state, s.ended_at AS endedAt FROM attempts a JOIN sessions s ON s.id = a.session_id
       WHERE a.state = 'accepted'`,
    )
    .all() as { id: string; state: string; endedAt: number | null }[];
  return rows.flatMap(({ id, state, endedAt }) => {
    const isInHand = endedAt === null && (JSON.parse(state) as { attemptId?: string }).attemptId === id;
    return isInHand ? [] : [`the call of attempt ${id} goes on, and its session is ${state}`];
  });
}

/** Whoever writes up a call of this session has its contact in hand: nobody else may ring them meanwhile. */
export function wrapUpsHoldTheirContact(db: Db): string[] {
  return wrapUps(db)
    .all()
    .flatMap(({ id, attemptId, state, held }) =>
      held === id ? [] : [`session ${id} writes up attempt ${attemptId}, and its contact is ${state}`],
    );
}

const wrapUps = reading<{ id: number; attemptId: string; state: string; held: number | null }>(`
  SELECT s.id, a.id AS attemptId, e.state, e.held_by_session AS held FROM sessions s
  JOIN attempts a ON a.id = s.state ->> 'attemptId' AND a.session_id = s.id
  JOIN enrolments e ON e.id = a.enrolment_id
  WHERE s.ended_at IS NULL AND s.state ->> 'kind' = 'wrap-up'`);

/** What the carrier tells after the end, up to minutes later. */
export const LATE_FACTS: readonly string[] = ['costMicros', 'recordingRef'];

/** What we think of each call is what the carrier knows of it, its bill and recording too. */
export function sameAsTheCarrier(db: Db, world: World, except: readonly string[] = []): string[] {
  return world.requests().flatMap(({ callRef, attemptId }) => {
    if (callRef === null) return [];
    const truth = storyOf(world.lifeOf(callRef)!.events);
    const call = db.$client
      .prepare(
        `SELECT status, ending AS "end", ended_by AS endedBy, answered_at AS answeredAt, ended_at AS endedAt,
           seconds, cost_micros AS costMicros, recording_ref AS recordingRef FROM calls WHERE attempt_id = ?`,
      )
      .get(attemptId) as Record<string, unknown> | undefined;
    if (call === undefined) return [`the carrier has a call for attempt ${attemptId}, and we have none`];
    return Object.entries(call).flatMap(([fact, ours]) => {
      const theirs = truth[fact as keyof typeof truth] ?? null;
      return ours === theirs || except.includes(fact)
        ? []
        : [
            `call of attempt ${attemptId}: ${fact} is ${JSON.stringify(ours)} here, ${JSON.stringify(theirs)} there`,
          ];
    });
  });
}

/** The stretches of a session lie end to end and add up to its length. */
export function ledgerAddsUp(db: Db): string[] {
  const sessions = db.$client.prepare('SELECT id, started_at AS s, ended_at AS e FROM sessions').all() as {
    id: number;
    s: number;
    e: number | null;
  }[];
  return sessions.flatMap(({ id, s, e }) => {
    const rows = db.$client
      .prepare(
        'SELECT from_at AS f, until_at AS u, kind FROM agent_states WHERE session_id = ? ORDER BY from_at, id',
      )
      .all(id) as { f: number; u: number | null; kind: string }[];
    const found: string[] = [];
    for (const [nth, row] of rows.entries()) {
      const next = rows[nth + 1];
      if (next !== undefined && row.u !== next.f)
        found.push(`session ${id}: ${row.kind} ends at ${row.u}, ${next.kind} begins at ${next.f}`);
    }
    if (rows[0]?.f !== s) found.push(`session ${id} began at ${s}, its ledger at ${rows[0]?.f}`);
    if (e !== null && rows.at(-1)?.u !== e)
      found.push(`session ${id} ended at ${e}, its ledger at ${rows.at(-1)?.u}`);
    return found;
  });
}

/** When all is over nothing is left open: no lock, no event, no live call. */
export function nothingLeftOpen(db: Db): string[] {
  const count = (sql: string) => (db.$client.prepare(sql).get() as { n: number }).n;
  const left = {
    'attempts are open': count('SELECT count(*) AS n FROM attempts WHERE closed_at IS NULL'),
    'calls are live': count("SELECT count(*) AS n FROM calls WHERE status <> 'ended'"),
    'events wait': count('SELECT count(*) AS n FROM inbox WHERE applied_at IS NULL'),
    'events were set aside': count('SELECT count(*) AS n FROM dead_letters'),
    'sessions are open': count('SELECT count(*) AS n FROM sessions WHERE ended_at IS NULL'),
  };
  return Object.entries(left).flatMap(([what, n]) => (n === 0 ? [] : [`${n} ${what} after the day`]));
}

function liveCallsIn(world: World, at: Instant) {
  const recent = world.requests().filter((each) => each.callRef !== null && each.at > at - LIFE_MS_MAX);
  return recent.filter((each) => world.lifeOf(each.callRef!)!.endedAt > at);
}

/** By the platform’s own calendar, which the product does not use for this. */
function minuteIn(zone: string, at: Instant): number {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
    formats.set(zone, format);
  }
  const [hour, minute] = format.format(at).split(':').map(Number);
  return hour! * 60 + minute!;
}

const formats = new Map<string, Intl.DateTimeFormat>();
