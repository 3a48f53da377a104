import { never } from '../../shared/lib/assert.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { type Db, type ReadDb, reading, writing } from './open.ts';
import { registryWith } from './registries.ts';
import { type DoNotCallKind, doNotCall } from './schema/book.ts';
import { inserting } from './statements.ts';

export interface NewDoNotCall {
  readonly kind: DoNotCallKind;
  readonly value: string;
  readonly reason: string;
  readonly since: Instant;
  readonly byAgent: number | null;
  readonly madeByAttempt?: string | null;
  /** Where it came from, in a few words. */
  readonly source?: string | null;
}

/** Adds an entry. False when it is there already: the first reason and date stand. */
export function addDoNotCall(db: Db, entry: NewDoNotCall): boolean {
  return insert(db, { ...entry, value: tidy(entry.kind, entry.value) }).changes === 1;
}

const insert = inserting(doNotCall, 'ON CONFLICT (kind, value) DO NOTHING');

/** Takes back what an outcome had added. */
export function removeDoNotCallMadeBy(db: Db, attemptId: string): number {
  return takenBack(db).run(attemptId).changes;
}

const takenBack = writing('DELETE FROM do_not_call WHERE made_by_attempt = ?');

export function removeDoNotCall(db: Db, kind: DoNotCallKind, value: string): boolean {
  return removed(db).run(kind, tidy(kind, value)).changes === 1;
}

const removed = writing('DELETE FROM do_not_call WHERE kind = ? AND value = ?');

/** Whom a number belongs to, as far as it matters here. */
export interface Callee {
  readonly e164: string;
  readonly company?: string;
  readonly email?: string;
}

export interface DoNotCallFound {
  readonly kind: DoNotCallKind;
  readonly value: string;
  readonly reason: string;
  readonly since: Instant;
}

/** Why somebody is left alone: by their number, its area code, their company or their mail domain. */
export function doNotCallFor(db: ReadDb, { e164, company = '', email = '' }: Callee): DoNotCallFound | null {
  return listed(db, { e164, company, email }) ?? inRegistry(db, e164);
}

/** A number in a register that the law says to ask is left alone like one of our own list. */
export function inRegistry(db: ReadDb, e164: string): DoNotCallFound | null {
  const hit = registryWith(db, e164);
  if (hit === null) return null;
  return { kind: 'number', value: e164, reason: `it is in the register ${hit.name}`, since: hit.asOf };
}

/** The strongest entry of our own list. */
function listed(db: ReadDb, { e164, company = '', email = '' }: Callee): DoNotCallFound | null {
  const [first, ...more] = found(db).all({ e164, ...groupsOf(company, email) });
  if (first === undefined) return null;
  return more.reduce((best, each) => (isStronger(each, best) ? each : best), first);
}

const KEPT = 'SELECT kind, value, reason, since FROM do_not_call';

/*
 * Asked for every contact that is weighed, so it seeks and makes no table of its own. The country and the start of an
 * area code are looked up; longer beginnings of a number lie between its first five signs and the number itself.
 */
const found = reading<DoNotCallFound>(`
  ${KEPT} WHERE kind = 'number' AND value = +:e164
  UNION ALL ${KEPT} WHERE kind = 'area-code'
    AND value IN (substr(+:e164, 1, 2), substr(+:e164, 1, 3), substr(+:e164, 1, 4))
  UNION ALL ${KEPT} WHERE kind = 'area-code' AND value >= substr(+:e164, 1, 5) AND value < +:e164
    AND value = substr(+:e164, 1, length(value))
  UNION ALL ${KEPT} WHERE kind = 'company' AND value = +:company
  UNION ALL ${KEPT} WHERE kind = 'domain' AND value = +:domain`);

/** In the order of the list's own words: a number before its area code, and the longer code before the shorter. */
function isStronger(a: DoNotCallFound, b: DoNotCallFound): boolean {
  return a.kind === b.kind ? a.value.length > b.value.length : STRENGTH[a.kind] > STRENGTH[b.kind];
}

const STRENGTH: Readonly<Record<DoNotCallKind, number>> = {
  number: 3,
  'area-code': 2,
  company: 1,
  domain: 0,
};

/** A company and a mail domain as the list writes them; null where there is none. */
function groupsOf(company: string, email: string): { company: string | null; domain: string | null } {
  const domain = email.split('@')[1] ?? '';
  return {
    company: company.trim() === '' ? null : tidy('company', company),
    domain: domain === '' ? null : tidy('domain', domain),
  };
}

/**
 * Why a number is left alone, whoever of those who share it is meant: it rings at the place of all of them. `own`
 * is whom a call would be for.
 */
export function leftAloneAt(db: ReadDb, e164: string, own: Omit<Callee, 'e164'>): DoNotCallFound | null {
  const asked = new Set([keyOf(own)]);
  const alone = listed(db, { e164, ...own });
  if (alone !== null) return alone;
  for (const other of sharers(db).all(e164)) {
    if (asked.has(keyOf(other))) continue;
    asked.add(keyOf(other));
    const found = listed(db, { e164, ...other });
    if (found !== null) return found;
  }
  return inRegistry(db, e164);
}

function keyOf({ company = '', email = '' }: Omit<Callee, 'e164'>): string {
  return `${company}\n${email.split('@')[1] ?? ''}`;
}

// Numbers and area codes are the same for all of them: who they are matters only to companies and domains.
const sharers = reading<{ company: string; email: string }>(`
  SELECT c.company, c.email FROM contact_numbers n JOIN contacts c ON c.id = n.contact_id
  WHERE n.e164 = +? AND EXISTS (SELECT 1 FROM do_not_call WHERE kind IN ('company', 'domain')) ORDER BY n.id`);

/** What the list is asked for, the strongest first. */
export function keysOf(e164: string, company: string, email: string): [DoNotCallKind, string][] {
  const keys: [DoNotCallKind, string][] = [['number', e164]];
  // An area code is any beginning of the number: +1415, +4420, +33.
  for (let length = e164.length - 1; length >= 2; length--) keys.push(['area-code', e164.slice(0, length)]);
  const groups = groupsOf(company, email);
  if (groups.company !== null) keys.push(['company', groups.company]);
  if (groups.domain !== null) keys.push(['domain', groups.domain]);
  return keys;
}

/** One way to write each value, so that the same company typed twice is the same company. */
function tidy(kind: DoNotCallKind, value: string): string {
  const text = value.trim();
  switch (kind) {
    case 'number':
      return text;
    case 'area-code':
      return `+${text.replace(/\D/g, '')}`;
    case 'company':
      return text.toLowerCase().replace(/\s+/g, ' ');
    case 'domain':
      return text.toLowerCase().replace(/^@/, '');
    default:
      return never(kind);
  }
}
