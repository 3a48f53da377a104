import type { Contact } from '../../shared/domain/contact.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { type Result, ok, refused } from '../../shared/lib/result.ts';
import { contactById } from './contacts.ts';
import { refreshPlaces } from './enrolments.ts';
import { type Db, type ReadDb, reading, withTransaction, writing } from './open.ts';

/* Two contacts that turned out to be one person. All that happened to either stays, and it can be taken apart again. */

type Row = Readonly<Record<string, string | number | null>>;
type Changeable = Pick<Contact, 'company' | 'title' | 'place' | 'email' | 'fields'>;

/** What a merge did, written down so that it can be undone. */
interface Story {
  readonly gone: Row;
  /** Rows that went over to the contact that stayed, by table. */
  readonly moved: Readonly<Record<string, readonly number[]>>;
  /** Rows that had no place there, because it had one of the kind: they went with the other contact. */
  readonly left: Readonly<Record<string, readonly Row[]>>;
  /** Numbers as they were before the two met. */
  readonly numbers: readonly Row[];
  /** Enrolments of the contact that stayed, as they were. */
  readonly enrolments: readonly Row[];
  readonly tags: readonly number[];
  readonly before: Changeable;
  readonly after: Changeable;
}

/** Tables whose rows go over, each by itself. The order matters to no reference. */
const MOVED = [
  'contact_numbers',
  'enrolments',
  'callbacks',
  'attempts',
  'calls',
  'outcomes',
  'schedules',
  'schedule_jobs',
  'consents',
  'contact_moves',
  'follow_ups',
] as const;

/** Tables whose rows may stay behind. */
const LEFT = ['enrolments', 'consents', 'contact_tags', 'import_changes', 'import_enrolments'] as const;

/** Makes one contact of two. What `keptId` does not know it has from the other. Returns what undoes it. */
export function mergeContacts(
  db: Db,
  keptId: number,
  goneId: number,
  at: Instant,
): Result<{ readonly mergeId: number }, string> {
  const kept = contactById(db, keptId);
  const gone = contactById(db, goneId);
  if (kept === null || gone === null || keptId === goneId) return refused(NOT_TWO);
  const why = whyNotNow(db, keptId, goneId);
  if (why !== null) return refused(why);
  return withTransaction(db, () => {
    const before = changeable(kept);
    const after: Changeable = {
      company: kept.company || gone.company,
      title: kept.title || gone.title,
      place: kept.place || gone.place,
      email: kept.email || gone.email,
      fields: { ...gone.fields, ...kept.fields },
    };
    const numbers = rowsOf(db, 'contact_numbers', goneId);
    const enrolments = rowsOf(db, 'enrolments', keptId);
    const row = rowById(db, goneId);
    const moved = Object.fromEntries(MOVED.map((table) => [table, moveRows(db, table, goneId, keptId)]));
    const tags = movedTags(db, goneId, keptId);
    const left = Object.fromEntries(LEFT.map((table) => [table, rowsOf(db, table, goneId)]));
    for (const each of left['enrolments'] ?? []) joinEnrolment(db, keptId, each);
    settleNumbers(db, keptId, new Set(moved['contact_numbers']));
    write(db, keptId, after);
    deleted(db).run(goneId);
    refreshPlaces(db, keptId);
    const story: Story = { gone: row, moved, left, numbers, enrolments, tags, before, after };
    const { lastInsertRowid } = mergeIn(db).run(keptId, goneId, JSON.stringify(story), at);
    return ok({ mergeId: Number(lastInsertRowid) });
  });
}

