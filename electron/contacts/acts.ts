import type { BulkAct } from '../../shared/contract/contacts.ts';
import { readCadence, readTime } from '../../shared/domain/cadence.ts';
import { placesFrom } from '../../shared/domain/places/places.ts';
import { assert, never } from '../../shared/lib/assert.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { campaignById } from '../store/campaigns.ts';
import {
  bringBack,
  deleteContact,
  deleteFacts,
  enrolFacts,
  leaveFacts,
  numberFactsOf,
  putBackIn,
  scheduleFacts,
  stillHere,
  takeOut,
  takeOutUntriedOne,
} from '../store/contact-bulk-facts.ts';
import { addDoNotCall, doNotCallFor, removeDoNotCall } from '../store/do-not-call.ts';
import { enrol } from '../store/enrolments.ts';
import type { Db, ReadDb } from '../store/open.ts';
import { addSchedule, removeSchedule, scheduleById } from '../store/schedules.ts';
import { putTag, tagId, tagNamed, takeTag, withTag } from '../store/tags.ts';

/*
 * What can be done to many contacts at once. Each kind sorts a page of them into those it changes and those who
 * stay, with the reason; preview and deed sort by the same words, so that they cannot differ.
 */

export interface Sorted {
  readonly go: readonly number[];
  /** Why the others stay as they are, and how many. */
  readonly stay: Readonly<Record<string, number>>;
}

export const GONE = 'are gone since the list was opened';

export interface ActContext {
  readonly now: Instant;
  readonly byAgent: number | null;
}

/** Why it cannot be done at all; null where it can. */
export function troubleWith(db: ReadDb, act: BulkAct): string | null {
  if (act.kind === 'enrol' || act.kind === 'leave') {
    return campaignById(db, act.campaignId) === null ? 'This campaign is gone.' : null;
  }
  if (act.kind !== 'schedule') return null;
  const [cadence, time] = [readCadence(act.cadence), readTime(act.time)];
  if (!cadence.ok) return cadence.error;
  return time.ok ? null : time.error;
}

export function sortOut(db: ReadDb, act: BulkAct, ids: readonly number[]): Sorted {
  const stay: Record<string, number> = {};
  const go: number[] = [];
  const put = (id: number, why: string | null) => {
    if (why === null) go.push(id);
    else stay[why] = (stay[why] ?? 0) + 1;
  };
  const here = reasons(db, act, ids);
  for (const id of ids) put(id, here.has(id) ? here.get(id)! : GONE);
  return { go, stay };
}

/** For each of a page who is still here, why they stay; null for those who change. */
function reasons(db: ReadDb, act: BulkAct, ids: readonly number[]): Map<number, string | null> {
  switch (act.kind) {
    case 'enrol':
      return new Map(
        enrolFacts(db, act.campaignId, ids).map(({ id, isIn, e164, company, email }) => {
          if (isIn === 1) return [id, 'are in it already'];
          if (e164 === null) return [id, 'have no number that may be rung'];
          const isLeftAlone = doNotCallFor(db, { e164, company, email }) !== null;
          return [id, isLeftAlone ? 'are on a do-not-call list' : null];
        }),
      );
    case 'leave':
      return new Map(
        leaveFacts(db, act.campaignId, ids).map(({ id, state, isTried }) => {
          if (state === null) return [id, 'are not in it'];
          if (state === 'in-hand') return [id, 'are in somebody’s hand right now'];
          return [
            id,
            isTried === 1 || state === 'done' ? 'were called, and stay with what came of it' : null,
          ];
        }),
      );
    case 'tag':
    case 'untag':
      return tagReasons(db, act, ids);
    case 'do-not-call':
      return leaveAloneReasons(db, ids);
    case 'schedule':
      return new Map(
        scheduleFacts(db, ids).map(({ id, hasSchedule, numberId, places, mayBeSpokenTo }) => {
          if (hasSchedule === 1) return [id, 'have a schedule already'];
          if (numberId === null) return [id, 'have no number that may be rung'];
          if (mayBeSpokenTo === 0) return [id, 'have not agreed to a machine’s voice'];
          return [
            id,
            placesFrom(places ?? '').zones.length === 1 ? null : 'may be in more than one time zone',
          ];
        }),
      );
    case 'delete':
      return new Map(
        deleteFacts(db, ids).map(({ id, isCalled, isInHand }) => {
          if (isInHand === 1) return [id, 'are in somebody’s hand right now'];
          return [id, isCalled === 1 ? 'were called: their history is kept, unless they are erased' : null];
        }),
      );
    default:
      return never(act);
  }
}

