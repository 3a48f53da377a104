import { openingIn } from '../../shared/domain/calling-window.ts';
import type { CampaignRules } from '../../shared/domain/campaign.ts';
import type { Enrolment } from '../../shared/domain/contact.ts';
import { type DispositionKind, restAfter } from '../../shared/domain/disposition.ts';
import { type LawBook, lawBook } from '../../shared/domain/law/book.ts';
import { type Subject, decide, verdictFrom } from '../../shared/domain/verdict.ts';
import { lawThere } from '../../shared/domain/verdict-law.ts';
import type { Decision, Obstacle, RuleId } from '../../shared/domain/verdict-rule.ts';
import { DAY_MS, type Instant, after, earlier, later } from '../../shared/lib/instants.ts';
import { isZone } from '../../shared/lib/zoned-time.ts';
import { keptCampaign } from '../store/campaigns.ts';
import { dispositionsOf } from '../store/dispositions.ts';
import { type ReadDb, inOneReading } from '../store/open.ts';
import {
  type CampaignToday,
  campaignToday,
  subjectOfEnrolment,
  subjectsOfCampaign,
} from '../store/subjects.ts';

/** Contacts weighed in one go. At some ten microseconds each nobody else waits longer than a few milliseconds. */
const SLICE_ROWS = 250;

/** Whoever may not be rung within so many days is taken for shut out. */
const SIGHT_MS = 14 * DAY_MS;

/** What the contacts of a campaign are weighed by. */
export interface Yardstick {
  readonly law: LawBook;
  /** What keeps the carrier from taking any call; null where nothing does. */
  readonly carrier: Subject['carrier'];
  /** Rules that are not kept yet, for what a change would do. */
  readonly rules?: CampaignRules;
  /** Weighs as if the campaign were running: what its rules alone say. */
  readonly asIfActive?: boolean;
  /** Also asks who may be rung at any time within two weeks. */
  readonly farAhead?: boolean;
}

/** Everybody whom the same rule holds back. */
export interface HeldBack {
  readonly rule: RuleId;
  readonly count: number;
  readonly firstAt: Instant | null;
  /** What is said of the first of them. */
  readonly sentence: string;
  readonly contactIds: readonly number[];
}

/** How the contacts of a campaign stand at an instant: each of them is in one place. */
export interface Standing {
  readonly asOf: Instant;
  readonly version: number;
  readonly total: number;
  /** Contacts who may be rung. */
  readonly ring: readonly number[];
  readonly heldBack: readonly HeldBack[];
  /** When the first of those who wait may be rung. */
  readonly nextAt: Instant | null;
  /** How many may be rung now or within two weeks; only where that was asked for. */
  readonly withinSight: number;
  /** When the first of them may be rung. */
  readonly firstAt: Instant | null;
}

/**
 * Weighs every contact of a campaign, a slice at a time: whoever runs it decides what happens between two
 * slices. Its last word is the standing; null for a campaign that is gone.
 */
export function* weighing(
  db: ReadDb,
  campaignId: number,
  asOf: Instant,
  yardstick: Yardstick,
): Generator<number, Standing | null> {
  const campaign = keptCampaign(db, campaignId);
  const pages = pagesOf(db, campaignId, asOf, yardstick);
  if (campaign === null || pages === null) return null;
  const held = new Map<RuleId, Draft>();
  const ring: number[] = [];
  const sight = sightFrom(asOf);
  const sum: Sum = { total: 0, withinSight: 0, nextAt: null, firstAt: null };
  const weigh = ({ contactId, subject }: Weighed) => {
    sum.total += 1;
    const decision = decide(subject, asOf);
    if (decision.kind === 'ring') ring.push(contactId);
    else holdBack(held, decision, contactId, subject, asOf);
    if (decision.kind === 'wait' && decision.until !== null) sum.nextAt = soonest(sum.nextAt, decision.until);
    if (yardstick.farAhead === true) lookAhead(sum, firstRing(subject, decision, asOf, sight));
  };
  for (let last: number | null = 0; last !== null; ) {
    const from: number = last;
    const page: WeighedPage = inOneReading(db, () => pages(from, SLICE_ROWS));
    page.rows.forEach(weigh);
    last = page.last;
    yield sum.total;
  }
  const heldBack = [...held.values()].sort((a, b) => b.count - a.count);
  return { ...sum, asOf, version: campaign.version, ring, heldBack };
}

