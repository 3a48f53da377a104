import type { Instant } from '../lib/instants.ts';

/* What Parley does, in sentences: the tray, the status bar and the live board say the same. */

/** The little of a standing that its words take. `shared/contract/standing.ts` has all of it. */
export interface StandingFacts {
  readonly state: 'resting' | 'running' | 'paused' | 'trouble';
  readonly paused: { readonly since: Instant; readonly by: string } | null;
  readonly running: readonly RunningFacts[];
  readonly waiting: readonly WaitingFacts[];
  readonly checking: readonly { readonly since: Instant }[];
  readonly troubles: readonly { readonly title: string }[];
  readonly underWay: number;
  readonly today: number;
  readonly scheduled: number;
}

export interface RunningFacts {
  readonly name: string;
  readonly voice: 'agent' | 'ai' | 'recorded';
  readonly agents: number;
  readonly underWay: number;
  readonly today: number;
}

export interface WaitingFacts {
  readonly what: 'campaign' | 'schedules' | 'callback';
  readonly name: string;
  /** Who speaks; null where it is no campaign. */
  readonly voice: 'agent' | 'ai' | 'recorded' | null;
  readonly at: Instant | null;
  readonly why: string;
}

/** Writes an instant as the person at the screen reads a clock. */
export type TimeOf = (at: Instant) => string;

/** One line that says it all: for the tray’s first line and the status bar. */
export function standingInWords(standing: StandingFacts, timeOf: TimeOf): string {
  const { state, paused, running, waiting, troubles, underWay } = standing;
  const [trouble] = troubles;
  if (paused !== null) return `All calling paused by ${paused.by} since ${timeOf(paused.since)}`;
  const lines = underWay > 0 ? `${counted(underWay, 'call')} under way` : null;
  if (state === 'trouble' && trouble !== undefined)
    return lines === null ? trouble.title : `${trouble.title}; ${lines}`;
  if (lines !== null) return lines;
  if (running.length > 0) return 'Ready to call; nobody is on the line';
  const next = waiting.map(({ at }) => at).filter((at) => at !== null);
  if (next.length > 0)
    return `Waiting; next at ${timeOf(next.reduce((first, at) => (at < first ? at : first)))}`;
  return waiting.length > 0 ? 'Waiting' : 'Nothing to call';
}

/** `Spring: 2 calls under way, 84 today`. */
export function runningInWords({ name, voice, agents, underWay, today }: RunningFacts): string {
  const by = voice === 'agent' ? `, ${counted(agents, 'agent')}` : '';
  return `${name}: ${underWay === 0 ? 'no call' : counted(underWay, 'call')} under way, ${today} today${by}`;
}

/** `Spring waits for 14:30. It is night where they are.` */
export function waitingInWords({ what, name, at, why }: WaitingFacts, timeOf: TimeOf): string {
  const when = at === null ? 'waits' : `waits for ${timeOf(at)}`;
  if (what === 'schedules') return `Scheduled calls: the next is at ${at === null ? '…' : timeOf(at)}`;
  if (what === 'callback') return `Promised callback at ${at === null ? '…' : timeOf(at)}`;
  return `${name} ${when}. ${why}`;
}

/** What is being asked, since when, and what that means for the number. */
export function checkingInWords({ since }: { readonly since: Instant }, timeOf: TimeOf): string {
  return `Asking the carrier since ${timeOf(since)} whether this call was placed. The number stays locked until we know.`;
}

export function checkedInWords(count: number): string {
  return `${counted(count, 'call')} being checked`;
}

/** What stands still when Parley is closed; null where nothing does. */
export function stopsInWords({ running, waiting, scheduled }: StandingFacts): string | null {
  const campaigns = [...running, ...waiting].filter(({ voice }) => voice === 'ai' || voice === 'recorded');
  const parts = [
    campaigns.length === 0 ? null : counted(campaigns.length, 'campaign'),
    scheduled === 0 ? null : counted(scheduled, 'scheduled call'),
  ].filter((part) => part !== null);
  if (parts.length === 0) return null;
  const verb = campaigns.length + scheduled === 1 ? 'stands' : 'stand';
  return `While Parley is closed, ${parts.join(' and ')} ${verb} still. What falls due meanwhile is missed, not made up for.`;
}

function counted(count: number, one: string): string {
  return `${count} ${count === 1 ? one : `${one}s`}`;
}
