import type { CampaignRules } from '../../shared/domain/campaign.ts';
import type { LawBook } from '../../shared/domain/law/book.ts';
import { type Places, placesFrom, placesOf } from '../../shared/domain/places/places.ts';
import type { E164, Unringable } from '../../shared/domain/phone.ts';
import { type LawThere, isKnownPlace, lawThere } from '../../shared/domain/verdict-law.ts';
import type {
  CallFacts,
  DoNotCallFacts,
  EnrolmentFacts,
  NumberFacts,
  Subject,
} from '../../shared/domain/verdict.ts';
import { DAY_MS, type Instant, after } from '../../shared/lib/instants.ts';
import { leftAloneAt } from './do-not-call.ts';
import { type ReadDb, reading } from './open.ts';

/*
 * What the rules of a verdict count, each asked for only where a rule in force looks at it.
 *
 * Values are bound as `+?`: where a bare `?` may decide which index is best, SQLite plans the statement anew
 * whenever another value is bound, which takes twenty times as long as the answer.
 */

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

/** The questions a subject is made of. For one contact each is a statement; for a page they are asked at once. */
export interface Lookups {
  leftAlone(e164: E164, whose: { company: string; email: string }): DoNotCallFacts | null;
  heldSince(e164: E164): Instant | null;
  /** Attempts on a number after an instant, of which something may have rung. */
  attemptsOn(e164: E164, since: Instant): readonly Instant[];
  conversationOn(e164: E164): Instant | null;
  refusalOn(e164: E164): Instant | null;
  /** The last attempt on a contact in any campaign. */
  lastAttempt(contactId: number): Instant | null;
  attemptsIn(campaignId: number, contactId: number, since: Instant): readonly Instant[];
  consents(contactId: number): Subject['consents'];
}

/** What happened on a number, as far back as the law there and the campaign’s own caps look. */
export function numberFacts(
  number: WeighedNumber,
  rules: CampaignRules | null,
  { law, call, now }: { law: LawBook; call: CallFacts; now: Instant },
  lookups: Lookups,
): NumberFacts {
  const { e164, places } = number;
  const caps = isKnownPlace(places) ? lawThere(law, places, now, call).caps : NO_CAPS;
  const windowMs = Math.max(ownWindow(rules), ...caps.map((cap) => cap.windowMs));
  return {
    ...number,
    attemptsAt: windowMs === 0 ? NONE : lookups.attemptsOn(e164, after(now, -windowMs)),
    conversationAt: caps.some((cap) => cap.after === 'conversation') ? lookups.conversationOn(e164) : null,
    refusalAt: caps.some((cap) => cap.after === 'refusal') ? lookups.refusalOn(e164) : null,
    // No call of ours is abandoned: none is made without somebody to take it.
    abandonedAt: null,
  };
}

const NO_CAPS: LawThere['caps'] = [];
const NONE: readonly Instant[] = [];

function ownWindow(rules: CampaignRules | null): number {
  if (rules === null) return 0;
  if (rules.numberPerWeekMax !== null) return 7 * DAY_MS;
  return rules.numberPerDayMax === null ? 0 : DAY_MS;
}

/** A week of any calendar is shorter than this, whatever its clocks do. */
export const WEEK_MS = 8 * DAY_MS;

/** What a campaign’s own counts look at, where it has any. */
export function contactFacts(
  campaignId: number,
  contactId: number,
  rules: CampaignRules,
  now: Instant,
  lookups: Lookups,
): Pick<EnrolmentFacts, 'lastAttemptAt' | 'attemptsAt'> {
  const counts = rules.frequency !== 'any' || rules.attemptsPerDayMax !== null;
  return {
    lastAttemptAt: rules.coolDownMs === 0 ? null : lookups.lastAttempt(contactId),
    attemptsAt: counts ? lookups.attemptsIn(campaignId, contactId, after(now, -WEEK_MS)) : NONE,
  };
}

/** The consents that stand, where such a call needs one. */
export function consentsFor(
  contactId: number,
  call: CallFacts,
  there: LawThere | null,
  lookups: Lookups,
): Subject['consents'] {
  const isAsked = call.voice !== 'agent' || (there !== null && there.consents.length > 0);
  return isAsked ? lookups.consents(contactId) : NO_CONSENTS;
}

export const NO_CONSENTS: Subject['consents'] = { call: null, aiVoice: null };

