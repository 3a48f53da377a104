import { getTableColumns } from 'drizzle-orm';
import {
  type FollowUpKind,
  type FollowUpPlan,
  type FollowUpState,
  dueOf,
  merged,
  starts,
} from '../../shared/domain/follow-up.ts';
import { scriptFields } from '../../shared/domain/script.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { agentById } from './agents.ts';
import { contactById, numbersOf } from './contacts.ts';
import { doNotCallFor } from './do-not-call.ts';
import type { OutcomeMeant } from './meanings.ts';
import { type Db, type ReadDb, reading, withTransaction, writing } from './open.ts';
import { followUpPlans, followUps } from './schema/meaning.ts';
import { asking, inserting } from './statements.ts';

/* Sequences, and their steps for each contact. A step is made once for each outcome, by a unique index. */

export type FollowUp = typeof followUps.$inferSelect;

export function plansOf(db: ReadDb): FollowUpPlan[] {
  return plans(db)
    .all()
    .map(({ removedAt: _removedAt, ...plan }) => plan);
}

const plans = asking(
  followUpPlans,
  getTableColumns(followUpPlans),
  'WHERE removed_at IS NULL ORDER BY name, id',
);

/** Keeps a sequence; `id` null makes a new one. Null where it is gone. */
export function savePlan(
  db: Db,
  { id, ...plan }: Omit<FollowUpPlan, 'id'> & { readonly id: number | null },
): number | null {
  if (id === null) return insertPlan(db, plan).id;
  const { name, campaignId, outcome, sentiment, isOn, since, steps } = plan;
  const bound = {
    id,
    name,
    campaignId,
    outcome,
    sentiment,
    isOn: isOn ? 1 : 0,
    since,
    steps: JSON.stringify(steps),
  };
  return changePlan(db).run(bound).changes === 1 ? id : null;
}

const insertPlan = inserting(followUpPlans);
const changePlan = writing(`
  UPDATE follow_up_plans SET name = :name, campaign_id = :campaignId, outcome = :outcome, sentiment = :sentiment,
    is_on = :isOn, since = :since, steps = :steps WHERE id = +:id AND removed_at IS NULL`);

/** Takes a sequence away, and stops what it had started. */
export function removePlan(db: Db, id: number, now: Instant): boolean {
  return withTransaction(db, () => {
    if (planRemoved(db).run(now, id).changes === 0) return false;
    planStopped(db).run(now, id);
    return true;
  });
}

const planRemoved = writing('UPDATE follow_up_plans SET removed_at = ? WHERE id = +? AND removed_at IS NULL');
const planStopped = writing(`
  UPDATE follow_ups SET state = 'stopped', why = 'Its sequence was taken away.', closed_at = ?
  WHERE plan_id = +? AND state IN ('waiting', 'due')`);

/**
 * Starts what an outcome starts, once, and stops what it ends: its own steps once it is taken back, and those of
 * earlier outcomes of the campaign once they were reached again. Whether anything changed.
 */
export function followOutcome(
  db: Db,
  meant: OutcomeMeant,
  all: readonly FollowUpPlan[],
  now: Instant,
): boolean {
  const { id, contactId, campaignId, undoneAt, filedAt } = meant;
  if (undoneAt !== null || contactId === null)
    return stoppedOf(db).run('The outcome that started it was taken back or changed.', now, id).changes > 0;
  let changes = 0;
  if (meant.group === 'reached')
    changes += stoppedBefore(db).run({
      why: 'They were reached since.',
      now,
      contactId,
      campaignId,
      id,
      filedAt,
    }).changes;
  // An outcome that was corrected long after its call starts nothing that a later talk has overtaken.
  const isOvertaken = reachedSince(db).get(contactId, filedAt, campaignId) !== undefined;
  for (const plan of all.filter((each) => starts(each, meant)))
    for (const [step, { kind, title, text, ...when }] of plan.steps.entries())
      changes += insert(db, {
        planId: plan.id,
        step,
        contactId,
        campaignId,
        outcomeId: id,
        agentId: meant.agentId,
        kind,
        title,
        text,
        startedAt: filedAt,
        dueAt: dueOf(when, filedAt),
        ...(isOvertaken ? { ...OVERTAKEN, closedAt: now } : { state: 'waiting', why: '' }),
      }).changes;
  return changes > 0;
}

