import type { Report, ReportTotals } from '../../shared/contract/reports.ts';
import { hourText } from '../../shared/domain/call-filter.ts';
import { tokenText } from '../../shared/domain/filter-tokens.ts';
import {
  QUARTER_MS,
  type ReportQuestion,
  type Span,
  daysIn,
  spanBefore,
  spanOfReport,
  stretchOf,
} from '../../shared/domain/report.ts';
import { inWholeSeconds } from '../../shared/domain/time-ledger.ts';
import type { SessionKind } from '../../shared/domain/session.ts';
import { HOUR_MS, type Instant } from '../../shared/lib/instants.ts';
import { addDays, firstInstant, localTime, offsetsOf } from '../../shared/lib/zoned-time.ts';
import { agentById } from '../store/agents.ts';
import { campaignById } from '../store/campaigns.ts';
import { type ReadDb, inOneReading } from '../store/open.ts';
import {
  type AgentTime,
  type ReportScope,
  type ReportSums,
  type SlotSum,
  agentCounts,
  agentTimes,
  sumsOf,
} from '../store/report-reads.ts';
import { insightsOf } from './insights.ts';

export interface ReportHome {
  readonly now: Instant;
  /** The workspace’s: its days need no instants in a filter. */
  readonly zone: string;
}

type Sum = { -readonly [K in keyof SlotSum]: SlotSum[K] };

const NOTHING: Readonly<Sum> = { dials: 0, answered: 0, talks: 0, talkMs: 0, successes: 0 };

/** Everything a report tells, read from one moment and from sums alone. */
export function makeReport(db: ReadDb, question: ReportQuestion, home: ReportHome): Report {
  return inOneReading(db, () => {
    const span = spanOfReport(question);
    const before = spanBefore(question, home.now);
    const { campaignId, agentId } = question;
    const grain = grainIn(question.zone);
    const scope = { ...span, campaignId, agentId, now: home.now, grain };
    const scopeBefore = { ...scope, ...before };
    const filters = filtersFor(db, question, home);
    const sums = sumsOf(db, scope);
    const { slots } = sums;
    const times = agentTimes(db, scope);
    return {
      ...span,
      asOf: home.now,
      filter: filters.within(span),
      filterBefore: filters.within(before),
      totals: totalsOf(sums, times),
      before: totalsOf(sumsOf(db, scopeBefore), agentTimes(db, scopeBefore)),
      trend: trendOf(slots, question, grain, filters),
      heat: heatOf(slots, question, span, filters),
      outcomes: sums.outcomes.map((outcome) => ({
        ...outcome,
        filter: filters.within(span, tokenText('outcome', outcome.label)),
      })),
      agents: agentsOf(db, scope, times, (name) => filters.within(span, tokenText('agent', name))),
      insights: insightsOf(db, scope, sums, filters.within),
    };
  });
}

function addTo(sum: Sum, more: Readonly<Sum>): void {
  sum.dials += more.dials;
  sum.answered += more.answered;
  sum.talks += more.talks;
  sum.talkMs += more.talkMs;
  sum.successes += more.successes;
}

function totalsOf({ slots, costs }: ReportSums, times: readonly AgentTime[]): ReportTotals {
  const sum = { ...NOTHING };
  for (const each of slots.values()) addTo(sum, each);
  const workMs = times.filter(({ kind }) => kind !== 'paused').reduce((total, { ms }) => total + ms, 0);
  return { ...sum, workMs, costs: [...costs] };
}

/** Stretch by stretch, those in which nothing happened as well. */
function trendOf(
  slots: ReadonlyMap<number, SlotSum>,
  { from, to, zone, by }: ReportQuestion,
  grain: number,
  filters: Filters,
): Report['trend'] {
  const stretches = new Map<string, Sum & { date: string; from: Instant; until: Instant }>();
  for (const date of daysIn(from, to)) {
    const span = { from: firstInstant(date, 0, zone), until: firstInstant(addDays(date, 1), 0, zone) };
    const first = stretchOf(date, by);
    const stretch = stretches.get(first) ?? { ...NOTHING, date: first, ...span };
    stretches.set(first, stretch);
    stretch.until = span.until;
    for (let slot = span.from / QUARTER_MS; slot < span.until / QUARTER_MS; slot += grain) {
      const sum = slots.get(slot);
      if (sum !== undefined) addTo(stretch, sum);
    }
  }
  return [...stretches.values()].map(({ from: begins, until, ...stretch }) => ({
    ...stretch,
    filter: filters.within({ from: begins, until }),
  }));
}

