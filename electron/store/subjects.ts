import type { Campaign, CampaignRules, DialMode, Voice } from '../../shared/domain/campaign.ts';
import type { Enrolment, EnrolmentState } from '../../shared/domain/contact.ts';
import type { LawBook } from '../../shared/domain/law/book.ts';
import { cluesIn, placesFrom, placesOf, placesText } from '../../shared/domain/places/places.ts';
import { type E164, whyUnringable } from '../../shared/domain/phone.ts';
import { isKnownPlace, lawMode, lawThere } from '../../shared/domain/verdict-law.ts';
import type { CallFacts, CampaignFacts, Subject } from '../../shared/domain/verdict.ts';
import type { Clue } from '../../shared/domain/whereabouts.ts';
import { assert } from '../../shared/lib/assert.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { type Zone, firstInstant, isZone, localTime } from '../../shared/lib/zoned-time.ts';
import { rulesFrom } from './campaign-rules.ts';
import { type KeptNumber, numbersOf, ownersOf } from './contacts.ts';
import { leftAloneAt } from './do-not-call.ts';
import { type ReadDb, reading } from './open.ts';
import { lookupsForPage } from './page-facts.ts';
import {
  type Lookups,
  NO_CONSENTS,
  NO_NUMBER,
  type NumberRow,
  type WeighedNumber,
  attemptsSince,
  consentsFor,
  contactFacts,
  lookupsForOne,
  numberFacts,
  weighedNumber,
} from './subject-facts.ts';

/** What a verdict depends on besides the store: who knows the law, the hour, and how the call would be made. */
export interface Weighing {
  readonly law: LawBook;
  readonly now: Instant;
  /** How the session dials; left out, as the campaign says. */
  readonly mode?: DialMode | 'by-hand';
  readonly carrier?: Subject['carrier'];
  /** The campaign, where it was read a moment ago for many of its contacts. Never inside an intent. */
  readonly campaign?: CampaignToday | null;
}

/** A campaign with what it has done today. */
export interface CampaignToday extends CampaignFacts {
  readonly id: number;
  readonly mode: DialMode;
}

/** The number to ring for an enrolment: the one named, else the starred one, else the first of use. */
export function chosenNumber(db: ReadDb, enrolmentId: number, numberId: number | null): KeptNumber | null {
  const contactId = contactOf(db).get(enrolmentId)?.contactId;
  if (contactId === undefined) return null;
  const numbers = numbersOf(db, contactId);
  return (numberId === null ? numbers[0] : numbers.find((each) => each.id === numberId)) ?? null;
}

const contactOf = reading<{ contactId: number }>(
  'SELECT contact_id AS contactId FROM enrolments WHERE id = +?',
);

/** `as` are rules that are not kept yet, for what a change would do. */
export function campaignToday(
  db: ReadDb,
  campaignId: number,
  now: Instant,
  as: CampaignRules | null = null,
): CampaignToday | null {
  const row = kept(db).get(campaignId);
  if (row === undefined) return null;
  const { id, status, mode, callerId } = row;
  const rules = as ?? rulesFrom(row.rules);
  return { id, status, mode, callerId, rules, today: todayOf(db, id, rules, now) };
}

const kept = reading<Pick<CampaignToday, 'id' | 'status' | 'mode' | 'callerId'> & { rules: string }>(
  'SELECT id, status, mode, caller_id AS callerId, rules FROM campaigns WHERE id = +?',
);

function todayOf(db: ReadDb, id: number, { zone, dailyLimit }: CampaignRules, now: Instant) {
  if (!isZone(zone)) return { date: '', attempts: 0 };
  const { date } = localTime(now, zone);
  if (dailyLimit === null) return { date, attempts: 0 };
  return { date, attempts: attemptsSince(db, id, firstInstant(date, 0, zone), dailyLimit) };
}

/** One contact of a campaign as a verdict needs it, in one row. */
export interface EnrolledRow extends Partial<NumberRow> {
  readonly enrolmentId: number;
  readonly campaignId: number;
  readonly contactId: number;
  readonly state: EnrolmentState;
  readonly attempts: number;
  readonly priority: number;
  readonly dueAt: Instant;
  readonly restUntil: Instant;
  readonly restFrom: Instant | null;
  readonly lastAt: Instant | null;
  readonly lastOutcome: string | null;
  readonly promisedFor: Instant | null;
  readonly name: string;
  readonly company: string;
  readonly email: string;
}

