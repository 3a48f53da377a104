import type { CampaignRules } from '../../shared/domain/campaign.ts';
import type { LawBook } from '../../shared/domain/law/book.ts';
import { type Places, placesFrom, placesOf } from '../../shared/domain/places/places.ts';
import type { E164, Unringable } from '../../shared/domain/phone.ts';
import { type LawThere, isKnownPlace, lawThere } from '../../shared/domain/verdict-law.ts';
import type { CallFacts, NumberFacts, Subject } from '../../shared/domain/verdict.ts';
import { DAY_MS, type Instant, after } from '../../shared/lib/instants.ts';
import { type ReadDb, reading } from './open.ts';

/* What the rules of a verdict count, each asked for only where a rule in force looks at it. */

/** A number as a verdict needs it. */
export interface WeighedNumber {
  readonly e164: E164;
  readonly isUsable: boolean;
  readonly unringable: Unringable | null;
  readonly places: Places;
}

export interface NumberRow {
  readonly e164: E164;
  readonly isUsable: number;
  readonly unringable: Unringable | null;
  /** As `placesText` writes it; empty where the number was kept before its places were worked out. */
  readonly places: string;
  readonly zones: string;
  readonly place: string;
}

export function weighedNumber(row: NumberRow): WeighedNumber {
  const { e164, isUsable, unringable } = row;
  const places =
    row.places === ''
      ? placesOf({ e164, zones: JSON.parse(row.zones) as string[], place: row.place })
      : placesFrom(row.places);
  return { e164, isUsable: isUsable === 1, unringable, places };
}

export const NO_NUMBER: NumberFacts = {
  e164: null,
  isUsable: false,
  unringable: null,
  places: placesFrom(''),
  attemptsAt: [],
  conversationAt: null,
  refusalAt: null,
  abandonedAt: null,
};

/** What happened on a number, as far back as the law there and the campaign’s own caps look. */
export function numberFacts(
  db: ReadDb,
  number: WeighedNumber,
  rules: CampaignRules | null,
  { law, call, now }: { law: LawBook; call: CallFacts; now: Instant },
): NumberFacts {
  const caps = isKnownPlace(number.places) ? lawThere(law, number.places, now, call).caps : [];
  const windows = [...caps.map((cap) => cap.windowMs), ...ownWindows(rules)];
  const events = new Set(caps.map((cap) => cap.after));
  return {
    ...number,
    attemptsAt: windows.length === 0 ? [] : attemptsOn(db, number.e164, after(now, -Math.max(...windows))),
    conversationAt: events.has('conversation') ? lastOf(conversation(db), number.e164) : null,
    refusalAt: events.has('refusal') ? lastOf(refusal(db), number.e164) : null,
    // No call of ours is abandoned: none is made without somebody to take it.
    abandonedAt: null,
  };
}

function ownWindows(rules: CampaignRules | null): number[] {
  if (rules === null) return [];
  if (rules.numberPerWeekMax !== null) return [7 * DAY_MS];
  return rules.numberPerDayMax === null ? [] : [DAY_MS];
}

/** Of an attempt that was refused, or found never to have been placed, certainly nothing rang. */
const RANG = `(a.closed_at IS NULL
  OR (a.state = 'resolved' AND EXISTS (SELECT 1 FROM calls c WHERE c.attempt_id = a.id)))`;

function attemptsOn(db: ReadDb, e164: E164, since: Instant): Instant[] {
  return onNumber(db)
    .all(e164, since)
    .map(({ at }) => at);
}

const onNumber = reading<{ at: Instant }>(`
  SELECT a.intended_at AS at FROM attempts a
  WHERE a.to_e164 = ? AND a.intended_at > ? AND ${RANG} ORDER BY a.intended_at`);

function lastOf(asked: { get(e164: E164): { at: Instant | null } | undefined }, e164: E164): Instant | null {
  return asked.get(e164)?.at ?? null;
}

const conversation = reading<{ at: Instant | null }>(`
  SELECT max(c.answered_at) AS at FROM attempts a JOIN calls c ON c.attempt_id = a.id
  WHERE a.to_e164 = ? AND ifnull(c.answered_by, 'unknown') IN ('human', 'unknown')`);

