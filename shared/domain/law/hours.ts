import {
  DAY_MS,
  HOUR_MS,
  type Instant,
  MINUTE_MS,
  after,
  earlier,
  instant,
  later,
} from '../../lib/instants.ts';
import {
  type Stretch,
  type Zone,
  addDays,
  localTime,
  stretchesShowing,
  weekdayOn,
} from '../../lib/zoned-time.ts';
import { zonesInUse } from '../../lib/zones/table.ts';
import type { Whereabouts } from '../whereabouts.ts';
import { type Circumstances, type LawBook, closuresFor, rulesFor } from './book.ts';
import { closedDates } from './holidays.ts';
import type { HoursRule, RuleRef } from './rule.ts';
import { closedSentence, closureSentence, hoursSentence } from './sentences.ts';

/** Minutes from midnight: open from `from` up to, not including, `to`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What the law of some places leaves open on one date, and the rules that draw the lines. */
export interface DayHours {
  readonly spans: readonly Span[];
  readonly because: readonly RuleRef[];
  /** Every rule that was asked, with what it leaves open by itself. */
  readonly rules: readonly { readonly ref: RuleRef; readonly spans: readonly Span[] }[];
}

/** Whether the law allows a call at an instant, until when, and which rules say so. */
export type LawOpening =
  | { readonly open: true; readonly closesAt: Instant; readonly because: readonly RuleRef[] }
  | {
      readonly open: false;
      /** Null where nothing opens within the days that are looked at. */
      readonly opensAt: Instant | null;
      /** The zone in which it is closed, and what the clock shows there; null where nobody knows a zone. */
      readonly there: { readonly zone: Zone; readonly date: string; readonly minute: number } | null;
      readonly because: readonly RuleRef[];
    };

type Places = Pick<Whereabouts, 'zones' | 'countries' | 'states'>;

/** What was worked out before for calls of one kind to the same countries and states. */
interface Kept {
  /** By the zones in use: with newer ones everything is worked out anew. */
  readonly zones: object;
  readonly hours: Map<string, DayHours>;
  readonly days: Map<Zone, Map<string, Day>>;
}

/** The open time around a date, by the clock of one zone. */
interface Day {
  readonly open: readonly Stretch[];
  /** Of yesterday, today and tomorrow, in their order: clocks that are set back over midnight show yesterday again. */
  near: readonly Stretch[] | null;
  /** The same, and those of the day after. */
  further: readonly Stretch[];
}

/** Nothing is looked for later than this: holidays and weekends in a row are fewer. */
const DAYS_MAX = 40;
const DAY_MINUTES = 24 * 60;
const KEPT_MAX = 8_000;
/** Kept for one kind of call at the same places, and in one zone: whoever asks moves on from day to day. */
const DAYS_KEPT_MAX = 400;
const keys = new WeakMap<object, string>();
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/**
 * What the law leaves open on a date, by the clock there: the hours of every country and state it may be,
 * one inside the other, without their holidays and without the days that an authority has closed.
 */
export function hoursOn(
  book: LawBook,
  where: Pick<Places, 'countries' | 'states'>,
  date: string,
  circumstances: Circumstances = {},
): DayHours {
  return hoursKept(keptFor(book, where, circumstances), book, where, date, circumstances);
}

function hoursKept(
  { hours }: Kept,
  book: LawBook,
  where: Pick<Places, 'countries' | 'states'>,
  date: string,
  circumstances: Circumstances,
): DayHours {
  const found = hours.get(date);
  if (found !== undefined) return found;
  const made = findHours(book, where, date, circumstances);
  if (hours.size >= DAYS_KEPT_MAX) hours.clear();
  hours.set(date, made);
  return made;
}

function keptFor(
  book: LawBook,
  where: Pick<Places, 'countries' | 'states'>,
  { mode = 'automatic', purpose = 'sales' }: Circumstances,
): Kept {
  const key = `${placesKey(where)} ${mode} ${purpose}`;
  const zones = zonesInUse().table;
  const found = book.kept.get(key) as Kept | undefined;
  if (found?.zones === zones) return found;
  const made: Kept = { zones, hours: new Map(), days: new Map() };
  keep(book, key, made);
  return made;
}

/**
 * Whether a call may begin at `now`: open only where it is open in every zone. All rules and all clocks go by
 * whole minutes, so that one answer is good for a minute and for everybody at the same places.
 */
export function openingUnder(
  book: LawBook,
  where: Places,
  now: Instant,
  circumstances: Circumstances = {},
): LawOpening {
  const { mode = 'automatic', purpose = 'sales' } = circumstances;
  const minute = instant(Math.floor(now / MINUTE_MS) * MINUTE_MS);
  const key = `${placesKey(where)} ${where.zones.join()} ${mode} ${purpose} now`;
  const found = book.kept.get(key) as { minute: Instant; opening: LawOpening } | undefined;
  if (found?.minute === minute) return found.opening;
  const opening = findOpening(book, where, minute, circumstances);
  keep(book, key, { minute, opening });
  return opening;
}

