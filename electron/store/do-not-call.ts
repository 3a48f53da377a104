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
  return found(db).get(JSON.stringify(keysOf(e164, company, email))) ?? inRegistry(db, e164);
}

/** A number in a register that the law says to ask is left alone like one of our own list. */
export function inRegistry(db: ReadDb, e164: string): DoNotCallFound | null {
  const hit = registryWith(db, e164);
  if (hit === null) return null;
  return { kind: 'number', value: e164, reason: `it is in the register ${hit.name}`, since: hit.asOf };
}

// CROSS JOIN keeps the order: a dozen lookups, never a walk through the list.
const found = reading<DoNotCallFound>(`
  SELECT d.kind, d.value, d.reason, d.since FROM json_each(?) AS k
  CROSS JOIN do_not_call AS d ON d.kind = k.value ->> 0 AND d.value = k.value ->> 1
  ORDER BY k.key LIMIT 1`);

/** What the list is asked for, the strongest first. */
export function keysOf(e164: string, company: string, email: string): [DoNotCallKind, string][] {
  const keys: [DoNotCallKind, string][] = [['number', e164]];
  // An area code is any beginning of the number: +1415, +4420, +33.
  for (let length = e164.length - 1; length >= 2; length--) keys.push(['area-code', e164.slice(0, length)]);
  if (company.trim() !== '') keys.push(['company', tidy('company', company)]);
  const domain = email.split('@')[1] ?? '';
  if (domain !== '') keys.push(['domain', tidy('domain', domain)]);
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
