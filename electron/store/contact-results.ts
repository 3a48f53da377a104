import type {
  ContactFilter,
  ContactSort,
  ContactToken,
  DueWhen,
} from '../../shared/domain/contact-filter.ts';
import type { E164 } from '../../shared/domain/phone.ts';
import { assert, never } from '../../shared/lib/assert.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { addDays, firstInstant, localTime } from '../../shared/lib/zoned-time.ts';
import { type ReadDb, inOneReading, readOnce, reading } from './open.ts';
import { asWords } from './transcripts.ts';

/** What "today" and a number without a plus mean, where the workspace is at home. */
export interface FilterHome {
  readonly now: Instant;
  readonly zone: string;
  readonly callingCode: string;
}

/** Whole orders of everybody, kept by whoever asks often: read once, then walked. */
export type Orders = Map<ContactSort['key'], Int32Array>;

/** Up to so many finds are put in order by looking each of them up; more by walking the whole order past them. */
const SORTED_MAX = 3_000;

/**
 * Everybody a filter finds, in order, as ids: four bytes each. Any page of them is then a slice and a hundred
 * lookups, the last of a million like the first, and they stay where they are while rows change.
 */
export function contactIds(
  db: ReadDb,
  filter: ContactFilter,
  sort: ContactSort,
  home: FilterHome,
  orders: Orders = new Map(),
): Int32Array {
  return inOneReading(db, () => {
    const question = questionFor(filter, home);
    if (question === null) return turned(orderAnew(db, sort.key, orders), sort);
    const found = readOnce<number>(db, question.text, question.bound);
    if (found.length <= SORTED_MAX) return Int32Array.from(sortFew(db, found, sort));
    const known = orders.get(sort.key);
    const walked = known === undefined ? null : walk(known, found);
    // Somebody came since that order was read: then it is read again.
    const ids = walked ?? walk(orderAnew(db, sort.key, orders), found);
    assert(ids !== null, 'everybody found is somewhere in the order');
    return turned(ids, sort);
  });
}

/** Those of `found` in the order given; null when one of them is not in it. */
export function walk(order: Int32Array, found: readonly number[]): Int32Array | null {
  const isFound = new Uint8Array(found.reduce((most, id) => Math.max(most, id), 0) + 1);
  for (const id of found) isFound[id] = 1;
  const ids = order.filter((id) => isFound[id] === 1);
  return ids.length === found.length ? ids : null;
}

function orderAnew(db: ReadDb, key: ContactSort['key'], orders: Orders): Int32Array {
  const ids = Int32Array.from(
    readOnce<number>(db, `SELECT c.id FROM contacts c ORDER BY ${ORDERS[key]}`, {}),
  );
  orders.set(key, ids);
  return ids;
}

function sortFew(db: ReadDb, ids: readonly number[], { key, direction }: ContactSort): number[] {
  const text = `SELECT c.id FROM json_each(:ids) AS k CROSS JOIN contacts c ON c.id = k.value ORDER BY ${ORDERS[key]}`;
  const sorted = readOnce<number>(db, text, { ids: JSON.stringify(ids) });
  return direction === 'descending' ? sorted.toReversed() : sorted;
}

function turned(ids: Int32Array, { direction }: ContactSort): Int32Array {
  return direction === 'descending' ? ids.toReversed() : ids;
}

const ORDERS: Readonly<Record<ContactSort['key'], string>> = {
  name: 'c.name, c.id',
  company: 'c.company, c.name, c.id',
  list: 'c.list_id, c.name, c.id',
  added: 'c.id',
};

interface Question {
  readonly text: string;
  readonly bound: Readonly<Record<string, string | number>>;
}

/** Whom a filter finds, in SQL and in no order; null where it finds everybody. What is typed is bound, never spliced in. */
export function questionFor(filter: ContactFilter, home: FilterHome): Question | null {
  const bound: Record<string, string | number> = {};
  const bind = (value: string | number): string => {
    const name = `v${Object.keys(bound).length}`;
    bound[name] = value;
    return `+:${name}`;
  };
  const conditions = [...wordsIn(filter, home, bind), ...tokensIn(filter, home, bind)];
  if (conditions.length === 0) return null;
  return { text: `SELECT c.id FROM contacts c WHERE ${conditions.join(' AND ')}`, bound };
}

/** Binds a value, and gives the text that stands for it. */
export type Bind = (value: string | number) => string;

