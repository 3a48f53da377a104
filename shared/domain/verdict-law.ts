import { DAY_MS, type Instant, MINUTE_MS } from '../lib/instants.ts';
import { isZone } from '../lib/zoned-time.ts';
import type { DialMode, Voice } from './campaign.ts';
import type { LawBook } from './law/book.ts';
import { type Cap, answeredInside, capsFor, consentFor, registersFor } from './law/duties.ts';
import { openingUnder } from './law/hours.ts';
import type { ConsentRule, Mode, Purpose, ScrubAgeRule } from './law/rule.ts';
import type { Places } from './places/places.ts';

/** What the law of some places says of calls of one kind: what a verdict asks of it. */
export interface LawThere {
  readonly isOpen: boolean;
  /** When that changes; null where it does not within sight. */
  readonly changesAt: Instant | null;
  readonly caps: readonly Cap[];
  readonly consents: readonly ConsentRule[];
  /** The registers that somebody’s lists have to be compared with before such a call. */
  readonly registers: readonly ScrubAgeRule[];
  /** Whether a call has to be answered inside the hours, and not only begun. */
  readonly isAnsweredInside: boolean;
}

/** How the law sees a call: by the voice first, and then by whether a person chose to make it. */
export function lawMode(voice: Voice, mode: DialMode | 'by-hand'): Mode {
  if (voice !== 'agent') return 'recorded';
  return mode === 'power' ? 'automatic' : 'manual';
}

/** Caps and consents come and go at midnight there, and no clock’s midnight lies between these. */
const QUARTER_MS = 15 * MINUTE_MS;
/** A closing time that is further off than this was cut off by the days that are looked at. */
const SIGHT_MS = 3 * DAY_MS - MINUTE_MS;

type Duties = Pick<LawThere, 'caps' | 'consents' | 'registers' | 'isAnsweredInside'>;

interface Kept {
  hours: { readonly from: Instant; readonly to: Instant; readonly isOpen: boolean } | null;
  duties: (Duties & { readonly quarter: number }) | null;
  /** The whole answer, as long as neither hours nor duties change. */
  answer: { readonly from: number; readonly to: number; readonly there: LawThere } | null;
}

/** By what a book has kept, and not by the book: one that is rewritten keeps its name and loses its answers. */
const keptBy = new WeakMap<LawBook['kept'], WeakMap<Places, Kept[]>>();

/**
 * Asked for every contact that is weighed, and nearly always about the same few places: an answer is kept until
 * it changes. Places never change, and a book that does begins anew.
 */
export function lawThere(
  book: LawBook,
  places: Places,
  now: Instant,
  call: { readonly mode: Mode; readonly purpose: Purpose },
): LawThere {
  const kept = keptFor(book, places, call);
  const { answer } = kept;
  if (answer !== null && now >= answer.from && now < answer.to) return answer.there;
  const duties = dutiesAt(kept, book, places, now, call);
  const { caps, consents, registers, isAnsweredInside } = duties;
  const { hours } = kept;
  if (hours !== null && now >= hours.from && now < hours.to) {
    const there = { isOpen: hours.isOpen, changesAt: hours.to, caps, consents, registers, isAnsweredInside };
    const quarter = Math.floor(now / QUARTER_MS) * QUARTER_MS;
    const [from, to] = [Math.max(hours.from, quarter), Math.min(hours.to, quarter + QUARTER_MS)];
    kept.answer = { from, to, there };
    return there;
  }
  const opening = openingUnder(book, places, now, call);
  const changesAt = opening.open ? opening.closesAt : opening.opensAt;
  const isWhole = changesAt !== null && (!opening.open || changesAt - now < SIGHT_MS);
  if (isWhole) kept.hours = { from: now, to: changesAt, isOpen: opening.open };
  return { isOpen: opening.open, changesAt, caps, consents, registers, isAnsweredInside };
}

/** Nowhere is not known, and neither is a zone that this computer has never heard of. */
export function isKnownPlace(places: Places): boolean {
  if (places === lastPlaces) return isLastKnown;
  let isKnown = known.get(places);
  if (isKnown === undefined)
    known.set(places, (isKnown = places.zones.length > 0 && places.zones.every(isZone)));
  lastPlaces = places;
  isLastKnown = isKnown;
  return isKnown;
}

const known = new WeakMap<Places, boolean>();
/** A verdict asks several times about the same places, one after the other. */
let lastPlaces: Places | null = null;
let isLastKnown = false;

function dutiesAt(
  kept: Kept,
  book: LawBook,
  places: Places,
  now: Instant,
  call: { readonly mode: Mode; readonly purpose: Purpose },
): Duties {
  const quarter = Math.floor(now / QUARTER_MS);
  if (kept.duties?.quarter === quarter) return kept.duties;
  const duties = {
    quarter,
    caps: capsFor(book, places, now, call),
    consents: consentFor(book, places, now, call),
    registers: registersFor(book, places, now, call).filter(isAsked),
    isAnsweredInside: answeredInside(book, places, now, call).length > 0,
  };
  kept.duties = duties;
  return duties;
}

/** A register that is compared at all, in a workspace that says when: a bare book of law knows of none. */
function isAsked({ values }: ScrubAgeRule): boolean {
  return values.daysMax > 0 && values.comparedAt !== undefined;
}

function keptFor(book: LawBook, places: Places, { mode, purpose }: { mode: Mode; purpose: Purpose }): Kept {
  const nth = MODES.indexOf(mode) * 2 + (purpose === 'debt' ? 1 : 0);
  if (last?.by === book.kept && last.places === places && last.nth === nth) return last.kept;
  let byPlaces = keptBy.get(book.kept);
  if (byPlaces === undefined) keptBy.set(book.kept, (byPlaces = new WeakMap()));
  let byCall = byPlaces.get(places);
  if (byCall === undefined) byPlaces.set(places, (byCall = []));
  const kept = (byCall[nth] ??= { hours: null, duties: null, answer: null });
  last = { by: book.kept, places, nth, kept };
  return kept;
}

const MODES: readonly Mode[] = ['manual', 'automatic', 'recorded'];

/** A verdict asks three times about the same law, one after the other. */
let last: {
  readonly by: LawBook['kept'];
  readonly places: Places;
  readonly nth: number;
  readonly kept: Kept;
} | null = null;
