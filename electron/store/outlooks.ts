import {
  type Outlook,
  type OutlookRule,
  type Stage,
  type Temperature,
  USUAL_OUTLOOK_RULES,
  ruleFor,
  whyMoved,
} from '../../shared/domain/outlook.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import type { OutcomeMeant } from './meanings.ts';
import { type Db, type ReadDb, reading, withTransaction, writing } from './open.ts';
import { contactMoves } from './schema/meaning.ts';
import { setSetting, setting } from './settings.ts';
import { inserting } from './statements.ts';

/* How warm contacts are and how far they have come. Moves are kept with their reasons; the outlook is the last of them. */

const SCOPE = 'workspace';
const KEY = 'outlook-rules';

export function outlookRules(db: ReadDb): readonly OutlookRule[] {
  return setting<OutlookRule[]>(db, SCOPE, KEY) ?? USUAL_OUTLOOK_RULES;
}

/** Null brings back those that every workspace starts with. */
export function setOutlookRules(db: Db, rules: readonly OutlookRule[] | null): void {
  setSetting(db, SCOPE, KEY, rules);
}

/** Every outcome that a rule may look for, those of one campaign with its name. */
export function outcomesKnown(db: ReadDb): { id: string; label: string }[] {
  return known(db).all();
}

const known = reading<{ id: string; label: string }>(`
  SELECT k.id, k.label || iif(g.name IS NULL, '', ' (' || g.name || ')') AS label
  FROM disposition_kinds k LEFT JOIN campaigns g ON g.id = k.campaign_id ORDER BY k.campaign_id IS NOT NULL, k.position, k.id`);

export type Moved = 'temperature' | 'stage';

const NOBODY: Outlook = { temperature: null, stage: null };

export function outlookOf(db: ReadDb, contactId: number): Outlook {
  return outlook(db).get(contactId) ?? NOBODY;
}

const outlook = reading<Outlook>('SELECT temperature, stage FROM contact_outlooks WHERE contact_id = +?');

/**
 * Moves a contact by what an outcome means, once: looked at again with another sentiment it says the other thing, and
 * taken back it says nothing. A move that a person took back stays so. Whether anything changed.
 */
export function moveByOutcome(
  db: Db,
  meant: OutcomeMeant,
  rules: readonly OutlookRule[],
  now: Instant,
): boolean {
  const { id, contactId, undoneAt } = meant;
  if (undoneAt !== null || contactId === null)
    return undoneByOutcome(db).run(undoneAt ?? now, 'The outcome was taken back or changed.', id).changes > 0;
  const kind = { ...meant, id: meant.dispositionId };
  const rule = ruleFor(rules, { kind, sentiment: meant.sentiment });
  const why = rule === null ? '' : whyMoved(rule, { kind, sentiment: meant.sentiment });
  let isMoved = false;
  for (const what of ['temperature', 'stage'] as const) {
    const becomes = rule?.[what] ?? null;
    const was = movedBy(db).get(id, what);
    if (was === undefined && becomes !== null) {
      insert(db, { contactId, what, becomes, why, outcomeId: id, movedAt: meant.filedAt });
      isMoved = true;
    } else if (was !== undefined && was.undoneAt === null && was.becomes !== becomes) {
      if (becomes === null) undoneById(db).run(now, 'The rules say nothing of such a call any more.', was.id);
      else changed(db).run(becomes, why, was.id);
      isMoved = true;
    }
  }
  return isMoved;
}

const insert = inserting(contactMoves);
const movedBy = reading<{ id: number; becomes: string; undoneAt: Instant | null }>(
  'SELECT id, becomes, undone_at AS undoneAt FROM contact_moves WHERE outcome_id = +? AND what = +?',
);
const changed = writing('UPDATE contact_moves SET becomes = ?, why = ? WHERE id = +?');
const undoneByOutcome = writing(
  'UPDATE contact_moves SET undone_at = ?, undone_why = ? WHERE outcome_id = +? AND undone_at IS NULL',
);
const undoneById = writing(
  'UPDATE contact_moves SET undone_at = ?, undone_why = ? WHERE id = +? AND undone_at IS NULL',
);

