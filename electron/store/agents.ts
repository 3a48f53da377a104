import { asc, eq, sql } from 'drizzle-orm';
import type { Person, Role } from '../../shared/domain/people.ts';
import { assert } from '../../shared/lib/assert.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { type Db, type ReadDb, prepared, writing } from './open.ts';
import { agents } from './schema/desk.ts';
import { inserting, literally, slot } from './statements.ts';

export interface NewAgent {
  readonly name: string;
  readonly role: Role;
  readonly createdAt: Instant;
}

export function addAgent(db: Db, agent: NewAgent): Person {
  const { id } = insert(db, agent);
  return { id, name: agent.name, role: agent.role, hasPin: false };
}

const insert = inserting(agents);

const PERSON = {
  id: agents.id,
  name: agents.name,
  role: agents.role,
  hasPin: sql<boolean>`${agents.pinHash} IS NOT NULL`.mapWith(Boolean),
};

/** Anybody who works here or ever did: old calls keep their names. */
export function agentById(db: ReadDb, id: number): Person | null {
  return byId(db).get({ id }) ?? null;
}

const byId = prepared((db: ReadDb) =>
  db
    .select(PERSON)
    .from(agents)
    .where(eq(agents.id, slot('id')))
    .prepare(),
);

/** Whoever works here now, by name. */
export function agentsHere(db: ReadDb): Person[] {
  return here(db).all();
}

const here = prepared((db: ReadDb) =>
  db
    .select(PERSON)
    .from(agents)
    .where(literally(agents.leftAt, 'IS NULL'))
    .orderBy(asc(agents.name))
    .prepare(),
);

export function changeAgent(db: Db, id: number, { name, role }: { name: string; role: Role }): void {
  touchedOne(changed(db).run(name, role, id), id);
}

const changed = writing('UPDATE agents SET name = ?, role = ? WHERE id = +?');

export function agentLeaves(db: Db, id: number, at: Instant): void {
  touchedOne(left(db).run(at, id), id);
}

const left = writing('UPDATE agents SET left_at = ? WHERE id = +?');

/** What is kept of a PIN: never the PIN. */
export interface Pin {
  readonly salt: string;
  readonly hash: string;
}

export function setPin(db: Db, id: number, pin: Pin | null): void {
  touchedOne(pinned(db).run(pin?.salt ?? null, pin?.hash ?? null, id), id);
}

const pinned = writing('UPDATE agents SET pin_salt = ?, pin_hash = ? WHERE id = +?');

export function pinOf(db: ReadDb, id: number): Pin | null {
  const row = pins(db).get({ id });
  return row?.salt && row.hash ? { salt: row.salt, hash: row.hash } : null;
}

const pins = prepared((db: ReadDb) =>
  db
    .select({ salt: agents.pinSalt, hash: agents.pinHash })
    .from(agents)
    .where(eq(agents.id, slot('id')))
    .prepare(),
);

function touchedOne({ changes }: { changes: number }, id: number): void {
  assert(changes === 1, `changed ${changes} rows for agent ${id}`);
}