/** The same columns for one and for many: what is weighed alone and what is counted in bulk must be the same. */
export const ENROLLED = (numberId: string) => `
  SELECT e.id AS enrolmentId, e.campaign_id AS campaignId, e.contact_id AS contactId, e.state, e.attempts,
    e.priority, e.due_at AS dueAt, e.rest_until AS restUntil, e.rest_from AS restFrom,
    e.last_attempt_at AS lastAt, e.last_outcome AS lastOutcome, c.name, c.company, c.email, c.place,
    (SELECT min(p.due_at) FROM callbacks p
      WHERE p.contact_id = e.contact_id AND p.campaign_id = e.campaign_id AND p.state = 'open') AS promisedFor,
    n.e164, n.is_usable AS isUsable, n.unringable, n.places, n.zones
  FROM enrolments e JOIN contacts c ON c.id = e.contact_id
  LEFT JOIN contact_numbers n ON n.contact_id = e.contact_id AND n.id = ${numberId}`;

export const FIRST_NUMBER = `(SELECT f.id FROM contact_numbers f WHERE f.contact_id = e.contact_id
    ORDER BY f.is_usable DESC, f.is_starred DESC, f.id LIMIT 1)`;

const enrolled = reading<EnrolledRow>(
  `${ENROLLED(`ifnull(+:numberId, ${FIRST_NUMBER})`)} WHERE e.id = +:enrolmentId`,
);

/**
 * The facts a verdict on an enrolment depends on, all read now: inside the transaction that writes the intent
 * this is the last look (law 4).
 */
export function subjectOfEnrolment(
  db: ReadDb,
  enrolmentId: number,
  numberId: number | null,
  weighing: Weighing,
): Subject {
  const row = enrolled(db).get({ enrolmentId, numberId });
  assert(row !== undefined, `no enrolment ${enrolmentId} to weigh`);
  const campaign = weighing.campaign ?? campaignToday(db, row.campaignId, weighing.now);
  assert(campaign !== null && campaign.id === row.campaignId, `no campaign ${row.campaignId} to weigh by`);
  return subjectOfRow(row, { ...weighing, campaign }, lookupsForOne(db));
}

function subjectOfRow(
  row: EnrolledRow,
  { law, now, mode, carrier = null, campaign }: Weighing & { readonly campaign: CampaignToday },
  lookups: Lookups,
): Subject {
  const { rules } = campaign;
  const call = callFacts(rules.voice, mode ?? campaign.mode, rules.purpose);
  const number = row.e164 == null ? null : weighedNumber(row as NumberRow);
  const there =
    number === null || !isKnownPlace(number.places) ? null : lawThere(law, number.places, now, call);
  return {
    number: number === null ? NO_NUMBER : numberFacts(number, rules, { law, call, now }, lookups),
    doNotCall: number === null ? null : lookups.leftAlone(number.e164, row),
    consents: consentsFor(row.contactId, call, there, lookups),
    isBusiness: row.company.trim() !== '',
    heldSince: number === null ? null : lookups.heldSince(number.e164),
    enrolment: {
      state: row.state,
      attempts: row.attempts,
      restUntil: row.restUntil,
      promisedFor: row.promisedFor,
      ...contactFacts(campaign.id, row.contactId, rules, now, lookups),
    },
    campaign,
    call,
    law,
    carrier,
  };
}

function callFacts(voice: Voice, mode: DialMode | 'by-hand', purpose: CallFacts['purpose']): CallFacts {
  return { mode: lawMode(voice, mode), purpose, voice };
}

/** A number on its own: who has it, as far as we know, and what a verdict on it depends on. */
export interface PhoneSubject {
  readonly subject: Subject;
  readonly contactId: number | null;
  readonly name: string | null;
}

export interface PhoneWeighing extends Pick<Weighing, 'law' | 'now' | 'carrier'> {
  /** Who would speak. Left out is an agent. */
  readonly voice?: Voice;
  /** Whose number it is taken for; their consent is the one that counts. Left out is whoever has it. */
  readonly contactId?: number;
  /** A zone that somebody chose for this number: it counts beside those the number may be in. */
  readonly zone?: Zone;
}