// Somebody who was reached and wants nothing more of it has refused, whatever the outcome is called. Of a call
// without an agent nobody knows more than that it was answered.
const refusal = reading<{ at: Instant | null }>(`
  SELECT max(o.filed_at) AS at FROM attempts a
  JOIN outcomes o ON o.attempt_id = a.id AND o.undone_at IS NULL
  JOIN disposition_kinds k ON k.id = o.disposition_id
  WHERE a.to_e164 = ? AND k.is_success = 0 AND k.id <> 'answered' AND (k.consequence ->> 'kind' = 'stop-calling'
    OR (k."group" = 'reached' AND k.consequence ->> 'kind' = 'done'))`);

/** The last attempt on a contact in any campaign, where the campaign asks for a rest after it. */
export function lastAttemptAt(db: ReadDb, contactId: number, { coolDownMs }: CampaignRules): Instant | null {
  return coolDownMs === 0 ? null : (lastOnContact(db).get(contactId)?.at ?? null);
}

const lastOnContact = reading<{ at: Instant }>(`
  SELECT a.intended_at AS at FROM attempts a
  WHERE a.contact_id = ? AND ${RANG} ORDER BY a.intended_at DESC LIMIT 1`);

/** A week of any calendar is shorter than this, whatever its clocks do. */
const WEEK_MS = 8 * DAY_MS;

/** A campaign’s attempts on a contact this week, where it counts them. */
export function attemptsInCampaign(
  db: ReadDb,
  campaignId: number,
  contactId: number,
  rules: CampaignRules,
  now: Instant,
): readonly Instant[] {
  if (rules.frequency === 'any' && rules.attemptsPerDayMax === null) return NONE;
  return ofCampaign(db)
    .all(contactId, campaignId, now - WEEK_MS)
    .map(({ at }) => at);
}

const NONE: readonly Instant[] = [];

const ofCampaign = reading<{ at: Instant }>(`
  SELECT a.intended_at AS at FROM attempts a
  WHERE a.contact_id = ? AND +a.campaign_id = ? AND a.intended_at > ? AND ${RANG} ORDER BY a.intended_at`);

/** The attempts of a campaign since the start of its day; counted no further than its limit. */
export function attemptsSince(db: ReadDb, campaignId: number, since: Instant, limit: number): number {
  const called = callsSince(db).get(campaignId, since, limit)?.n ?? 0;
  return called + (withoutCall(db).get(campaignId)?.n ?? 0);
}

const callsSince = reading<{ n: number }>(`
  SELECT count(*) AS n FROM (SELECT 1 FROM calls
    WHERE campaign_id = ? AND started_at >= ? AND direction = 'outbound' LIMIT ?)`);

// What is on its way has no call yet, and counts. There are never more of them than lines.
const withoutCall = reading<{ n: number }>(`
  SELECT count(*) AS n FROM attempts a INDEXED BY attempts_number_lock
  WHERE a.closed_at IS NULL AND a.campaign_id = ? AND NOT EXISTS (SELECT 1 FROM calls c WHERE c.attempt_id = a.id)`);

/** The consents that stand, where such a call needs one. */
export function consentsFor(db: ReadDb, contactId: number, call: CallFacts, there: LawThere | null) {
  if (call.voice === 'agent' && (there === null || there.consents.length === 0)) return NO_CONSENTS;
  const given = new Map(
    standing(db)
      .all(contactId)
      .map(({ kind, at }) => [kind, at]),
  );
  return { call: given.get('call') ?? null, aiVoice: given.get('ai-voice') ?? null };
}

export const NO_CONSENTS: Subject['consents'] = { call: null, aiVoice: null };

const standing = reading<{ kind: string; at: Instant }>(
  'SELECT kind, given_at AS at FROM consents WHERE contact_id = ? AND revoked_at IS NULL',
);

/** Since when a number is held by an attempt. */
export function heldSince(db: ReadDb, e164: E164): Instant | null {
  return holder(db).get(e164)?.at ?? null;
}

const holder = reading<{ at: Instant }>(
  'SELECT intended_at AS at FROM attempts WHERE to_e164 = ? AND closed_at IS NULL',
);