function findOpening(book: LawBook, where: Places, now: Instant, circumstances: Circumstances): LawOpening {
  // Nobody knows the time nowhere, so nobody may ring there.
  if (where.zones.length === 0) return { open: false, opensAt: null, there: null, because: [] };
  const dayIn = daysOf(book, where, circumstances);
  const stretches = where.zones.map((zone) => stretchFrom(book, dayIn, zone, now));
  const closedIn = stretches.findIndex((stretch) => stretch === null || stretch.from > now);
  if (closedIn === -1) {
    const closesAt = stretches.map((stretch) => stretch!.to).reduce(earlier);
    const zone = where.zones[stretches.findIndex((stretch) => stretch!.to === closesAt)]!;
    const last = localTime(after(closesAt, -MINUTE_MS), zone);
    const { rules } = hoursOn(book, where, last.date, circumstances);
    const because = rules.filter(({ spans }) => spans.some(({ to }) => to === last.minute + 1));
    return { open: true, closesAt, because: [...because.map(({ ref }) => ref), ...doubted(book)] };
  }
  const zone = where.zones[closedIn]!;
  const { date, minute } = localTime(now, zone);
  const { rules, because } = hoursOn(book, where, date, circumstances);
  const closing = rules.filter(({ spans }) => !spans.some(({ from, to }) => from <= minute && minute < to));
  const closed = rules.length === 0 ? because : closing.map(({ ref }) => ref);
  return {
    open: false,
    opensAt: firstOpen(book, where, dayIn, now),
    there: { zone, date, minute },
    because: [...closed, ...doubted(book)],
  };
}

/** Told with every answer that rests on clocks in doubt, and first where nothing else closes the hour. */
function doubted({ doubt }: LawBook): RuleRef[] {
  return doubt === null ? [] : [{ id: 'zone-data', citation: 'Parley’s own policy', sentence: doubt }];
}

/** The places as text; written once for each answer of `whereaboutsOf`, which is often the same object. */
function placesKey(where: Pick<Places, 'countries' | 'states'>): string {
  const kept = keys.get(where);
  if (kept !== undefined) return kept;
  const key = `${where.countries.join()} ${where.states.join()}`;
  keys.set(where, key);
  return key;
}

function keep(book: LawBook, key: string, answer: unknown): void {
  if (book.kept.size >= KEPT_MAX) book.kept.clear();
  book.kept.set(key, answer);
}

/** The first instant from `now` on at which it is open everywhere. */
function firstOpen(book: LawBook, where: Places, dayIn: DayIn, now: Instant): Instant | null {
  let at = now;
  while (at - now < DAYS_MAX * DAY_MS) {
    const from = at;
    const stretches = where.zones.map((zone) => stretchFrom(book, dayIn, zone, from));
    if (stretches.includes(null)) return null;
    const opensAt = stretches.map((stretch) => stretch!.from).reduce(later);
    if (opensAt <= at) return at;
    at = opensAt;
  }
  return null;
}

type DayIn = (zone: Zone, date: string) => Day;

/** Asked for hundreds of times about the same few days, by everybody who is weighed: each is worked out once. */
function daysOf(
  book: LawBook,
  where: Pick<Places, 'countries' | 'states'>,
  circumstances: Circumstances,
): DayIn {
  const kept = keptFor(book, where, circumstances);
  return (zone, date) => {
    let days = kept.days.get(zone);
    if (days === undefined) kept.days.set(zone, (days = new Map()));
    const found = days.get(date);
    if (found !== undefined) return found;
    const { spans } = hoursKept(kept, book, where, date, circumstances);
    const open = spans.flatMap(({ from, to }) => stretchesShowing(date, from, to, zone));
    const made: Day = { open, near: null, further: [] };
    if (days.size >= DAYS_KEPT_MAX) days.clear();
    days.set(date, made);
    return made;
  };
}

/** The open stretch of one zone that holds `at`, or else the next one. It ends where it is closed again. */
function stretchFrom(book: LawBook, dayIn: DayIn, zone: Zone, at: Instant): Stretch | null {
  const { date } = localTime(at, zone);
  const open = (day: number) => dayIn(zone, addDays(date, day)).open;
  if (book.doubt !== null) return certainStretchFrom(open, at);
  const today = dayIn(zone, date);
  const near = (today.near ??= [...open(-1), ...today.open, ...open(1)].sort((a, b) => a.from - b.from));
  if (today.further.length === 0) today.further = [...near, ...open(2)];
  let found = near.find(({ to }) => to > at) ?? null;
  for (let day = 2; found === null && day <= DAYS_MAX; day++) found = open(day)[0] ?? null;
  if (found === null) return null;
  return { from: found.from, to: endOfRun(found, today.further, at) };
}

