import { z } from 'zod';
import type { CallEvent, CallFacts, CallStory } from '../../shared/domain/call.ts';
import type { E164 } from '../../shared/domain/phone.ts';
import { insertingMany } from './bulk-writing.ts';
import { insertForeignCall } from './calls.ts';
import type { Db, ReadDb } from './open.ts';
import { reading } from './open.ts';
import { setSetting, setting } from './settings.ts';
import type { Instant } from '../../shared/lib/instants.ts';

/** A call of the past that did not begin here. */
export interface PastCall {
  readonly carrier: string;
  readonly callRef: string;
  readonly direction: 'outbound' | 'inbound';
  readonly from: string;
  readonly to: string;
  readonly contactId: number | null;
  readonly startedAt: Instant;
}

/** A call of the past, what was told of it, and what that adds up to. */
export interface TalliedCall {
  readonly call: PastCall;
  readonly events: readonly CallEvent[];
  readonly story: CallStory;
}

/** Writes calls of the past with all that was ever told of them, many rows at a time. */
export function insertPastCalls(db: Db, tallied: readonly TalliedCall[], now: Instant): void {
  const told: unknown[][] = [];
  const said: unknown[][] = [];
  for (const { call, events, story } of tallied) {
    const id = insertOne(db, call, story);
    for (const { key, at, facts } of events) told.push([id, key, at, now, JSON.stringify(kept(facts))]);
    for (const { speaker, fromMs, toMs, text } of story.transcript ?? [])
      said.push([id, speaker, fromMs, toMs, text]);
  }
  tell(db, told);
  say(db, said);
}

const tell = insertingMany('INSERT INTO call_events (call_id, key, at, received_at, facts)', 5);
const say = insertingMany('INSERT INTO transcript_segments (call_id, speaker, from_ms, to_ms, text)', 5);

function insertOne(db: Db, call: PastCall, story: CallStory): number {
  const { transcript: _said, evaluation, error, costParts: _parts, ...told } = story;
  return insertForeignCall(db, {
    ...call,
    ...told,
    isHeld: false,
    score: evaluation?.score ?? null,
    errorCode: error?.code ?? null,
    errorSentence: error?.sentence ?? null,
  });
}

/** What was said stands in its own table, and is not told a second time. */
function kept({ transcript: _said, ...facts }: CallFacts): CallFacts {
  return facts;
}

/** Whose number it is, where it is one contact’s; null where it is nobody’s. Who came first has it. */
export function contactOfNumber(db: ReadDb, e164: E164): number | null {
  return owner(db).get(e164)?.contactId ?? null;
}

const owner = reading<{ contactId: number }>(
  'SELECT contact_id AS contactId FROM contact_numbers WHERE e164 = +? ORDER BY id LIMIT 1',
);

const countShape = z.number().int().min(0).catch(0);

/** How far the past of a carrier was brought in: kept with each page, so that it is gone on with where it was. */
const pastShape = z.object({
  from: z.number(),
  to: z.number(),
  withSounds: z.boolean().catch(false),
  /** Where the next page begins; null before the first. */
  cursor: z.string().nullable(),
  state: z.enum(['running', 'stopped', 'trouble', 'done']),
  /** Why it does not go on; empty where it does. */
  sentence: z.string().catch(''),
  seen: countShape,
  added: countShape,
  updated: countShape,
  /** Of those that are new: with somebody who is a contact here. */
  matched: countShape,
  /** The earliest call that was reached, for whoever wonders how far it is. */
  reachedAt: z.number().nullable().catch(null),
  startedAt: z.number(),
});

export type KeptPast = z.output<typeof pastShape>;

const keyOf = (kind: string) => `history.${kind}`;

export function keptPast(db: ReadDb, kind: string): KeptPast | null {
  return pastShape.safeParse(setting(db, 'workspace', keyOf(kind))).data ?? null;
}

export function keepPast(db: Db, kind: string, past: KeptPast): void {
  setSetting(db, 'workspace', keyOf(kind), past);
}