function wordsIn({ words, phrases }: ContactFilter, { callingCode }: FilterHome, bind: Bind): string[] {
  const found: string[] = [];
  const typed = words.join(' ');
  const query = asWords(typed);
  if (typed !== '') {
    const from = numberIn(typed, callingCode);
    const either = [
      ...(query === '' ? [] : [IN_CONTACT(bind(query)), IN_NOTES(bind(query))]),
      ...(from === null ? [] : [HAS_NUMBER(bind(from), bind(`${from}:`))]),
    ];
    // Signs without a letter or digit find nobody, and must not find everybody.
    found.push(either.length === 0 ? '0' : `c.id IN (${either.join(' UNION ')})`);
  }
  for (const phrase of phrases) {
    const each = asWords(phrase);
    const inARow = `"${phrase.replaceAll('"', '')}"`;
    if (each === '') found.push('0');
    else
      found.push(`c.id IN (
        SELECT f.id FROM contacts f WHERE f.id IN (${IN_CONTACT(bind(each))})
          AND f.name || ' ' || f.company || ' ' || f.email LIKE ${bind(`%${escaped(phrase)}%`)} ESCAPE '\\'
        UNION ${IN_NOTES(bind(inARow))})`);
  }
  return found;
}

const IN_CONTACT = (query: string) => `SELECT rowid FROM contact_search WHERE contact_search MATCH ${query}`;

const IN_NOTES = (
  query: string,
) => `SELECT o.contact_id FROM note_search n CROSS JOIN outcomes o ON o.id = n.rowid
  WHERE note_search MATCH ${query} AND o.undone_at IS NULL AND o.contact_id IS NOT NULL`;

const HAS_NUMBER = (from: string, until: string) =>
  `SELECT m.contact_id FROM contact_numbers m WHERE m.e164 >= ${from} AND m.e164 < ${until}`;

/** Tokens about campaigns are about one and the same enrolment: `campaign:Spring due:today`. */
function tokensIn({ tokens }: ContactFilter, home: FilterHome, bind: Bind): string[] {
  const together = tokens.filter(({ isNot, means }) => !isNot && ABOUT_ENROLMENT.has(means.kind));
  const alone = tokens.filter((token) => !together.includes(token));
  const conditions = alone.map(({ isNot, means }) => {
    const condition = conditionOf(means, home, bind);
    // What is not known is not so: whoever is on no list is on none of those left out.
    return isNot ? `NOT ifnull((${condition}), 0)` : condition;
  });
  if (together.length > 0)
    conditions.push(
      enrolledWith(
        together.map(({ means }) => means),
        home,
        bind,
      ),
    );
  return conditions;
}

const ABOUT_ENROLMENT: ReadonlySet<ContactToken['kind']> = new Set(['campaign', 'status', 'due']);

function enrolledWith(means: readonly ContactToken[], home: FilterHome, bind: Bind): string {
  const each = means.map((token) => {
    if (token.kind === 'campaign')
      return `e.campaign_id IN (SELECT id FROM campaigns WHERE name = ${bind(token.name)} COLLATE NOCASE)`;
    if (token.kind === 'status') return `e.state = ${bind(token.status)}`;
    const [from, until] = token.kind === 'due' ? dueBetween(token.when, home) : [0, 0];
    return `e.state IN ('open', 'in-hand') AND e.due_at >= ${bind(from)} AND e.due_at < ${bind(until)}`;
  });
  return `EXISTS (SELECT 1 FROM enrolments e WHERE e.contact_id = c.id AND ${each.join(' AND ')})`;
}

function dueBetween(when: DueWhen, { now, zone }: FilterHome): [number, number] {
  const { date } = localTime(now, zone);
  const dayAt = (days: number) => firstInstant(addDays(date, days), 0, zone);
  switch (when) {
    case 'now':
      return [0, now + 1];
    case 'today':
      return [0, dayAt(1)];
    case 'tomorrow':
      return [dayAt(1), dayAt(2)];
    case 'week':
      return [0, dayAt(7)];
    default:
      return never(when);
  }
}

function conditionOf(token: ContactToken, home: FilterHome, bind: Bind): string {
  switch (token.kind) {
    case 'list':
      return `c.list_id IN (SELECT id FROM lists WHERE name = ${bind(token.name)} COLLATE NOCASE)`;
    case 'tag':
      return `c.id IN (SELECT t.contact_id FROM tags g CROSS JOIN contact_tags t ON t.tag_id = g.id
        WHERE g.name = ${bind(token.name)})`;
    case 'company':
      return companyLike(token.name, bind);
    case 'place':
      return `c.id IN (SELECT p.id FROM contacts p NOT INDEXED
        WHERE p.place LIKE ${bind(`%${escaped(token.name)}%`)} ESCAPE '\\')`;
    case 'state':
      return `c.id IN (SELECT m.contact_id FROM contact_numbers m NOT INDEXED
        WHERE ' ' || replace(m.places, '|', ' ') || ' ' LIKE ${bind(`% ${token.code} %`)})`;
    case 'campaign':
    case 'status':
    case 'due':
      return enrolledWith([token], home, bind);
    case 'outcome':
      return `c.id IN (SELECT o.contact_id FROM outcomes o WHERE o.undone_at IS NULL AND o.disposition_id IN (
        SELECT id FROM disposition_kinds WHERE label = ${bind(token.name)} COLLATE NOCASE))`;
    case 'consent':
      return `c.id IN (SELECT contact_id FROM consents WHERE kind = ${bind(token.of)} AND revoked_at IS NULL)`;
    case 'number': {
      const from = numberIn(token.digits, home.callingCode) ?? token.digits;
      return `c.id IN (${HAS_NUMBER(bind(from), bind(`${from}:`))})`;
    }
    case 'temperature':
      return `c.id IN (SELECT k.contact_id FROM contact_outlooks k WHERE k.temperature = ${bind(token.temperature)})`;
    case 'stage':
      return `c.id IN (SELECT k.contact_id FROM contact_outlooks k WHERE k.stage = ${bind(token.stage)})`;
    case 'never-called':
      return 'NOT EXISTS (SELECT 1 FROM attempts a WHERE a.contact_id = c.id)';
    case 'no-number':
      return NO_NUMBER;
    case 'do-not-call':
      return LEFT_ALONE;
    case 'no-campaign':
      return 'NOT EXISTS (SELECT 1 FROM enrolments e WHERE e.contact_id = c.id)';
    default:
      return never(token);
  }
}

