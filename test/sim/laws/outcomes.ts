import type { Db } from '../../../electron/store/open.ts';
import type { Journal } from '../journal.ts';
import { type Breach, ask, askOne, breach } from './breach.ts';

interface EndedCall {
  readonly id: string;
  readonly to: string;
  readonly agentId: number | null;
  readonly enrolmentId: number | null;
  readonly state: string;
  readonly outcome: string | null;
  readonly note: string | null;
  readonly filedAt: number | null;
}

/** Every call that ended has its outcome, or waits for it where its agent can see it. */
export function noOutcomeLost(db: Db, journal: Journal): Breach[] {
  return ask<EndedCall>(
    db,
    `SELECT a.id, a.to_e164 AS "to", a.agent_id AS agentId, a.state, a.enrolment_id AS enrolmentId,
       a.filed_at AS filedAt, o.disposition_id AS outcome, o.note FROM attempts a
     JOIN calls c ON c.attempt_id = a.id LEFT JOIN outcomes o ON o.attempt_id = a.id AND o.undone_at IS NULL
     WHERE c.status = 'ended'`,
  ).flatMap((call) => whyLost(call, journal).map((what) => breach('no outcome lost', what, call.to)));
}

function whyLost({ id, agentId, enrolmentId, state, outcome, note, filedAt }: EndedCall, journal: Journal) {
  const found: string[] = [];
  if ((outcome === null) !== (filedAt === null))
    found.push(`attempt ${id} is marked as filed and has no outcome, or the other way round`);
  if (outcome === null && state !== 'resolved')
    found.push(`the call of attempt ${id} ended, and it is neither filed nor in the missing list`);
  if (agentId === null) {
    // Nobody files these: what they came to is kept with their end.
    if (enrolmentId !== null && outcome === null)
      found.push(`the call of attempt ${id} ended without an agent, and without an outcome`);
    return found;
  }
  if (journal.doubtful.has(id)) return found;
  const remembered = journal.filed.get(id);
  if (remembered !== undefined && (remembered.dispositionId !== outcome || remembered.note !== note))
    found.push(`attempt ${id} was filed as ${remembered.dispositionId}, and ${outcome} is kept`);
  if (remembered === undefined && outcome !== null)
    found.push(`attempt ${id} has an outcome that nobody filed, or that was taken back`);
  return found;
}

/** What was typed and acknowledged is there, word for word, until it is filed. */
export function noDraftLost(db: Db, journal: Journal): Breach[] {
  return [...journal.typed].flatMap(([attemptId, note]) => {
    if (journal.doubtful.has(attemptId)) return [];
    const row = askOne<{ note: string }>(db, 'SELECT note FROM drafts WHERE attempt_id = ?', [attemptId]);
    if (row?.note === note) return [];
    const what = `the draft of attempt ${attemptId} was “${note}”, and is “${row?.note}”`;
    return [breach('no outcome lost', what)];
  });
}

/** A promise stands until the contact was rung for it: somebody's latest word was "callback", so one is open. */
export function noPromiseLost(db: Db): Breach[] {
  const rows = ask<{ attemptId: string; to: string; state: string | null; open: number; later: number }>(
    db,
    `SELECT o.attempt_id AS attemptId, w.to_e164 AS "to", e.state,
       (SELECT count(*) FROM callbacks b WHERE b.made_by_attempt = o.attempt_id AND b.state = 'open') AS open,
       (SELECT count(*) FROM attempts a JOIN calls c ON c.attempt_id = a.id
          WHERE a.contact_id = o.contact_id AND a.rowid > w.rowid) AS later
     FROM outcomes o JOIN attempts w ON w.id = o.attempt_id
     LEFT JOIN enrolments e ON e.contact_id = o.contact_id AND e.campaign_id = o.campaign_id
     WHERE o.disposition_id = 'callback' AND o.undone_at IS NULL`,
  );
  return rows.flatMap(({ attemptId, to, state, open, later }) => {
    if (later > 0) return [];
    const promise = `the callback promised in attempt ${attemptId}`;
    if (open === 0) return [breach('no promise lost', `${promise} is gone, and nobody was rung since`, to)];
    return state === null ? [breach('no promise lost', `nothing will ever ring for ${promise}`, to)] : [];
  });
}

/** Whoever asked not to be called is on the list, with all their numbers, as long as the outcome stands. */
export function askedToStopIsListed(db: Db): Breach[] {
  const rows = ask<{ attemptId: string; e164: string }>(
    db,
    `SELECT o.attempt_id AS attemptId, n.e164 FROM outcomes o
     JOIN contact_numbers n ON n.contact_id = o.contact_id
     WHERE o.disposition_id = 'do-not-call' AND o.undone_at IS NULL
       AND n.e164 NOT IN (SELECT value FROM do_not_call WHERE kind = 'number')`,
  );
  return rows.map(({ attemptId, e164 }) =>
    breach('do not call', `${e164} asked to be left alone in attempt ${attemptId}, and is not listed`, e164),
  );
}