function heatOf(
  slots: ReadonlyMap<number, SlotSum>,
  { zone }: ReportQuestion,
  span: Span,
  filters: Filters,
): Report['heat'] {
  const cells = Array.from({ length: 168 }, (_, nth) => ({
    weekday: 1 + Math.floor(nth / 24),
    hour: nth % 24,
    dials: 0,
    talks: 0,
  }));
  const offset = offsetIn(zone);
  for (const [slot, { dials, talks }] of slots) {
    const at = slot * QUARTER_MS;
    // The first hour of 1970 was one of a Thursday.
    const cell = cells[(Math.floor((at + offset(at)) / HOUR_MS) + 72) % 168]!;
    cell.dials += dials;
    cell.talks += talks;
  }
  return cells.map((cell) => ({ ...cell, filter: filters.inHour(span, cell.weekday, cell.hour) }));
}

/** Nearly everywhere clocks are ahead by whole hours, and were since 2010. */
function grainIn(zone: string): 1 | 4 {
  return offsetsOf(zone).every(({ offsetMs }) => offsetMs % HOUR_MS === 0) ? 4 : 1;
}

/** How far a zone is ahead of UTC, asked for one instant after the other: a year has three stretches. */
function offsetIn(zone: string): (at: number) => number {
  const stretches = offsetsOf(zone);
  let nth = 0;
  return (at) => {
    while (nth > 0 && at < stretches[nth]!.from) nth -= 1;
    while (nth + 1 < stretches.length && at >= stretches[nth + 1]!.from) nth += 1;
    return stretches[nth]!.offsetMs;
  };
}

function agentsOf(
  db: ReadDb,
  scope: ReportScope,
  times: readonly AgentTime[],
  filterFor: (name: string) => string,
): Report['agents'] {
  const counted = agentCounts(db, scope);
  const known = new Set(counted.map(({ id }) => id));
  // Whoever waited all day without a call worked as well.
  const idle = [...new Set(times.map(({ agentId }) => agentId))].filter((id) => !known.has(id));
  const all = [
    ...counted,
    ...idle.map((id) => ({ ...NOTHING, id, name: agentById(db, id)?.name ?? 'Somebody who left' })),
  ];
  return all
    .map((agent) => ({ ...agent, filter: filterFor(agent.name), times: secondsOf(times, agent.id) }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

function secondsOf(times: readonly AgentTime[], id: number) {
  const own = times.filter(({ agentId }) => agentId === id);
  const shares = own.map(({ kind, ms }) => ({ kind: kind as SessionKind, reason: null, ms }));
  return inWholeSeconds(shares).map(({ kind, seconds }) => ({ kind, seconds }));
}

interface Filters {
  within(span: Span, more?: string): string;
  inHour(span: Span, weekday: number, hour: number): string;
}

/** The calls behind each number, as the list of calls is asked for them. */
function filtersFor(db: ReadDb, { campaignId, agentId, zone }: ReportQuestion, home: ReportHome): Filters {
  const campaign = campaignId === null ? null : campaignById(db, campaignId);
  const agent = agentId === null ? null : agentById(db, agentId);
  const who = [
    '-inbound',
    ...(campaign === null ? [] : [tokenText('campaign', campaign.name)]),
    ...(agent === null ? [] : [tokenText('agent', agent.name)]),
  ];
  // Whole days of our own read best; those of another zone are told by the clock of the world.
  const when = (at: Instant) => {
    const { date, minute } = localTime(at, home.zone);
    return zone === home.zone && minute === 0 ? date : minuteText(at);
  };
  const within = ({ from, until }: Span, more = '') =>
    [...who, more, `after:${when(from)}`, `before:${when(until)}`].filter((part) => part !== '').join(' ');
  return {
    within,
    inHour: (span, weekday, hour) =>
      within(span, `hour:${hourText(weekday, hour, zone === home.zone ? null : zone)}`),
  };
}

function minuteText(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 16)}Z`;
}
