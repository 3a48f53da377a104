import type { Rehearsal } from '../../shared/contract/rehearsal.ts';
import { HOUR_MS, type Instant, MINUTE_MS } from '../../shared/lib/instants.ts';
import { type Zone, isZone, localTime } from '../../shared/lib/zoned-time.ts';

/** A rehearsal as a supervisor would tell it to another. */
export function rehearsedInSentences(rehearsed: Omit<Rehearsal, 'sentences'>): string[] {
  const { dials, talks, talkMs, contacts, reached, exhausted } = rehearsed;
  return [
    howItEnds(rehearsed),
    dials === 0
      ? 'Nobody was rung.'
      : `${counted(dials, 'call')} to ${countText(contacts)} contacts led to ${counted(talks, 'talk')} of ${spanText(talkMs / Math.max(1, talks))} each.`,
    `${countText(reached)} of ${countText(contacts)} people are reached by then; ${countText(exhausted)} have no attempt left.`,
    ...(dials === 0 || rehearsed.agents === 0 ? [] : [agentsInWords(rehearsed)]),
    ...costInWords(rehearsed),
    basisInWords(rehearsed),
  ];
}

function howItEnds({ finishedAt, from, to, zone, agents }: Omit<Rehearsal, 'sentences'>): string {
  const who = agents === 0 ? 'Dialing by itself' : `With ${counted(agents, 'agent')}`;
  if (finishedAt !== null)
    return `${who} from ${dayAndTime(from, zone)}, everybody is finished on ${dayAndTime(finishedAt, zone)}.`;
  return `${who} from ${dayAndTime(from, zone)}, the campaign is not finished by ${dayAndTime(to, zone)}.`;
}

function agentsInWords({ talkMsPerHour, idleMsPerAgent }: Omit<Rehearsal, 'sentences'>): string {
  return `Each agent talks ${spanText(talkMsPerHour)} of every hour at work, and waits for somebody to ring for ${spanText(idleMsPerAgent)} in all.`;
}

function costInWords({ costMicros, currency, dials }: Omit<Rehearsal, 'sentences'>): string[] {
  if (dials === 0 || currency === null) return [];
  return [`The calls cost about ${moneyText(costMicros, currency)} at the simulator’s prices.`];
}

function basisInWords({ basis }: Omit<Rehearsal, 'sentences'>): string {
  return basis.from === 'history'
    ? `People answer and talk as they did in the last ${countText(basis.calls)} calls of this campaign.`
    : 'People answer and talk as they usually do: this campaign has made too few calls to tell.';
}

export function moneyText(micros: number, currency: string): string {
  return (micros / 1_000_000).toLocaleString('en-US', { style: 'currency', currency });
}

export function spanText(ms: number): string {
  if (ms < 2 * MINUTE_MS) return counted(Math.round(ms / 1_000), 'second');
  if (ms < 2 * HOUR_MS) return counted(Math.round(ms / MINUTE_MS), 'minute');
  const minutes = Math.round(ms / MINUTE_MS);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

export function dayAndTime(at: Instant, zone: Zone): string {
  const { weekday, date, minute } = localTime(at, isZone(zone) ? zone : 'UTC');
  return `${DAYS[weekday - 1]} ${date}, ${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
}

function counted(count: number, what: string): string {
  return `${countText(count)} ${what}${count === 1 ? '' : 's'}`;
}

function countText(count: number): string {
  return count.toLocaleString('en-US');
}