/** The same where the clocks may be an hour off: of each stretch only what is open by any of them is left. */
function certainStretchFrom(open: (day: number) => readonly Stretch[], at: Instant): Stretch | null {
  const all = [-1, 0, 1, 2].flatMap(open);
  for (let day = 3; day <= DAYS_MAX + 1; day++) {
    const found = runsOf(all)
      .map(({ from, to }) => ({ from: after(from, HOUR_MS), to: after(to, -HOUR_MS) }))
      .find(({ from, to }) => from < to && to > at);
    if (found !== undefined)
      return { from: found.from, to: earlier(found.to, after(later(found.from, at), 3 * DAY_MS)) };
    all.push(...open(day));
  }
  return null;
}

/** Stretches that meet or lie over each other, as one each. */
function runsOf(all: readonly Stretch[]): Stretch[] {
  const runs: Stretch[] = [];
  for (const next of all.toSorted((a, b) => a.from - b.from)) {
    const last = runs.at(-1);
    if (last === undefined || last.to < next.from) runs.push(next);
    else runs[runs.length - 1] = { from: last.from, to: later(last.to, next.to) };
  }
  return runs;
}

/** Stretches that meet at midnight are one. Those that never end are told to end when the days run out. */
function endOfRun(first: Stretch, all: readonly Stretch[], at: Instant): Instant {
  let { to } = first;
  for (let next = first; next !== undefined; ) {
    to = next.to;
    const meeting = to;
    next = all.find(({ from }) => from === meeting) as Stretch;
  }
  return earlier(to, after(later(first.from, at), 3 * DAY_MS));
}

function findHours(
  book: LawBook,
  where: Pick<Places, 'countries' | 'states'>,
  date: string,
  circumstances: Circumstances,
): DayHours {
  const shut = shutOn(book, where, date, circumstances);
  if (shut.length > 0) return { spans: [], because: shut, rules: [] };
  const weekday = weekdayOn(date);
  const rules = rulesFor(book, 'hours', where, [date], circumstances).map((rule) => {
    const spans = spansOn(rule, weekday);
    const sentence = hoursSentence(rule, spans, weekday);
    return { ref: { id: rule.id, citation: rule.citation, sentence }, spans };
  });
  // Where no rule speaks, nobody has said that anything is open.
  const whole = rules.length === 0 ? [] : [{ from: 0, to: DAY_MINUTES }];
  const spans = rules.map((each) => each.spans).reduce(inside, whole);
  const because = rules.filter((each) => drawsLine(each.spans, spans)).map(({ ref }) => ref);
  return { spans, because, rules };
}

/** The closures and holidays that close the whole of a date. */
function shutOn(
  book: LawBook,
  where: Pick<Places, 'countries' | 'states'>,
  date: string,
  circumstances: Circumstances,
): RuleRef[] {
  const closures = closuresFor(book, where, date).map((closure) => ({
    id: closure.id,
    citation: closure.citation,
    sentence: closureSentence(closure),
  }));
  const closedDays = rulesFor(book, 'closed-days', where, [date], circumstances).flatMap((rule) => {
    const { holidays, observed } = rule.values;
    const holiday = closedDates(holidays, observed, Number(date.slice(0, 4))).get(date);
    if (holiday === undefined) return [];
    return [{ id: rule.id, citation: rule.citation, sentence: closedSentence(rule.jurisdiction, holiday) }];
  });
  return [...closures, ...closedDays];
}

/** What a rule opens on a weekday, 1 (Monday) to 7. A weekday that it does not name is closed. */
export function spansOn({ values }: HoursRule, weekday: number): readonly Span[] {
  return Object.entries(values.days).flatMap(([days, times]) => {
    const [first = '', last = first] = days.split('-');
    const isNamed = DAYS.indexOf(first) + 1 <= weekday && weekday <= DAYS.indexOf(last) + 1;
    return isNamed ? (times ?? []).map(readSpan) : [];
  });
}

function readSpan(text: string): Span {
  const [from = '', to = ''] = text.split('-');
  return { from: minuteOf(from), to: minuteOf(to) };
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** What lies inside both. */
function inside(a: readonly Span[], b: readonly Span[]): readonly Span[] {
  return a
    .flatMap((one) =>
      b.map((other) => ({ from: Math.max(one.from, other.from), to: Math.min(one.to, other.to) })),
    )
    .filter(({ from, to }) => from < to)
    .sort((one, other) => one.from - other.from);
}

/** Whether a rule is one of those that make the day as short as it is. */
function drawsLine(own: readonly Span[], all: readonly Span[]): boolean {
  if (all.length === 0) return own.length === 0 || !own.some(({ from, to }) => to - from >= DAY_MINUTES);
  return own.some((one) => all.some(({ from, to }) => one.from === from || one.to === to));
}
