import type { Db } from '../../../electron/store/open.ts';
import { storyOf } from '../../../shared/domain/call.ts';
import { type Breach, type World, ask, askOne, breach } from './breach.ts';

/**
 * A call that goes on is in the hand of the agent who made it, whatever happened to the program meanwhile; or it is
 * on record that they handed it over.
 */
export function liveCallsAreInHand(db: Db): Breach[] {
  const rows = ask<{ id: string; to: string; state: string; endedAt: number | null }>(
    db,
    `SELECT a.id, a.to_e164 AS "to", s.state, s.ended_at AS endedAt FROM attempts a
     JOIN sessions s ON s.id = a.session_id WHERE a.closed_at IS NULL AND a.state = 'accepted'
       AND NOT EXISTS (SELECT 1 FROM audit u WHERE u.subject = 'attempt' AND u.subject_id = a.id
         AND u.action = 'call.transfer')`,
  );
  return rows.flatMap(({ id, to, state, endedAt }) => {
    const isInHand = endedAt === null && (JSON.parse(state) as { attemptId?: string }).attemptId === id;
    if (isInHand) return [];
    return [breach('no contact lost', `the call of attempt ${id} goes on, and its session is ${state}`, to)];
  });
}

/** Whoever writes up a call of this session has its contact in hand: nobody else may ring them meanwhile. */
export function wrapUpsHoldTheirContact(db: Db): Breach[] {
  const rows = ask<{ id: number; attemptId: string; to: string; state: string; held: number | null }>(
    db,
    `SELECT s.id, a.id AS attemptId, a.to_e164 AS "to", e.state, e.held_by_session AS held FROM sessions s
     JOIN attempts a ON a.id = s.state ->> 'attemptId' AND a.session_id = s.id
     JOIN enrolments e ON e.id = a.enrolment_id
     WHERE s.ended_at IS NULL AND s.state ->> 'kind' = 'wrap-up'`,
  );
  return rows.flatMap(({ id, attemptId, to, state, held }) => {
    if (held === id) return [];
    return [
      breach(
        'no contact lost',
        `session ${id} writes up attempt ${attemptId}, and its contact is ${state}`,
        to,
      ),
    ];
  });
}

/** What the carrier tells after the end, up to minutes later. */
export const LATE_FACTS: readonly string[] = ['costMicros', 'recordingRef'];

/** What we think of each call is what the carrier knows of it, its bill and recording too. */
export function sameAsTheCarrier(db: Db, world: World, except: readonly string[] = []): Breach[] {
  return world.requests().flatMap(({ callRef, attemptId, to }) => {
    if (callRef === null) return [];
    const truth = storyOf(world.lifeOf(callRef)!.events);
    const call = askOne<Record<string, unknown>>(
      db,
      `SELECT status, ending AS "end", ended_by AS endedBy, answered_at AS answeredAt, ended_at AS endedAt,
         seconds, cost_micros AS costMicros, recording_ref AS recordingRef FROM calls WHERE attempt_id = ?`,
      [attemptId],
    );
    const say = (what: string) => breach('same as the carrier', what, to);
    if (call === undefined) return [say(`the carrier has a call for attempt ${attemptId}, and we have none`)];
    return Object.entries(call).flatMap(([fact, ours]) => {
      const theirs = truth[fact as keyof typeof truth] ?? null;
      if (ours === theirs || except.includes(fact)) return [];
      const both = `${JSON.stringify(ours)} here, ${JSON.stringify(theirs)} there`;
      return [say(`call of attempt ${attemptId}: ${fact} is ${both}`)];
    });
  });
}

/** What was told twice is kept once, in the inbox and with the call. */
export function eventsAreKeptOnce(db: Db): Breach[] {
  const twice = [
    ...ask<{ what: string }>(
      db,
      `SELECT key || ' of call ' || call_ref AS what FROM inbox GROUP BY carrier, call_ref, key HAVING count(*) > 1`,
    ),
    ...ask<{ what: string }>(
      db,
      `SELECT key || ' of call ' || call_id AS what FROM call_events GROUP BY call_id, key HAVING count(*) > 1`,
    ),
  ];
  return twice.map(({ what }) => breach('events once', `event ${what} is kept twice`));
}

/** What was heard and written down before a crash is acted on after it: no event that counts is left behind. */
export function noStrangerMatters(db: Db, strangers: ReadonlySet<string>): Breach[] {
  const letters = ask<{ key: string; reason: string }>(
    db,
    'SELECT i.key, d.reason FROM dead_letters d JOIN inbox i ON i.id = d.inbox_id',
  );
  return letters
    .filter(({ key }) => !strangers.has(key))
    .map(({ key, reason }) => breach('same as the carrier', `event ${key} was set aside: ${reason}`));
}
