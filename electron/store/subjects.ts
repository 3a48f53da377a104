import { and, asc, eq } from 'drizzle-orm';
import type { DayWindow } from '../../shared/domain/campaign.ts';
import type { E164 } from '../../shared/domain/phone.ts';
import type { Subject } from '../../shared/domain/verdict.ts';
import { assert } from '../../shared/lib/assert.ts';
import type { Zone } from '../../shared/lib/zoned-time.ts';
import { holderOf } from './attempts.ts';
import { type KeptNumber, numbersOf, ownersOf } from './contacts.ts';
import { doNotCallFor } from './do-not-call.ts';
import { type ReadDb, prepared, reading } from './open.ts';
import { contacts } from './schema/book.ts';
import { callbacks, campaigns, enrolments } from './schema/campaigns.ts';
import { literally, slot } from './statements.ts';

/** The number to ring for an enrolment: the one named, else the starred one, else the first of use. */
export function chosenNumber(db: ReadDb, enrolmentId: number, numberId: number | null): KeptNumber | null {
  const contactId = contactOf(db).get(enrolmentId)?.contactId;
  return contactId === undefined ? null : choose(numbersOf(db, contactId), numberId);
}

const contactOf = reading<{ contactId: number }>(
  'SELECT contact_id AS contactId FROM enrolments WHERE id = ?',
);

/**
 * The facts a verdict on an enrolment depends on, all read now: inside the transaction that writes the intent
 * this is the last look (law 4). The law's hours come from whoever knows the law.
 */
export function subjectOfEnrolment(
  db: ReadDb,
  enrolmentId: number,
  numberId: number | null,
  legalHours: readonly DayWindow[],
): Subject {
  const row = enrolled(db).get({ enrolmentId });
  assert(row !== undefined, `no enrolment ${enrolmentId} to weigh`);
  const number = choose(numbersOf(db, row.contactId), numberId);
  const { company, email, state, attempts, dueAt } = row;
  return {
    number: { isUsable: number?.isUsable ?? false, zones: number?.zones ?? [] },
    doNotCall: number === null ? null : leftAlone(db, number.e164, { company, email }),
    heldSince: number === null ? null : (holderOf(db, number.e164)?.intendedAt ?? null),
    enrolment: { state, attempts, dueAt, isPromised: row.promiseId !== null },
    campaign: { status: row.status, rules: row.rules },
    legalHours,
  };
}

const enrolled = prepared((db: ReadDb) =>
  db
    .select({
      contactId: enrolments.contactId,
      state: enrolments.state,
      attempts: enrolments.attempts,
      dueAt: enrolments.dueAt,
      status: campaigns.status,
      rules: campaigns.rules,
      company: contacts.company,
      email: contacts.email,
      promiseId: callbacks.id,
    })
    .from(enrolments)
    .innerJoin(campaigns, eq(campaigns.id, enrolments.campaignId))
    .innerJoin(contacts, eq(contacts.id, enrolments.contactId))
    .leftJoin(
      callbacks,
      and(
        eq(callbacks.contactId, enrolments.contactId),
        eq(callbacks.campaignId, enrolments.campaignId),
        literally(callbacks.state, "= 'open'"),
      ),
    )
    .where(eq(enrolments.id, slot('enrolmentId')))
    .orderBy(asc(callbacks.dueAt))
    .limit(1)
    .prepare(),
);

/** A number on its own: who has it, as far as we know, and what a verdict on it depends on. */
export interface PhoneSubject {
  readonly subject: Subject;
  readonly contactId: number | null;
  readonly name: string | null;
}

/** A number typed by hand belongs to no campaign. `zones` is where it may be, should nobody here have it. */
export function subjectOfPhone(
  db: ReadDb,
  e164: E164,
  legalHours: readonly DayWindow[],
  zones: readonly Zone[] = [],
): PhoneSubject {
  const owners = ownersOf(db, e164);
  const owner = owners.find(({ number }) => number.isUsable) ?? owners[0] ?? null;
  const known = [...new Set(owners.flatMap(({ number }) => number.zones))];
  return {
    subject: {
      number: { isUsable: owner?.number.isUsable ?? true, zones: known.length > 0 ? known : zones },
      doNotCall: firstFound(
        db,
        e164,
        owners.map(({ contact }) => contact),
      ),
      heldSince: holderOf(db, e164)?.intendedAt ?? null,
      enrolment: null,
      campaign: null,
      legalHours,
    },
    contactId: owner?.contact.id ?? null,
    name: owner?.contact.name ?? null,
  };
}

/** A number shared with somebody who is to be left alone rings at their place too. */
function leftAlone(db: ReadDb, e164: E164, own: { company: string; email: string }) {
  const found = doNotCallFor(db, { e164, ...own });
  if (found !== null || countOwners(db).get(e164)!.n < 2) return found;
  return firstFound(
    db,
    e164,
    ownersOf(db, e164).map(({ contact }) => contact),
  );
}

const countOwners = reading<{ n: number }>('SELECT count(*) AS n FROM contact_numbers WHERE e164 = ?');

/** One owner who is to be left alone is enough. */
function firstFound(db: ReadDb, e164: E164, owners: readonly { company: string; email: string }[]) {
  for (const { company, email } of owners) {
    const found = doNotCallFor(db, { e164, company, email });
    if (found !== null) return found;
  }
  return doNotCallFor(db, { e164 });
}

function choose(numbers: readonly KeptNumber[], numberId: number | null): KeptNumber | null {
  if (numberId !== null) return numbers.find((number) => number.id === numberId) ?? null;
  return numbers[0] ?? null;
}