interface Draft extends HeldBack {
  count: number;
  firstAt: Instant | null;
  contactIds: number[];
}

interface Sum {
  total: number;
  withinSight: number;
  nextAt: Instant | null;
  firstAt: Instant | null;
}

function holdBack(
  held: Map<RuleId, Draft>,
  decision: Obstacle,
  contactId: number,
  subject: Subject,
  asOf: Instant,
): void {
  const known = held.get(decision.rule);
  if (known === undefined) {
    const verdict = verdictFrom(decision, subject, asOf);
    const sentence = verdict.kind === 'ring' ? '' : verdict.because.sentence;
    const { rule, until } = decision;
    held.set(rule, { rule, count: 1, firstAt: until, sentence, contactIds: [contactId] });
    return;
  }
  known.count += 1;
  known.contactIds.push(contactId);
  if (decision.until !== null) known.firstAt = soonest(known.firstAt, decision.until);
}

function lookAhead(sum: Sum, at: Instant | null): void {
  if (at === null) return;
  sum.withinSight += 1;
  sum.firstAt = soonest(sum.firstAt, at);
}

/** The first instant within sight at which nothing stands in the way any more; null where there is none. */
function firstRing(weighed: Subject, decision: Decision, asOf: Instant, sight: Sight): Instant | null {
  let subject = weighed;
  let found = decision;
  let at = asOf;
  for (let look = 0; look < LOOKS_MAX && found.kind === 'wait'; look++) {
    if (found.until === null) {
      if (subject !== weighed || !PASSING.has(found.rule)) return null;
      subject = sight.withoutPassing(subject);
      found = decide(subject, at);
      continue;
    }
    const hours = HOURS.has(found.rule) ? sight.openFrom(subject, found.until) : found.until;
    if (hours === null || hours <= at || hours > asOf + SIGHT_MS) return null;
    at = hours;
    found = decide(subject, at);
  }
  return found.kind === 'ring' ? at : null;
}

const LOOKS_MAX = 60;
/** No matter of the rules: it passes, or somebody sees to it without changing them. */
const PASSING: ReadonlySet<RuleId> = new Set(['number-in-use', 'carrier', 'caller-id', 'register']);
const HOURS: ReadonlySet<RuleId> = new Set(['campaign-hours', 'legal-hours']);

/** When the campaign's hours and the law's are open together: the same for everybody at the same places. */
interface Sight {
  openFrom(subject: Subject, from: Instant): Instant | null;
  /** The same contact with nothing in the way but rules. */
  withoutPassing(subject: Subject): Subject;
}

function sightFrom(asOf: Instant): Sight {
  const kept = new Map<Subject['number']['places'], Map<Instant, Instant | null>>();
  let without: { readonly law: LawBook; readonly registers: LawBook } | null = null;
  return {
    withoutPassing(subject) {
      const { law, campaign } = subject;
      if (without?.law !== law) without = { law, registers: withoutRegisters(law) };
      const shown = campaign === null ? null : { ...campaign, callerId: campaign.callerId || 'any' };
      return { ...subject, heldSince: null, carrier: null, campaign: shown, law: without.registers };
    },
    openFrom(subject, from) {
      const { places } = subject.number;
      let byInstant = kept.get(places);
      if (byInstant === undefined) kept.set(places, (byInstant = new Map()));
      const known = byInstant.get(from);
      if (known !== undefined) return known;
      const found = bothOpenFrom(subject, from, after(asOf, SIGHT_MS));
      byInstant.set(from, found);
      return found;
    },
  };
}

function withoutRegisters({ rules, closures, doubt }: LawBook): LawBook {
  return lawBook(
    rules.filter(({ kind }) => kind !== 'scrub-age'),
    closures,
    doubt,
  );
}

function bothOpenFrom({ number, campaign, law, call }: Subject, from: Instant, end: Instant): Instant | null {
  if (campaign === null || !isZone(campaign.rules.zone)) return null;
  for (let at = from; at <= end; ) {
    const own = openingIn(campaign.rules.windows, campaign.rules.zone, at);
    const there = lawThere(law, number.places, at, call);
    if (own.open && there.isOpen) return at;
    const next = own.open
      ? there.changesAt
      : there.isOpen
        ? own.opensAt
        : laterOf(own.opensAt, there.changesAt);
    if (next === null || next <= at) return null;
    at = next;
  }
  return null;
}