/** A number typed by hand, or one of a personal schedule, belongs to no campaign. */
export function subjectOfPhone(db: ReadDb, e164: E164, weighing: PhoneWeighing): PhoneSubject {
  const { law, now, carrier = null, voice = 'agent', zone } = weighing;
  const owners = ownersOf(db, e164);
  const wanted = owners.filter(({ contact }) => contact.id === weighing.contactId);
  const owner = [...wanted, ...owners.filter((each) => each.number.isUsable), ...owners][0] ?? null;
  const call = callFacts(voice, 'by-hand', 'sales');
  const number: WeighedNumber = {
    e164,
    isUsable: owner?.number.isUsable ?? true,
    unringable: whyUnringable(e164),
    places: placesOfOwners(e164, owners, zone),
  };
  const there = isKnownPlace(number.places) ? lawThere(law, number.places, now, call) : null;
  const lookups = lookupsForOne(db);
  const contactId = weighing.contactId ?? owner?.contact.id ?? null;
  return {
    subject: {
      number: numberFacts(number, null, { law, call, now }, lookups),
      doNotCall: leftAloneAt(db, e164, {}),
      consents: contactId === null ? NO_CONSENTS : consentsFor(contactId, call, there, lookups),
      isBusiness: owner === null ? null : owner.contact.company.trim() !== '',
      heldSince: lookups.heldSince(e164),
      enrolment: null,
      campaign: null,
      call,
      law,
      carrier,
    },
    contactId: owner?.contact.id ?? null,
    name: owner?.contact.name ?? null,
  };
}

/** Where the number may be for any of those who have it: they all answer the same phone. */
function placesOfOwners(e164: E164, owners: ReturnType<typeof ownersOf>, zone: Zone | undefined) {
  const zones = zone === undefined ? [] : [zone];
  const each = owners.map(({ number, contact }) =>
    placesOf({ e164, zones: [...number.zones, ...zones], place: contact.place }),
  );
  if (each.length === 0) return placesOf({ e164, zones });
  const once = (all: readonly string[]) => [...new Set(all)];
  return placesFrom(
    placesText({
      zones: once(each.flatMap((places) => places.zones)),
      countries: once(each.flatMap((places) => places.countries)),
      states: once(each.flatMap((places) => places.states)),
    }),
  );
}

/** Everything that tells where a number is, for the record: by the number itself, and by each of those who have it. */
export function cluesTo(db: ReadDb, e164: E164): Clue[] {
  const owners = whereabouts(db).all(e164);
  const asked =
    owners.length === 0
      ? [{ e164 }]
      : owners.map(({ zones, place }) => ({ e164, zones: JSON.parse(zones) as string[], place }));
  const clues = asked.flatMap((each) => cluesIn(each).flatMap(({ provenance }) => provenance));
  return [...new Map(clues.map((clue) => [`${clue.from} ${clue.value}`, clue])).values()];
}

// Of as many owners as `ownersOf` tells of, and no more of each than is asked here for every call.
const whereabouts = reading<{ zones: string; place: string }>(`
  SELECT n.zones, c.place FROM contact_numbers n JOIN contacts c ON c.id = n.contact_id
  WHERE n.e164 = +? ORDER BY n.id LIMIT 20`);

/** One of a list, with what the list knows of it. */
export interface BulkSubject {
  readonly contactId: number;
  readonly name: string;
  readonly enrolment: Enrolment;
  readonly subject: Subject;
}

export interface BulkWeighing extends Pick<Weighing, 'law' | 'carrier' | 'mode'> {
  /** The contact id of the last row of the page before; zero for the first page. */
  readonly after: number;
  readonly limit: number;
}

/**
 * The contacts of a campaign as `subjectOfEnrolment` would tell of them one by one, a page at a time, in the
 * order of their ids. `campaign` may have rules that are not kept yet.
 */
export function subjectsOfCampaign(
  db: ReadDb,
  campaign: Pick<Campaign, 'id' | 'status' | 'mode' | 'callerId' | 'rules'>,
  now: Instant,
  { after, limit, ...weighing }: BulkWeighing,
): BulkSubject[] {
  const { id, status, mode, callerId, rules } = campaign;
  const today = { id, status, mode, callerId, rules, today: todayOf(db, id, rules, now) };
  const rows = pageOfCampaign(db).all({ campaignId: id, after, limit });
  const lookups = lookupsForPage(db, rows, id, now);
  const asked = { ...weighing, now, campaign: today };
  return rows.map((row) => ({
    contactId: row.contactId,
    name: row.name,
    enrolment: enrolmentIn(row),
    subject: subjectOfRow(row, asked, lookups),
  }));
}

const pageOfCampaign = reading<EnrolledRow>(`
  ${ENROLLED(FIRST_NUMBER)} WHERE e.campaign_id = +:campaignId AND e.contact_id > +:after
  ORDER BY e.contact_id LIMIT +:limit`);

function enrolmentIn(row: EnrolledRow): Enrolment {
  const { enrolmentId: id, campaignId, contactId, state, priority, attempts } = row;
  const { dueAt, restUntil, restFrom, lastAt: lastAttemptAt, lastOutcome } = row;
  const when = { dueAt, restUntil, restFrom, lastAttemptAt };
  return { id, campaignId, contactId, state, priority, attempts, ...when, lastOutcome };
}