/** Takes two contacts apart again: each has back what was its own; what happened since stays with the one. */
export function undoMerge(db: Db, mergeId: number, at: Instant): Result<null, string> {
  const merge = mergeOf(db).get(mergeId);
  if (merge === undefined || merge.undoneAt !== null) return refused(NOTHING);
  const { keptId, goneId } = merge;
  const why = whyNotNow(db, keptId, goneId);
  if (why !== null) return refused(why);
  const story = JSON.parse(merge.story) as Story;
  return withTransaction(db, () => {
    insertRow(db, 'contacts', story.gone);
    for (const table of MOVED) {
      const back = db.$client.prepare(`UPDATE ${table} SET contact_id = ? WHERE id = ? AND contact_id = ?`);
      for (const id of story.moved[table] ?? []) back.run(goneId, id, keptId);
    }
    for (const table of LEFT) for (const row of story.left[table] ?? []) insertRow(db, table, row);
    for (const row of story.numbers) restoreColumns(db, 'contact_numbers', row, NUMBER_COLUMNS);
    for (const row of story.enrolments) {
      // Whoever was tried since has a story of its own by now.
      if (triesOf(db).get(row['id'])?.attempts === joinedAttempts(story, row))
        restoreColumns(db, 'enrolments', row, ENROLMENT_COLUMNS);
    }
    for (const tagId of story.tags) untagged(db).run(tagId, keptId);
    const now = contactById(db, keptId);
    if (now !== null) write(db, keptId, givenBack(changeable(now), story));
    refreshPlaces(db, keptId);
    refreshPlaces(db, goneId);
    undone(db).run(at, mergeId);
    return ok(null);
  });
}

export interface Merge {
  readonly id: number;
  readonly keptId: number;
  readonly goneName: string;
  readonly madeAt: Instant;
  readonly undoneAt: Instant | null;
}

/** Whom a contact was made one with, the latest first. */
export function mergesOf(db: ReadDb, contactId: number): Merge[] {
  return ofContact(db).all(contactId);
}

const ofContact = reading<Merge>(`
  SELECT id, kept_id AS keptId, ifnull(story ->> '$.gone.name', '') AS goneName, made_at AS madeAt,
    undone_at AS undoneAt
  FROM merges WHERE kept_id = ? ORDER BY id DESC`);

const NOT_TWO = 'These are not two contacts any more. Nothing was changed. Look for them again.';
const NOTHING = 'There is nothing to take apart. Nothing was changed.';

function whyNotNow(db: ReadDb, a: number, b: number): string | null {
  if (busy(db).get({ a, b }) !== undefined)
    return 'One of them is in a call or in an agent’s hand. Nothing was changed. Try again when that is over.';
  if ((schedulesOf(db).get(a, b)?.n ?? 0) > 1)
    return 'Both have a daily call of their own. Nothing was changed. Remove one of them first.';
  return null;
}

const busy = reading<{ one: 1 }>(`
  SELECT 1 AS one WHERE EXISTS (SELECT 1 FROM enrolments WHERE contact_id IN (:a, :b) AND state = 'in-hand')
    OR EXISTS (SELECT 1 FROM calls WHERE contact_id IN (:a, :b) AND status <> 'ended')`);
const schedulesOf = reading<{ n: number }>('SELECT count(*) AS n FROM schedules WHERE contact_id IN (?, ?)');

/** Moves what finds a place; a row that would be the second of its kind stays where it is. */
function moveRows(db: Db, table: (typeof MOVED)[number], from: number, to: number): number[] {
  const ids = db.$client
    .prepare<[number], { id: number }>(`SELECT id FROM ${table} WHERE contact_id = ?`)
    .all(from);
  const move = db.$client.prepare(`UPDATE OR IGNORE ${table} SET contact_id = ? WHERE id = ?`);
  return ids.flatMap(({ id }) => (move.run(to, id).changes === 1 ? [id] : []));
}

/** Tags are held by two; those that the other contact adds are remembered. */
function movedTags(db: Db, from: number, to: number): number[] {
  return tagsOf(db)
    .all(from)
    .flatMap(({ tagId }) => (tagged(db).run(tagId, to).changes === 1 ? [tagId] : []));
}

const tagsOf = reading<{ tagId: number }>('SELECT tag_id AS tagId FROM contact_tags WHERE contact_id = ?');
const tagged = writing('INSERT OR IGNORE INTO contact_tags (tag_id, contact_id) VALUES (?, ?)');
const untagged = writing('DELETE FROM contact_tags WHERE tag_id = ? AND contact_id = ?');

/** The number that is there twice is rung once; the star of the one who stayed is the star. */
function settleNumbers(db: Db, keptId: number, came: ReadonlySet<number>): void {
  const all = rowsOf(db, 'contact_numbers', keptId);
  const own = new Set(all.filter((row) => !came.has(row['id'] as number)).map((row) => row['e164']));
  for (const row of all) {
    if (!came.has(row['id'] as number)) continue;
    if (own.has(row['e164'] ?? null)) doubled(db).run(row['id']);
    else if (own.size > 0) unstarred(db).run(row['id']);
  }
}