/** Of an attempt that was refused, or found never to have been placed, certainly nothing rang. */
export const RANG = `(a.closed_at IS NULL
  OR (a.state = 'resolved' AND EXISTS (SELECT 1 FROM calls c WHERE c.attempt_id = a.id)))`;

/** One contact, looked up now: inside an intent nothing older will do. */
export function lookupsForOne(db: ReadDb): Lookups {
  return {
    leftAlone: (e164, { company, email }) => leftAloneAt(db, e164, { company, email }),
    heldSince: (e164) => holder(db).get(e164)?.at ?? null,
    attemptsOn: (e164, since) => onNumber(db).all(e164, since).map(instantOf),
    conversationOn: (e164) => conversation(db).get(e164)?.at ?? null,
    refusalOn: (e164) => refusal(db).get(e164)?.at ?? null,
    lastAttempt: (contactId) => lastOnContact(db).get(contactId)?.at ?? null,
    attemptsIn: (campaignId, contactId, since) =>
      ofCampaign(db).all(contactId, campaignId, since).map(instantOf),
    consents: (contactId) => asConsents(standing(db).all(contactId)),
  };
}

export function asConsents(given: readonly { kind: string; at: Instant }[]): Subject['consents'] {
  const since = (kind: string) => given.find((each) => each.kind === kind)?.at ?? null;
  return { call: since('call'), aiVoice: since('ai-voice') };
}

function instantOf({ at }: { at: Instant }): Instant {
  return at;
}

const holder = reading<{ at: Instant }>(
  'SELECT intended_at AS at FROM attempts WHERE to_e164 = +? AND closed_at IS NULL',
);

const onNumber = reading<{ at: Instant }>(`
  SELECT a.intended_at AS at FROM attempts a
  WHERE a.to_e164 = +? AND a.intended_at > +? AND ${RANG} ORDER BY a.intended_at`);

const conversation = reading<{ at: Instant | null }>(`
  SELECT max(c.answered_at) AS at FROM attempts a JOIN calls c ON c.attempt_id = a.id
  WHERE a.to_e164 = +? AND ifnull(c.answered_by, 'unknown') IN ('human', 'unknown')`);

// Somebody who was reached and wants nothing more of it has refused, whatever the outcome is called.
const refusal = reading<{ at: Instant | null }>(`
  SELECT max(o.filed_at) AS at FROM attempts a
  JOIN outcomes o ON o.attempt_id = a.id AND o.undone_at IS NULL
  JOIN disposition_kinds k ON k.id = o.disposition_id
  WHERE a.to_e164 = +? AND k.is_success = 0 AND (k.consequence ->> 'kind' = 'stop-calling'
    OR (k."group" = 'reached' AND k.consequence ->> 'kind' = 'done'))`);

const lastOnContact = reading<{ at: Instant }>(`
  SELECT a.intended_at AS at FROM attempts a
  WHERE a.contact_id = +? AND ${RANG} ORDER BY a.intended_at DESC LIMIT 1`);

const ofCampaign = reading<{ at: Instant }>(`
  SELECT a.intended_at AS at FROM attempts a
  WHERE a.contact_id = +? AND +a.campaign_id = +? AND a.intended_at > +? AND ${RANG} ORDER BY a.intended_at`);

const standing = reading<{ kind: string; at: Instant }>(
  'SELECT kind, given_at AS at FROM consents WHERE contact_id = +? AND revoked_at IS NULL',
);

/** The attempts of a campaign since the start of its day; counted no further than its limit. */
export function attemptsSince(db: ReadDb, campaignId: number, since: Instant, limit: number): number {
  const called = callsSince(db).get(campaignId, since, limit)?.n ?? 0;
  return called + (withoutCall(db).get(campaignId)?.n ?? 0);
}

const callsSince = reading<{ n: number }>(`
  SELECT count(*) AS n FROM (SELECT 1 FROM calls
    WHERE campaign_id = +? AND started_at >= +? AND direction = 'outbound' LIMIT +?)`);

// What is on its way has no call yet, and counts. There are never more of them than lines.
const withoutCall = reading<{ n: number }>(`
  SELECT count(*) AS n FROM attempts a INDEXED BY attempts_number_lock
  WHERE a.closed_at IS NULL AND a.campaign_id = +? AND NOT EXISTS (SELECT 1 FROM calls c WHERE c.attempt_id = a.id)`);