const OVERTAKEN = { state: 'stopped', why: 'They were reached since.' } as const;
const reachedSince = reading<{ id: number }>(`
  SELECT o.id FROM outcomes o JOIN disposition_kinds k ON k.id = o.disposition_id
  WHERE o.contact_id = +? AND o.filed_at > +? AND o.campaign_id IS ? AND o.undone_at IS NULL AND k."group" = 'reached' LIMIT 1`);
const insert = inserting(
  followUps,
  'ON CONFLICT (plan_id, outcome_id, step) WHERE outcome_id IS NOT NULL DO NOTHING',
);
const stoppedOf = writing(`
  UPDATE follow_ups SET state = 'stopped', why = ?, closed_at = ? WHERE outcome_id = +? AND state IN ('waiting', 'due')`);
const stoppedBefore = writing(`
  UPDATE follow_ups SET state = 'stopped', why = :why, closed_at = :now
  WHERE contact_id = +:contactId AND state = 'waiting' AND campaign_id IS :campaignId AND started_at < +:filedAt
    AND ifnull(outcome_id, 0) <> +:id`);

/** Steps whose time has come, the first first. */
export function waitingUntil(db: ReadDb, now: Instant, limit: number): FollowUp[] {
  return waiting(db).all(now, limit);
}

const waiting = asking(
  followUps,
  getTableColumns(followUps),
  "WHERE state = 'waiting' AND due_at <= +? ORDER BY due_at, id LIMIT +?",
);

/** Those that people have to do, past a place in their order: all of them are gone through, a few at a time. */
export function dueAfter(db: ReadDb, id: number, limit: number): { id: number; contactId: number }[] {
  return dueIds(db).all(id, limit);
}

const dueIds = reading<{ id: number; contactId: number }>(
  "SELECT id, contact_id AS contactId FROM follow_ups WHERE state = 'due' AND id > +? ORDER BY id LIMIT +?",
);

/** Its time has come: the fields of its texts are filled in with what is known now. */
export function becomeDue(db: Db, followUp: FollowUp): void {
  const { title, text } = filledIn(db, followUp);
  madeDue(db).run(title, text, followUp.id);
}

type Texts = Pick<FollowUp, 'contactId' | 'agentId' | 'title' | 'text'>;

export function filledIn(
  db: ReadDb,
  { contactId, agentId, title, text }: Texts,
): { title: string; text: string } {
  const contact = contactById(db, contactId);
  if (contact === null) return { title, text };
  const agent = agentId === null ? null : agentById(db, agentId);
  const fields = scriptFields(contact, agent?.name ?? '').set('email', contact.email);
  return { title: merged(title, fields), text: merged(text, fields) };
}

const madeDue = writing(
  "UPDATE follow_ups SET state = 'due', title = ?, text = ? WHERE id = +? AND state = 'waiting'",
);

/** Later, because now is no time for it. */
export function putOff(db: Db, id: number, until: Instant): void {
  postponed(db).run(until, id);
}

const postponed = writing("UPDATE follow_ups SET due_at = ? WHERE id = +? AND state = 'waiting'");

export interface Closing {
  readonly state: 'done' | 'skipped' | 'stopped';
  readonly why: string;
  readonly by: number | null;
  readonly at: Instant;
}

/** False where it was closed already, by somebody else. */
export function closeFollowUp(db: Db, id: number, { state, why, by, at }: Closing): boolean {
  return closed(db).run(state, why, at, by, id).changes === 1;
}

const closed = writing(`
  UPDATE follow_ups SET state = ?, why = ?, closed_at = ?, closed_by = ? WHERE id = +? AND state IN ('waiting', 'due')`);

/** Opens again what a person had done or skipped. False where the engine closed it, or nobody did. */
export function reopenFollowUp(db: Db, id: number, now: Instant): boolean {
  return reopened(db).run({ id, now }).changes === 1;
}

const reopened = writing(`
  UPDATE follow_ups SET state = iif(due_at > :now, 'waiting', 'due'), why = '', closed_at = NULL, closed_by = NULL
  WHERE id = +:id AND state IN ('done', 'skipped') AND closed_by IS NOT NULL`);