const doubled = writing(
  "UPDATE contact_numbers SET is_starred = 0, is_usable = 0, unusable_why = 'there twice' WHERE id = ?",
);
const unstarred = writing('UPDATE contact_numbers SET is_starred = 0 WHERE id = ?');

/** In one campaign twice: the tries of both count, so that nobody is rung more often than the rules allow. */
function joinEnrolment(db: Db, keptId: number, row: Row): void {
  joined(db).run({
    keptId,
    campaignId: row['campaign_id'],
    attempts: row['attempts'],
    dueAt: row['due_at'],
    restUntil: row['rest_until'],
    lastAttemptAt: row['last_attempt_at'],
    state: row['state'],
  });
}

const joined = writing(`
  UPDATE enrolments SET attempts = attempts + :attempts, due_at = max(due_at, :dueAt),
    rest_until = max(rest_until, :restUntil), is_ready = 0,
    last_attempt_at = nullif(max(ifnull(last_attempt_at, 0), ifnull(:lastAttemptAt, 0)), 0),
    state = iif(:state IN ('done', 'never') AND state = 'open', :state, state)
  WHERE contact_id = :keptId AND campaign_id = :campaignId`);

function joinedAttempts({ left }: Story, row: Row): number {
  const twin = left['enrolments']?.find((each) => each['campaign_id'] === row['campaign_id']);
  return Number(row['attempts']) + Number(twin?.['attempts'] ?? 0);
}

const triesOf = reading<{ attempts: number }>('SELECT attempts FROM enrolments WHERE id = ?');

const NUMBER_COLUMNS = ['is_starred', 'is_usable', 'unusable_why'];
const ENROLMENT_COLUMNS = ['state', 'attempts', 'due_at', 'rest_until', 'last_attempt_at'];

/** What somebody has changed since is theirs, and stays. */
function givenBack(now: Changeable, { before, after }: Story): Changeable {
  const own = <K extends keyof Changeable>(key: K): Changeable[K] =>
    JSON.stringify(now[key]) === JSON.stringify(after[key]) ? before[key] : now[key];
  return {
    company: own('company'),
    title: own('title'),
    place: own('place'),
    email: own('email'),
    fields: own('fields'),
  };
}

function changeable({ company, title, place, email, fields }: Contact): Changeable {
  return { company, title, place, email, fields };
}

function write(db: Db, id: number, { company, title, place, email, fields }: Changeable): void {
  written(db).run(company, title, place, email, JSON.stringify(fields), id);
}

const written = writing(
  'UPDATE contacts SET company = ?, title = ?, place = ?, email = ?, fields = ? WHERE id = ?',
);
const deleted = writing('DELETE FROM contacts WHERE id = ?');
const mergeIn = writing('INSERT INTO merges (kept_id, gone_id, story, made_at) VALUES (?, ?, ?, ?)');
const mergeOf = reading<{ keptId: number; goneId: number; story: string; undoneAt: Instant | null }>(
  'SELECT kept_id AS keptId, gone_id AS goneId, story, undone_at AS undoneAt FROM merges WHERE id = ?',
);
const undone = writing('UPDATE merges SET undone_at = ? WHERE id = ?');

function rowsOf(db: ReadDb, table: string, contactId: number): Row[] {
  return reading<Row>(`SELECT * FROM ${table} WHERE contact_id = ?`)(db).all(contactId);
}

function rowById(db: ReadDb, id: number): Row {
  return reading<Row>('SELECT * FROM contacts WHERE id = ?')(db).get(id)!;
}

function insertRow(db: Db, table: string, row: Row): void {
  const columns = Object.keys(row);
  const places = columns.map(() => '?').join(', ');
  db.$client
    .prepare(`INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${places})`)
    .run(...Object.values(row));
}

function restoreColumns(db: Db, table: string, row: Row, columns: readonly string[]): void {
  const set = columns.map((column) => `${column} = ?`).join(', ');
  db.$client
    .prepare(`UPDATE ${table} SET ${set} WHERE id = ?`)
    .run(...columns.map((column) => row[column] ?? null), row['id'] ?? null);
}
