import type { Instant } from '../../shared/lib/instants.ts';
import { doNotCallFor } from './do-not-call.ts';
import { enrol } from './enrolments.ts';
import { type Db, type ReadDb, reading, withTransaction, writing } from './open.ts';
import { searchContacts } from './search.ts';

/** Whom a supervisor means: everybody of a list, whoever a search finds, or both at once. */
export interface PeopleWanted {
  readonly listId: number | null;
  readonly search: string;
}

/** People of a list or a search with what matters for bringing them in, a page at a time. */
export function* peopleWanted(
  db: ReadDb,
  campaignId: number,
  { listId, search }: PeopleWanted,
  pageRows = 500,
): Generator<readonly WantedPerson[]> {
  if (search.trim() !== '') {
    for (let after: number | null = null; ; ) {
      const page = searchContacts(db, { search, after, limit: pageRows });
      const ids = JSON.stringify(page.rows.map(({ id }) => id));
      yield found(db).all({ campaignId, ids, listId });
      if (page.next === null) return;
      after = page.next;
    }
  }
  for (let after: number | null = 0; after !== null; ) {
    const rows: WantedPerson[] = ofList(db).all({ campaignId, listId, after, limit: pageRows });
    yield rows;
    after = rows.length < pageRows ? null : rows.at(-1)!.contactId;
  }
}

export interface WantedPerson {
  readonly contactId: number;
  readonly company: string;
  readonly email: string;
  /** The number that would be rung; null where none may be. */
  readonly e164: string | null;
  readonly isIn: 0 | 1;
}

const PERSON = `c.id AS contactId, c.company, c.email,
  (SELECT n.e164 FROM contact_numbers n WHERE n.contact_id = c.id AND n.is_usable = 1
    ORDER BY n.is_starred DESC, n.id LIMIT 1) AS e164,
  EXISTS (SELECT 1 FROM enrolments e WHERE e.campaign_id = +:campaignId AND e.contact_id = c.id) AS isIn`;

const ofList = reading<WantedPerson>(`
  SELECT ${PERSON} FROM contacts c
  WHERE c.id > +:after AND (:listId IS NULL OR c.list_id = +:listId) ORDER BY c.id LIMIT +:limit`);

const found = reading<WantedPerson>(`
  SELECT ${PERSON} FROM json_each(:ids) AS k JOIN contacts c ON c.id = k.value
  WHERE :listId IS NULL OR c.list_id = +:listId`);

export interface PeopleWeighed {
  readonly found: number;
  readonly new: number;
  readonly withoutNumber: number;
  readonly doNotCall: number;
}

/** What a page of people would bring: each of them counts in one place only. */
export function weighPage(db: ReadDb, page: readonly WantedPerson[]): PeopleWeighed {
  const fresh = page.filter(({ isIn }) => isIn === 0);
  const withoutNumber = fresh.filter(({ e164 }) => e164 === null).length;
  const doNotCall = fresh.filter(
    ({ e164, company, email }) => e164 !== null && doNotCallFor(db, { e164, company, email }) !== null,
  ).length;
  return { found: page.length, new: fresh.length - withoutNumber - doNotCall, withoutNumber, doNotCall };
}

/** Brings in whoever of a page is new. A number is asked for; do-not-call is for the verdict to say. */
export function enrolPage(db: Db, campaignId: number, page: readonly WantedPerson[], dueAt: Instant): number {
  return withTransaction(db, () => {
    const fresh = page.filter(({ isIn, e164 }) => isIn === 0 && e164 !== null);
    const ids = fresh.map(({ contactId }) => contactId);
    const added = enrol(db, campaignId, ids, { dueAt });
    prioritised(db).run({ campaignId, ids: JSON.stringify(ids) });
    return added;
  });
}

/** A file may have brought a priority along, as a field of that name. */
const prioritised = writing(`
  UPDATE enrolments SET priority = max(0, min(100, (SELECT CAST(f.value AS INTEGER)
    FROM contacts c, json_each(c.fields) f WHERE c.id = contact_id AND lower(f.key) = 'priority' LIMIT 1)))
  WHERE campaign_id = +:campaignId AND contact_id IN (SELECT value FROM json_each(:ids))
    AND EXISTS (SELECT 1 FROM contacts c, json_each(c.fields) f
      WHERE c.id = contact_id AND lower(f.key) = 'priority')`);

/** Takes out at most `limit` of those who were not tried yet, of one list or of those without any. */
export function takeOutUntried(db: Db, campaignId: number, listId: number | null, limit: number): number {
  return takenOut(db).run({ campaignId, listId, limit }).changes;
}

const takenOut = writing(`
  DELETE FROM enrolments WHERE id IN (
    SELECT e.id FROM enrolments e JOIN contacts c ON c.id = e.contact_id
    WHERE e.campaign_id = +:campaignId AND c.list_id IS +:listId AND e.state IN ('open', 'never')
      AND e.attempts = 0 AND e.last_attempt_at IS NULL LIMIT +:limit)`);

/** Where a campaign's people came from. */
export interface PeopleSource {
  readonly listId: number | null;
  readonly name: string;
  readonly contacts: number;
}

/** Counted a slice at a time, because a campaign may hold a million. */
export function sourcesAmong(
  db: ReadDb,
  campaignId: number,
  after: number,
  limit: number,
): { readonly sources: PeopleSource[]; readonly last: number | null } {
  const rows = sources(db).all({ campaignId, after, limit });
  const seen = rows.reduce((sum, { contacts }) => sum + contacts, 0);
  const last = seen < limit ? null : Math.max(...rows.map((row) => row.last));
  return { sources: rows.map(({ listId, name, contacts }) => ({ listId, name, contacts })), last };
}

const sources = reading<PeopleSource & { last: number }>(`
  SELECT l.id AS listId, ifnull(l.name, 'Without a list') AS name, count(*) AS contacts, max(contact_id) AS last
  FROM (SELECT e.contact_id, c.list_id FROM enrolments e JOIN contacts c ON c.id = e.contact_id
    WHERE e.campaign_id = +:campaignId AND e.contact_id > +:after ORDER BY e.contact_id LIMIT +:limit)
  LEFT JOIN lists l ON l.id = list_id GROUP BY list_id ORDER BY list_id`);

/** How many of a list are in a campaign. */
export function countFromList(db: ReadDb, campaignId: number, listId: number | null): number {
  return fromList(db).get({ campaignId, listId })?.n ?? 0;
}

const fromList = reading<{ n: number }>(`
  SELECT count(*) AS n FROM enrolments e JOIN contacts c ON c.id = e.contact_id
  WHERE e.campaign_id = +:campaignId AND c.list_id IS +:listId`);