/** Why nothing is done about somebody any more; null where something may be. */
export function whyLeftAlone(db: ReadDb, contactId: number): string | null {
  const contact = contactById(db, contactId);
  if (contact === null) return 'The contact is gone.';
  const { company, email } = contact;
  const numbers = numbersOf(db, contactId).map(({ e164 }) => e164);
  const found = (numbers.length === 0 ? [''] : numbers)
    .map((e164) => doNotCallFor(db, { e164, company, email }))
    .find((each) => each !== null);
  return found == null ? null : `They are on do-not-call: ${found.reason}.`;
}

/** A step as a row of the list. */
export interface FollowUpRow {
  readonly id: number;
  readonly kind: FollowUpKind;
  readonly state: FollowUpState;
  readonly title: string;
  readonly text: string;
  readonly dueAt: Instant;
  readonly closedAt: Instant | null;
  readonly why: string;
  readonly contactId: number;
  readonly contact: string;
  readonly company: string;
  readonly email: string;
  readonly plan: string;
  readonly campaign: string;
  /** Whose call started it. */
  readonly agent: string;
  readonly agentId: number | null;
  readonly closedBy: string;
  readonly hasConsent: 0 | 1;
}

export type FollowUpShown = 'due' | 'waiting' | 'closed';

/** Those due or waiting by their time, those that are over by when, the latest first. */
export function followUpRows(db: ReadDb, shown: FollowUpShown, limit: number): FollowUpRow[] {
  return { due: dueRows, waiting: waitingRows, closed: closedRows }[shown](db).all(limit);
}

export function followUpsOfContact(db: ReadDb, contactId: number, limit: number): FollowUpRow[] {
  return rowsOfContact(db).all(contactId, limit);
}

const ROW = (from: string, rest: string) => `
  SELECT f.id, f.kind, f.state, f.title, f.text, f.due_at AS dueAt, f.closed_at AS closedAt, f.why, f.contact_id AS contactId,
    c.name AS contact, c.company, c.email, ifnull(p.name, '') AS plan, ifnull(g.name, '') AS campaign,
    ifnull(a.name, '') AS agent, f.agent_id AS agentId, ifnull(b.name, '') AS closedBy,
    EXISTS (SELECT 1 FROM consents s WHERE s.contact_id = f.contact_id AND s.kind = 'call' AND s.revoked_at IS NULL) AS hasConsent
  FROM follow_ups f ${from} CROSS JOIN contacts c ON c.id = f.contact_id LEFT JOIN follow_up_plans p ON p.id = f.plan_id
  LEFT JOIN campaigns g ON g.id = f.campaign_id LEFT JOIN agents a ON a.id = f.agent_id
  LEFT JOIN agents b ON b.id = f.closed_by ${rest}`;

const dueRows = reading<FollowUpRow>(
  ROW('INDEXED BY follow_ups_due', "WHERE f.state = 'due' ORDER BY f.due_at, f.id LIMIT +?"),
);
const waitingRows = reading<FollowUpRow>(
  ROW('INDEXED BY follow_ups_waiting', "WHERE f.state = 'waiting' ORDER BY f.due_at, f.id LIMIT +?"),
);
const closedRows = reading<FollowUpRow>(
  ROW(
    'INDEXED BY follow_ups_closed',
    'WHERE f.closed_at IS NOT NULL ORDER BY f.closed_at DESC, f.id DESC LIMIT +?',
  ),
);
const rowsOfContact = reading<FollowUpRow>(
  ROW('INDEXED BY follow_ups_contact', 'WHERE f.contact_id = +? ORDER BY f.due_at DESC, f.id DESC LIMIT +?'),
);

export interface FollowUpCounts {
  readonly due: number;
  readonly waiting: number;
}

export function followUpCounts(db: ReadDb): FollowUpCounts {
  return counts(db).get()!;
}

const counts = reading<FollowUpCounts>(`
  SELECT (SELECT count(*) FROM follow_ups WHERE state = 'due') AS due,
    (SELECT count(*) FROM follow_ups WHERE state = 'waiting') AS waiting`);
