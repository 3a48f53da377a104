import moment from 'moment-timezone';

/*
 * When somebody may be rung, worked out the slow way: minute by minute, from the rules as they are written, with
 * another calendar than the product’s. It shares no line with it, and knows nothing but plain data.
 */

/** Minutes from midnight. A window whose end is before its beginning reaches into the next day. */
export interface PlainWindow {
  readonly weekday: number;
  readonly from: number;
  readonly to: number;
}

/** Hours that the law of a place opens, by weekday (1 is Monday); `null` closes the day. */
export interface PlainHours {
  readonly jurisdiction: string;
  readonly from: string | null;
  readonly until: string | null;
  readonly open: readonly (readonly [from: number, to: number] | null)[];
}

export interface PlainClosure {
  readonly jurisdiction: string;
  readonly from: string;
  readonly until: string | null;
}

export interface PlainCap {
  readonly jurisdiction: string;
  readonly max: number;
  readonly hours: number;
}

export interface PlainLaw {
  readonly hours: readonly PlainHours[];
  readonly closures: readonly PlainClosure[];
  readonly caps: readonly PlainCap[];
}

export interface PlainPlaces {
  readonly zones: readonly string[];
  readonly countries: readonly string[];
  readonly states: readonly string[];
}

/** A contact in a campaign, reduced to what its rules look at. */
export interface PlainContact {
  readonly places: PlainPlaces;
  readonly zone: string;
  readonly windows: readonly PlainWindow[];
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly frequency: 'any' | 'daily' | 'weekly';
  readonly attempts: number;
  readonly attemptsMax: number;
  readonly attemptsPerDayMax: number | null;
  readonly numberPerDayMax: number | null;
  readonly numberPerWeekMax: number | null;
  readonly coolDownMs: number;
  readonly dailyLimit: number | null;
  readonly today: { readonly date: string; readonly attempts: number };
  readonly restUntil: number;
  readonly promisedFor: number | null;
  /** Attempts on the number, whoever made them. */
  readonly numberAt: readonly number[];
  /** Attempts on the contact in this campaign. */
  readonly campaignAt: readonly number[];
  readonly lastAt: number | null;
}