function laterOf(a: Instant | null, b: Instant | null): Instant | null {
  return a === null || b === null ? null : later(a, b);
}

/** A contact of a campaign as the rules see them. */
export interface Weighed {
  readonly contactId: number;
  readonly enrolment: Enrolment;
  readonly subject: Subject;
}

/** A page of contacts, and the last id of it; null on the last page. */
export interface WeighedPage {
  readonly rows: readonly Weighed[];
  readonly last: number | null;
}

/** Reads the contacts of a campaign as these rules see them, in the order of their ids. Null for one that is gone. */
export function pagesOf(
  db: ReadDb,
  campaignId: number,
  now: Instant,
  yardstick: Yardstick,
): ((after: number, limit: number) => WeighedPage) | null {
  const as = campaignAs(db, campaignId, now, yardstick);
  if (as === null) return null;
  const { law, carrier } = yardstick;
  const kinds = new Map(dispositionsOf(db, campaignId).map((kind) => [kind.id, kind]));
  return (afterId, limit) => {
    const read = subjectsOfCampaign(db, as, now, { law, carrier, after: afterId, limit });
    const rows = read.map((row) => ({
      ...row,
      subject: asPlanned(row.subject, row.enrolment, as.rules, kinds),
    }));
    return { rows, last: rows.length < limit ? null : rows.at(-1)!.contactId };
  };
}

function campaignAs(
  db: ReadDb,
  campaignId: number,
  now: Instant,
  { rules, asIfActive = false }: Yardstick,
): CampaignToday | null {
  const campaign = campaignToday(db, campaignId, now, rules);
  return campaign === null || !asIfActive ? campaign : { ...campaign, status: 'active' };
}

/** Reads what the rules of a campaign need to know of one contact after the other. Null for one that is gone. */
export function weigher(
  db: ReadDb,
  campaignId: number,
  now: Instant,
  yardstick: Yardstick,
): ((enrolment: Enrolment) => Weighed) | null {
  const { law, carrier } = yardstick;
  const as = campaignAs(db, campaignId, now, yardstick);
  if (as === null) return null;
  const kinds = new Map(dispositionsOf(db, campaignId).map((kind) => [kind.id, kind]));
  return (enrolment) => {
    const subject = subjectOfEnrolment(db, enrolment.id, null, { law, now, carrier, campaign: as });
    return {
      contactId: enrolment.contactId,
      enrolment,
      subject: asPlanned(subject, enrolment, as.rules, kinds),
    };
  };
}

/**
 * A contact as they stand under these rules, whether or not that is written down yet: how long they rest after
 * their last outcome, and whether their attempts are spent, is for the rules to say.
 */
function asPlanned(
  subject: Subject,
  enrolment: Enrolment,
  rules: CampaignRules,
  kinds: ReadonlyMap<string, DispositionKind>,
): Subject {
  const facts = subject.enrolment;
  if (facts === null) return subject;
  const state = isSpent(enrolment) ? 'open' : enrolment.state;
  const restUntil = restUnder(enrolment, rules, kinds);
  if (state === facts.state && restUntil === facts.restUntil) return subject;
  return { ...subject, enrolment: { ...facts, state, restUntil } };
}

/** Closed because no attempt was left, and not by anything that was said. */
function isSpent({ state, restFrom, lastOutcome }: Enrolment): boolean {
  return (state === 'done' && restFrom !== null) || (state === 'never' && lastOutcome === 'attempts-spent');
}

/** Until when a contact rests under these rules. */
function restUnder(
  { restFrom, restUntil, lastOutcome }: Enrolment,
  rules: CampaignRules,
  kinds: ReadonlyMap<string, DispositionKind>,
): Instant {
  const kind = restFrom === null || lastOutcome === null ? undefined : kinds.get(lastOutcome);
  const restMs = kind === undefined ? null : restAfter(kind, rules);
  return restMs === null ? restUntil : after(restFrom!, restMs);
}

function soonest(a: Instant | null, b: Instant): Instant {
  return a === null ? b : earlier(a, b);
}