function tagReasons(
  db: ReadDb,
  { kind, tag }: Extract<BulkAct, { kind: 'tag' | 'untag' }>,
  ids: readonly number[],
): Map<number, string | null> {
  const known = tagId(db, tag);
  const having = new Set(known === null ? [] : withTag(db, known, ids));
  return new Map(
    stillHere(db, ids).map((id) => {
      if (kind === 'tag') return [id, having.has(id) ? 'have this tag already' : null];
      return [id, having.has(id) ? null : 'do not have this tag'];
    }),
  );
}

function leaveAloneReasons(db: ReadDb, ids: readonly number[]): Map<number, string | null> {
  const found = new Map<number, string | null>();
  for (const { id, e164, isListed } of numberFactsOf(db, ids)) {
    if (e164 === null) found.set(id, 'have no number');
    else if (isListed === 0) found.set(id, null);
    else if (!found.has(id)) found.set(id, 'are on your do-not-call list already');
  }
  return found;
}

/** Does it to those of a page who go, and gives back what each was before. In a transaction of the caller’s. */
export function carryOut(
  db: Db,
  act: BulkAct,
  ids: readonly number[],
  { now, byAgent }: ActContext,
): Map<number, string> {
  const plain = () => new Map(ids.map((id) => [id, '']));
  switch (act.kind) {
    case 'enrol':
      enrol(db, act.campaignId, ids, { dueAt: now });
      return plain();
    case 'leave':
      return new Map(ids.map((id) => [id, takeOut(db, act.campaignId, id)]));
    case 'tag':
      putTag(db, tagNamed(db, act.tag, now), ids);
      return plain();
    case 'untag': {
      const tag = tagId(db, act.tag);
      if (tag !== null) takeTag(db, tag, ids);
      return plain();
    }
    case 'do-not-call': {
      const added = new Map<number, string[]>();
      for (const { id, e164 } of numberFactsOf(db, ids)) {
        if (e164 === null) continue;
        const entry = { kind: 'number', value: e164, reason: act.reason, since: now, byAgent } as const;
        if (addDoNotCall(db, { ...entry, source: 'Contacts' }))
          added.set(id, [...(added.get(id) ?? []), e164]);
      }
      return new Map(ids.map((id) => [id, JSON.stringify(added.get(id) ?? [])]));
    }
    case 'schedule':
      return scheduleAll(db, act, ids, now);
    case 'delete':
      return new Map(ids.map((id) => [id, deleteContact(db, id)]));
    default:
      return never(act);
  }
}

function scheduleAll(
  db: Db,
  act: Extract<BulkAct, { kind: 'schedule' }>,
  ids: readonly number[],
  now: Instant,
): Map<number, string> {
  const [cadence, minute] = [readCadence(act.cadence), readTime(act.time)];
  assert(cadence.ok && minute.ok, 'time and cadence were read before');
  const { voice } = act;
  return new Map(
    scheduleFacts(db, ids).map(({ id, numberId, places }) => {
      const zone = placesFrom(places ?? '').zones[0];
      assert(numberId !== null && zone !== undefined, `contact ${id} has a number in one zone`);
      const wish = { numberId, zone, minute: minute.value, cadence: cadence.value, voice, isActive: true };
      return [id, String(addSchedule(db, id, wish, now).id)];
    }),
  );
}

/** Takes it back for one contact. False when it could not be: somebody went on with them meanwhile. */
export function takeBack(db: Db, act: BulkAct, id: number, before: string, now: Instant): boolean {
  switch (act.kind) {
    case 'enrol':
      return takeOutUntriedOne(db, act.campaignId, id);
    case 'leave':
      return putBackIn(db, act.campaignId, id, before);
    case 'tag': {
      const tag = tagId(db, act.tag);
      if (tag !== null) takeTag(db, tag, [id]);
      return true;
    }
    case 'untag':
      putTag(db, tagNamed(db, act.tag, now), [id]);
      return true;
    case 'do-not-call':
      for (const value of JSON.parse(before) as string[]) removeDoNotCall(db, 'number', value);
      return true;
    case 'schedule': {
      const schedule = scheduleById(db, Number(before));
      if (schedule === null || schedule.removedAt !== null) return false;
      removeSchedule(db, schedule.id, now);
      return true;
    }
    case 'delete':
      return bringBack(db, before);
    default:
      return never(act);
  }
}