interface Local {
  readonly date: string;
  readonly weekday: number;
  readonly minute: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Whether the contact may be rung in this minute. */
export function mayRingAt(contact: PlainContact, law: PlainLaw, at: number): boolean {
  return (
    isOpenByLaw(contact.places, law, at) &&
    isOpenByCampaign(contact, at) &&
    isWithinCaps(contact, law, at) &&
    isRested(contact, law, at)
  );
}

/** Every place at once: the strictest of them wins by being one of them. */
export function isOpenByLaw(places: PlainPlaces, law: PlainLaw, at: number): boolean {
  return (
    places.zones.length > 0 &&
    places.zones.every((zone) => {
      const local = localIn(zone, at);
      const closed = law.closures.some(
        ({ jurisdiction, from, until }) =>
          isThere(places, jurisdiction) && from <= local.date && (until === null || local.date < until),
      );
      const rules = hoursInForce(places, law, local.date);
      return !closed && rules.length > 0 && rules.every((rule) => opens(rule, local));
    })
  );
}

/** The rules of the countries and states; those for the rest of the world where a country has none. */
function hoursInForce({ countries, states }: PlainPlaces, law: PlainLaw, date: string): PlainHours[] {
  const inForce = law.hours.filter(
    ({ from, until }) => (from === null || from <= date) && (until === null || date < until),
  );
  const of = (jurisdiction: string) => inForce.filter((rule) => rule.jurisdiction === jurisdiction);
  const isUncovered = countries.length === 0 || countries.some((country) => of(country).length === 0);
  return [...countries, ...states, ...(isUncovered ? ['*'] : [])].flatMap(of);
}

function opens({ open }: PlainHours, { weekday, minute }: Local): boolean {
  const span = open[weekday - 1];
  return span != null && minute >= span[0] && minute < span[1];
}

function isThere({ countries, states }: PlainPlaces, jurisdiction: string): boolean {
  return jurisdiction === '*' || countries.includes(jurisdiction) || states.includes(jurisdiction);
}

function isOpenByCampaign(contact: PlainContact, at: number): boolean {
  const local = localIn(contact.zone, at);
  if (contact.startsOn !== null && local.date < contact.startsOn) return false;
  if (contact.endsOn !== null && local.date > contact.endsOn) return false;
  const { dailyLimit, today } = contact;
  if (dailyLimit !== null && today.date === local.date && today.attempts >= dailyLimit) return false;
  return isInWindow(contact.windows, local);
}

function isInWindow(windows: readonly PlainWindow[], { weekday, minute }: Local): boolean {
  const dayBefore = weekday === 1 ? 7 : weekday - 1;
  return windows.some(({ weekday: day, from, to }) => {
    if (from < to) return day === weekday && minute >= from && minute < to;
    const isEvening = day === weekday && minute >= from;
    const isMorningAfter = day === dayBefore && minute < to;
    return from > to && (isEvening || isMorningAfter);
  });
}

function isWithinCaps(contact: PlainContact, law: PlainLaw, at: number): boolean {
  const within = (hours: number) => contact.numberAt.filter((each) => at - each < hours * HOUR).length;
  const isUnder = (max: number | null, hours: number) => max === null || within(hours) < max;
  if (!isUnder(contact.numberPerDayMax, 24) || !isUnder(contact.numberPerWeekMax, 168)) return false;
  const { countries } = contact.places;
  const of = (jurisdiction: string) => law.caps.filter((cap) => cap.jurisdiction === jurisdiction);
  const isUncovered = countries.length === 0 || countries.some((country) => of(country).length === 0);
  const caps = [...countries, ...contact.places.states, ...(isUncovered ? ['*'] : [])].flatMap(of);
  return caps.every((cap) => within(cap.hours) < cap.max);
}

function isRested(contact: PlainContact, law: PlainLaw, at: number): boolean {
  if (at < contact.restUntil) return false;
  // A promise outranks our own counts and rests. At which hour it is kept, hours and law have said above.
  if (contact.promisedFor !== null) return at >= contact.promisedFor;
  if (contact.attempts >= contact.attemptsMax) return false;
  if (contact.coolDownMs > 0 && contact.lastAt !== null && at < contact.lastAt + contact.coolDownMs)
    return false;
  const local = localIn(contact.zone, at);
  const dates = contact.campaignAt.map((each) => localIn(contact.zone, each).date);
  const { attemptsPerDayMax } = contact;
  // Whatever lies ahead was made before the clock was set back, and counts.
  if (attemptsPerDayMax !== null && dates.filter((date) => date >= local.date).length >= attemptsPerDayMax)
    return false;
  if (contact.frequency === 'daily') return !dates.some((date) => date >= local.date);
  return contact.frequency === 'any' || !dates.some((date) => weekOf(date) >= weekOf(local.date));
}

/** The number of the week of a date: weeks begin on Monday, and 1970 began on a Thursday. */
function weekOf(date: string): number {
  return Math.floor((Date.parse(`${date}T00:00Z`) / DAY + 3) / 7);
}

/** What a clock on a wall there shows, by moment’s own reading of the zone data. */
export function localIn(zone: string, at: number): Local {
  const found = moment.tz.zone(zone);
  if (found === null) throw new Error(`moment knows no zone ${zone}`);
  const wall = new Date(at - found.utcOffset(at) * 60_000);
  return {
    date: wall.toISOString().slice(0, 10),
    weekday: wall.getUTCDay() === 0 ? 7 : wall.getUTCDay(),
    minute: wall.getUTCHours() * 60 + wall.getUTCMinutes(),
  };
}

/** Every zone there is, and every instant of these years at which some of them change their clocks. */
export function clockChanges(fromYear: number, untilYear: number): Map<number, string[]> {
  const [from, until] = [Date.UTC(fromYear, 0, 1), Date.UTC(untilYear, 0, 1)];
  const changes = new Map<number, string[]>();
  for (const zone of moment.tz.names()) {
    for (const at of moment.tz.zone(zone)?.untils ?? []) {
      if (at >= from && at < until) changes.set(at, [...(changes.get(at) ?? []), zone]);
    }
  }
  return changes;
}

export function everyZone(): string[] {
  return moment.tz.names();
}