export interface ByHand {
  readonly contactId: number;
  readonly what: Moved;
  readonly becomes: Temperature | Stage;
  readonly agentId: number | null;
  readonly why: string;
}

/** A person knows better than a rule. */
export function moveByHand(db: Db, move: ByHand, now: Instant): void {
  withTransaction(db, () => {
    // A clock set back, or an outcome of the future of another computer: what is done now is the last.
    const last = latest(db).get(move.contactId, move.what)?.movedAt ?? now;
    insert(db, { ...move, movedAt: last > now ? last : now });
  });
}

const latest = reading<{ movedAt: Instant }>(`
  SELECT moved_at AS movedAt FROM contact_moves WHERE contact_id = +? AND what = +? AND undone_at IS NULL
  ORDER BY moved_at DESC, id DESC LIMIT 1`);

/** Takes a move back: the one before it counts again. False where it was taken back already. */
export function undoMove(db: Db, id: number, by: string, now: Instant): boolean {
  return undoneById(db).run(now, `Taken back by ${by}.`, id).changes === 1;
}

export interface ContactMove {
  readonly id: number;
  readonly what: Moved;
  readonly becomes: Temperature | Stage;
  readonly why: string;
  /** Who did it by hand; null for a rule. */
  readonly who: string | null;
  readonly movedAt: Instant;
  readonly undoneAt: Instant | null;
  readonly undoneWhy: string | null;
  /** The call whose outcome it was. */
  readonly callId: number | null;
}

export function moveById(db: ReadDb, id: number): { contactId: number; what: Moved; becomes: string } | null {
  return byId(db).get(id) ?? null;
}

const byId = reading<{ contactId: number; what: Moved; becomes: string }>(
  'SELECT contact_id AS contactId, what, becomes FROM contact_moves WHERE id = +?',
);

/** How somebody came to stand where they stand, the latest first. */
export function movesOf(db: ReadDb, contactId: number, limit: number): ContactMove[] {
  return moves(db).all(contactId, limit);
}

const moves = reading<ContactMove>(`
  SELECT m.id, m.what, m.becomes, m.why, a.name AS who, m.moved_at AS movedAt, m.undone_at AS undoneAt,
    m.undone_why AS undoneWhy,
    (SELECT c.id FROM outcomes o JOIN calls c ON c.attempt_id = o.attempt_id WHERE o.id = m.outcome_id) AS callId
  FROM contact_moves m LEFT JOIN agents a ON a.id = m.agent_id
  WHERE m.contact_id = +? ORDER BY m.moved_at DESC, m.id DESC LIMIT +?`);

/** What somebody’s calls have come to so far. */
export interface ContactFigures {
  readonly calls: number;
  readonly talks: number;
  readonly successes: number;
  readonly failed: number;
  readonly lastError: string | null;
  readonly lastErrorAt: Instant | null;
}

export function contactFigures(db: ReadDb, contactId: number): ContactFigures {
  const { n: successes } = contactSuccesses(db).get(contactId)!;
  const trouble = lastTrouble(db).get(contactId);
  const figures = contactCalls(db).get(contactId)!;
  return { ...figures, successes, lastError: trouble?.sentence ?? null, lastErrorAt: trouble?.at ?? null };
}

const contactCalls = reading<{ calls: number; talks: number; failed: number }>(`
  SELECT count(*) AS calls,
    ifnull(sum(answered_at IS NOT NULL AND ifnull(answered_by, 'unknown') IN ('human', 'unknown')), 0) AS talks,
    ifnull(sum(status = 'ended' AND ifnull(ending, 'failed') = 'failed'), 0) AS failed
  FROM calls WHERE contact_id = +? AND direction = 'outbound'`);

const contactSuccesses = reading<{ n: number }>(`
  SELECT count(*) AS n FROM outcomes o JOIN disposition_kinds k ON k.id = o.disposition_id
  WHERE o.contact_id = +? AND o.undone_at IS NULL AND k.is_success = 1`);

const lastTrouble = reading<{ sentence: string; at: Instant }>(`
  SELECT error_sentence AS sentence, ifnull(ended_at, started_at) AS at FROM calls
  WHERE contact_id = +? AND error_sentence IS NOT NULL ORDER BY started_at DESC, id DESC LIMIT 1`);