/** The search has the words of all columns together; the column itself then has the last word. */
function companyLike(name: string, bind: Bind): string {
  const query = asWords(name);
  if (query === '') return '0';
  return `c.id IN (SELECT f.id FROM contacts f WHERE f.id IN (${IN_CONTACT(bind(query))})
    AND f.company LIKE ${bind(`${escaped(name)}%`)} ESCAPE '\\')`;
}

// Numbers out of use are few: looking for them first spares a row of each of a million numbers.
const NO_NUMBER = `(NOT EXISTS (SELECT 1 FROM contact_numbers m WHERE m.contact_id = c.id)
  OR (c.id IN (SELECT m.contact_id FROM contact_numbers m NOT INDEXED WHERE m.is_usable = 0)
    AND NOT EXISTS (SELECT 1 FROM contact_numbers m WHERE m.contact_id = c.id AND m.is_usable = 1)))`;

/** By number, area code, company and mail domain, from the entries to the contacts: the list is the shorter one. */
const LEFT_ALONE = `c.id IN (
  SELECT m.contact_id FROM do_not_call d CROSS JOIN contact_numbers m ON m.e164 = d.value WHERE d.kind = 'number'
  UNION SELECT m.contact_id FROM do_not_call d CROSS JOIN contact_numbers m
    ON m.e164 >= d.value AND m.e164 < d.value || ':' WHERE d.kind = 'area-code'
  UNION SELECT f.id FROM contacts f WHERE EXISTS (SELECT 1 FROM do_not_call WHERE kind IN ('company', 'domain'))
    AND (EXISTS (SELECT 1 FROM do_not_call d WHERE d.kind = 'company' AND d.value = lower(trim(f.company)))
      OR EXISTS (SELECT 1 FROM do_not_call d WHERE d.kind = 'domain'
        AND d.value = lower(substr(f.email, instr(f.email, '@') + 1)))))`;

/** What is typed, as it stands in a LIKE whose escape is a backslash. */
export function escaped(typed: string): string {
  return typed.replace(/[\\%_]/g, '\\$&');
}

/** What is typed, as the beginning of a number; null when it is not one. */
export function numberIn(typed: string, callingCode: string): string | null {
  const digits = typed.replace(/[\s().+-]/g, '');
  if (!/^\d{3,15}$/.test(digits)) return null;
  return typed.startsWith('+') ? `+${digits}` : `+${callingCode}${digits}`;
}

/** A contact as a row of the grid. */
export interface ResultRow {
  readonly id: number;
  readonly name: string;
  readonly company: string;
  readonly place: string;
  readonly list: string;
  /** The number that would be rung. */
  readonly number: E164 | null;
  readonly tags: readonly string[];
  readonly lastCalledAt: Instant | null;
}

/** The rows of some ids, in their order; null for those that are gone by now. */
export function contactRows(db: ReadDb, ids: readonly number[]): (ResultRow | null)[] {
  const found = rowsOf(db).all(JSON.stringify(ids));
  const byId = new Map(
    found.map(({ tags, ...row }) => [row.id, { ...row, tags: JSON.parse(tags) as string[] }]),
  );
  return ids.map((id) => byId.get(id) ?? null);
}

const rowsOf = reading<Omit<ResultRow, 'tags'> & { tags: string }>(`
  SELECT c.id, c.name, c.company, c.place, ifnull(l.name, '') AS list,
    (SELECT n.e164 FROM contact_numbers n WHERE n.contact_id = c.id
      ORDER BY n.is_usable DESC, n.is_starred DESC, n.id LIMIT 1) AS number,
    (SELECT json_group_array(g.name) FROM contact_tags t JOIN tags g ON g.id = t.tag_id
      WHERE t.contact_id = c.id) AS tags,
    (SELECT max(a.intended_at) FROM attempts a WHERE a.contact_id = c.id) AS lastCalledAt
  FROM json_each(?) AS k CROSS JOIN contacts c ON c.id = k.value LEFT JOIN lists l ON l.id = c.list_id`);
