import type { Instant } from '../../shared/lib/instants.ts';
import { type Db, type ReadDb, reading, writing } from './open.ts';
import { messageUses, messages } from './schema/messages.ts';
import { inserting } from './statements.ts';

/** A sound that is left on machines, or played by campaigns. */
export interface Message {
  readonly id: number;
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly durationMs: number;
  /** The loudest sample, of 32,768. */
  readonly peak: number;
  readonly madeAt: Instant;
  readonly madeBy: string | null;
  readonly uses: number;
  readonly lastUsedAt: Instant | null;
}

export type NewMessage = Omit<typeof messages.$inferInsert, 'id' | 'uses' | 'lastUsedAt' | 'removedAt'>;

export function addMessage(db: Db, message: NewMessage): number {
  return add(db, { ...message, uses: 0 }).id;
}

const add = inserting(messages);

const MESSAGE = `SELECT m.id, m.name, m.sha256, m.bytes, m.duration_ms AS durationMs, m.peak, m.made_at AS madeAt,
  a.name AS madeBy, m.uses, m.last_used_at AS lastUsedAt
  FROM messages m LEFT JOIN agents a ON a.id = m.made_by WHERE m.removed_at IS NULL`;

/** Null where there is none, or it was taken away. */
export function messageById(db: ReadDb, id: number): Message | null {
  return one(db).get(id) ?? null;
}

const one = reading<Message>(`${MESSAGE} AND m.id = +?`);

/** By name. There are dozens, not thousands. */
export function messagesOf(db: ReadDb): Message[] {
  return all(db).all();
}

const all = reading<Message>(`${MESSAGE} ORDER BY m.name COLLATE NOCASE, m.id`);

/** The number of the last message there ever was; zero before the first. */
export function lastMessageId(db: ReadDb): number {
  return last(db).get()!.id;
}

const last = reading<{ id: number }>('SELECT ifnull(max(id), 0) AS id FROM messages');

export function renameMessage(db: Db, id: number, name: string): boolean {
  return renamed(db).run(name, id).changes === 1;
}

const renamed = writing('UPDATE messages SET name = ? WHERE id = +? AND removed_at IS NULL');

/** Takes a message out of use. That there was one, and how often it was heard, stays. */
export function removeMessage(db: Db, id: number, at: Instant): boolean {
  return removed(db).run(at, id).changes === 1;
}

const removed = writing('UPDATE messages SET removed_at = ? WHERE id = +? AND removed_at IS NULL');

/** Notes that a call was given a message. Noted twice it counts once. */
export function noteMessageUse(db: Db, use: typeof messageUses.$inferInsert): void {
  note(db, use);
}

const note = inserting(messageUses, 'ON CONFLICT (attempt_id, how) DO NOTHING');
