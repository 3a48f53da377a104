import type { Instant } from '../../shared/lib/instants.ts';
import { type Db, type ReadDb, reading, withTransaction, writing } from './open.ts';
import { type RegistryState, registries } from './schema/kept.ts';
import { inserting } from './statements.ts';

/*
 * Registers of numbers that the law says to ask before a call. A file of one is read in as it is; a newer one of
 * the same name takes its place at once and whole.
 */

export interface Registry {
  readonly id: number;
  readonly name: string;
  /** A country or a state of it: `US`, `US-FL`. */
  readonly jurisdiction: string;
  /** Beginnings of the numbers it speaks for; none is all of its jurisdiction. */
  readonly covers: readonly string[];
  readonly asOf: Instant;
  readonly fileName: string;
  readonly state: RegistryState;
  readonly numbers: number;
  readonly skipped: number;
  readonly readAt: Instant;
}

export interface ListedRegistry extends Registry {
  readonly by: string | null;
}

export type NewRegistry = Omit<Registry, 'id' | 'state' | 'numbers' | 'skipped'> & {
  readonly byAgent: number | null;
};

export function addRegistry(db: Db, registry: NewRegistry): number {
  return insert(db, { ...registry, state: 'reading', numbers: 0, skipped: 0 }).id;
}

const insert = inserting(registries);

/** Puts numbers into a register that is being read; those that are in it already count once. */
export function addRegistryNumbers(db: Db, id: number, e164s: readonly string[], skipped: number): void {
  withTransaction(db, () => {
    const { changes } = numbered(db).run(id, JSON.stringify(e164s.map((e164) => Number(e164.slice(1)))));
    counted(db).run(changes, skipped, id);
  });
}

const numbered = writing(`
  INSERT INTO registry_numbers (registry_id, digits) SELECT ?, value FROM json_each(?)
  WHERE true ON CONFLICT DO NOTHING`);
const counted = writing(
  "UPDATE registries SET numbers = numbers + ?, skipped = skipped + ? WHERE id = ? AND state = 'reading'",
);

/** Puts a register in use and the older ones of its name out of it, in one step: nobody is asked of neither. */
export function useRegistry(db: Db, id: number): void {
  withTransaction(db, () => {
    const { name, jurisdiction } = registryById(db, id)!;
    replaced(db).run(name, jurisdiction, id);
    stated(db).run('in-use', id);
  });
}

const replaced = writing(
  "UPDATE registries SET state = 'dropped' WHERE name = ? AND jurisdiction = ? AND id <> ? AND state = 'in-use'",
);
const stated = writing('UPDATE registries SET state = ? WHERE id = ?');

export function dropRegistry(db: Db, id: number): void {
  stated(db).run('dropped', id);
}

/** Deletes numbers of registers that are out of use, at most `limit`; how many that were. */
export function clearDropped(db: Db, limit: number): number {
  return cleared(db).run(limit).changes;
}

const cleared = writing(`
  DELETE FROM registry_numbers WHERE (registry_id, digits) IN (
    SELECT n.registry_id, n.digits FROM registries r CROSS JOIN registry_numbers n ON n.registry_id = r.id
    WHERE r.state = 'dropped' LIMIT ?)`);

const COLUMNS = `r.id, r.name, r.jurisdiction, r.covers, r.as_of AS asOf, r.file_name AS fileName, r.state, r.numbers,
  r.skipped, r.read_at AS readAt, a.name AS by`;

type Row = Omit<ListedRegistry, 'covers'> & { covers: string };

export function registryById(db: ReadDb, id: number): ListedRegistry | null {
  const row = byId(db).get(id);
  return row === undefined ? null : fromRow(row);
}

const byId = reading<Row>(
  `SELECT ${COLUMNS} FROM registries r LEFT JOIN agents a ON a.id = r.by_agent WHERE r.id = ?`,
);

/** Those in use or being read, and the last that were dropped. */
export function registriesOf(db: ReadDb): ListedRegistry[] {
  return listed(db).all().map(fromRow);
}

const listed = reading<Row>(`
  SELECT ${COLUMNS} FROM registries r LEFT JOIN agents a ON a.id = r.by_agent
  WHERE r.state <> 'dropped' ORDER BY r.jurisdiction, r.name, r.id DESC LIMIT 200`);

function fromRow(row: Row): ListedRegistry {
  return { ...row, covers: JSON.parse(row.covers) as string[] };
}

/**
 * The date of the copy that speaks for a place, or for one number of it: the oldest of them, as the law counts.
 * Null where no copy does.
 */
export function registryAsOf(db: ReadDb, jurisdiction: string, e164: string | null = null): Instant | null {
  return asOf(db).get({ jurisdiction, e164 })?.asOf ?? null;
}

const asOf = reading<{ asOf: Instant | null }>(`
  SELECT min(r.as_of) AS asOf FROM registries r WHERE r.state = 'in-use' AND r.jurisdiction = :jurisdiction
    AND (r.covers = '[]' OR :e164 IS NULL
      OR EXISTS (SELECT 1 FROM json_each(r.covers) p WHERE substr(:e164, 1, length(p.value)) = p.value))`);

export interface RegistryHit {
  readonly name: string;
  readonly asOf: Instant;
}

/**
 * The register that has a number; null where none has it, or where somebody with this number agreed to be called:
 * whoever has agreed is in no register for us.
 */
export function registryWith(db: ReadDb, e164: string): RegistryHit | null {
  return hit(db).get({ digits: Number(e164.slice(1)), e164 }) ?? null;
}

const hit = reading<RegistryHit>(`
  SELECT r.name, r.as_of AS asOf FROM registries r CROSS JOIN registry_numbers n
    ON n.registry_id = r.id AND n.digits = CAST(+:digits AS INTEGER)
  WHERE r.state = 'in-use' AND NOT EXISTS (
    SELECT 1 FROM contact_numbers m CROSS JOIN consents o ON o.contact_id = m.contact_id
    WHERE m.e164 = +:e164 AND o.kind = 'call' AND o.revoked_at IS NULL)
  LIMIT 1`);

/** Whether any register is in use at all: mostly none is, and a million numbers need not be asked. */
export function hasRegistries(db: ReadDb): boolean {
  return any(db).get() !== undefined;
}

const any = reading<{ id: number }>("SELECT id FROM registries WHERE state = 'in-use' LIMIT 1");
