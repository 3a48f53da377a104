import type { Db } from '../../../electron/store/open.ts';
import { type Breach, ask, askOne, breach } from './breach.ts';

/** Who was in which campaign when the day began. */
export interface Enrolled {
  readonly id: number;
  readonly contactId: number;
  /** Came with a list that may be taken back. */
  readonly isImported: boolean;
}

interface EnrolmentRow {
  readonly id: number;
  readonly contactId: number;
  readonly state: string;
  readonly held: number | null;
}

const ROWS = 'SELECT id, contact_id AS contactId, state, held_by_session AS held FROM enrolments';

/** Every enrolment is open, finished for a reason, or in the hand of a live session that has it in hand. */
export function noContactLost(db: Db, enrolled: readonly Enrolled[]): Breach[] {
  const rows = ask<EnrolmentRow>(db, ROWS);
  const here = new Set(rows.map(({ id }) => id));
  return [
    ...enrolled.flatMap((each) => (here.has(each.id) ? [] : whyGone(db, each))),
    ...rows.flatMap((row) => whyAstray(db, row)),
  ];
}

/** Those not open, each looked at again only when it has moved: for asking after every step. */
export function openContactWatch(): (db: Db) => Breach[] {
  let seen = new Map<number, string>();
  return (db) => {
    const now = new Map<number, string>();
    const found: Breach[] = [];
    for (const row of ask<EnrolmentRow>(db, `${ROWS} WHERE state <> 'open'`)) {
      const mark = `${row.state}/${row.held}`;
      now.set(row.id, mark);
      // What is in hand is in a hand that may let go of it at any time.
      if (row.state === 'in-hand' || seen.get(row.id) !== mark) found.push(...whyAstray(db, row));
    }
    seen = now;
    return found;
  };
}

/** A list that is taken back takes its people along, but nobody who was ever called. */
function whyGone(db: Db, { id, contactId, isImported }: Enrolled): Breach[] {
  const undone = askOne(db, "SELECT 1 FROM imports WHERE state IN ('undoing', 'undone')");
  const called = askOne(db, 'SELECT 1 FROM attempts WHERE contact_id = ?', [contactId]);
  if (isImported && undone !== undefined && called === undefined) return [];
  return [breach('no contact lost', `enrolment ${id} of contact ${contactId} is gone`)];
}

function whyAstray(db: Db, { id, contactId, state, held }: EnrolmentRow): Breach[] {
  if (state === 'in-hand' && !isHeld(db, id, held))
    return lost(db, contactId, `enrolment ${id} is in hand of session ${held}, which does not hold it`);
  const isFinished = state === 'never' || state === 'done';
  if (isFinished && whyFinished(db, id, contactId) === null)
    return lost(db, contactId, `enrolment ${id} is ${state}, and nothing says why`);
  return [];
}

function lost(db: Db, contactId: number, sentence: string): Breach[] {
  const number = askOne<{ to: string }>(
    db,
    'SELECT e164 AS "to" FROM contact_numbers WHERE contact_id = ? ORDER BY is_starred DESC LIMIT 1',
    [contactId],
  );
  return [breach('no contact lost', sentence, number?.to ?? null)];
}

function isHeld(db: Db, enrolmentId: number, sessionId: number | null): boolean {
  // Nobody’s session: a call without an agent is on its way, or may be.
  if (sessionId === 0)
    return (
      askOne(db, 'SELECT 1 FROM attempts WHERE enrolment_id = ? AND agent_id IS NULL AND closed_at IS NULL', [
        enrolmentId,
      ]) !== undefined
    );
  const row = askOne<{ state: string }>(db, 'SELECT state FROM sessions WHERE id = ? AND ended_at IS NULL', [
    sessionId,
  ]);
  if (row === undefined) return false;
  const state = JSON.parse(row.state) as { enrolmentId?: number; attemptId?: string };
  if (state.enrolmentId === enrolmentId) return true;
  const attempt = askOne<{ id: number | null }>(db, 'SELECT enrolment_id AS id FROM attempts WHERE id = ?', [
    state.attemptId ?? null,
  ]);
  return attempt?.id === enrolmentId;
}

/** Some fact that stands must be the reason: an outcome, a number of no use, do-not-call, or all attempts spent. */
function whyFinished(db: Db, enrolmentId: number, contactId: number): string | null {
  const outcomes = ask<{ consequence: string }>(
    db,
    `SELECT k.consequence FROM outcomes o JOIN disposition_kinds k ON k.id = o.disposition_id
     WHERE o.contact_id = ? AND o.undone_at IS NULL`,
    [contactId],
  );
  const ends = ['done', 'stop-calling', 'bad-number'];
  if (outcomes.some((each) => ends.includes((JSON.parse(each.consequence) as { kind: string }).kind)))
    return 'an outcome';
  const { attempts, rules } = askOne<{ attempts: number; rules: string }>(
    db,
    'SELECT e.attempts, c.rules FROM enrolments e JOIN campaigns c ON c.id = e.campaign_id WHERE e.id = ?',
    [enrolmentId],
  )!;
  if (attempts >= (JSON.parse(rules) as { attemptsMax: number }).attemptsMax) return 'attempts spent';
  const facts = REASONS.find(([, sql]) => askOne(db, sql, { contactId, enrolmentId }) !== undefined);
  return facts?.[0] ?? null;
}

const NUMBERS = 'SELECT e164 FROM contact_numbers WHERE contact_id = :contactId';

const REASONS: readonly (readonly [why: string, sql: string])[] = [
  [
    'no number of use',
    `SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM contact_numbers WHERE contact_id = :contactId AND is_usable = 1)
       AND :enrolmentId`,
  ],
  [
    'do not call',
    `SELECT 1 FROM do_not_call d WHERE :enrolmentId AND (
       (d.kind = 'number' AND d.value IN (${NUMBERS}))
       OR (d.kind = 'area-code' AND EXISTS (SELECT 1 FROM contact_numbers n
         WHERE n.contact_id = :contactId AND substr(n.e164, 1, length(d.value)) = d.value))
       OR EXISTS (SELECT 1 FROM contacts c JOIN contact_numbers n ON n.contact_id = c.id
         WHERE n.e164 IN (${NUMBERS}) AND ((d.kind = 'company' AND d.value = lower(c.company))
           OR (d.kind = 'domain' AND c.email LIKE '%@' || d.value))))`,
  ],
  [
    'no consent to the voice',
    `SELECT 1 FROM enrolments e JOIN campaigns c ON c.id = e.campaign_id
     WHERE e.id = :enrolmentId AND :contactId AND c.rules ->> 'voice' <> 'agent' AND NOT EXISTS (SELECT 1 FROM consents k
       WHERE k.contact_id = e.contact_id AND k.kind = 'ai-voice' AND k.revoked_at IS NULL)`,
  ],
];
