import type { Rehearsal } from '../../shared/contract/rehearsal.ts';
import { titleOf } from '../../shared/domain/verdict-words.ts';
import { HOUR_MS, type Instant, after, earlier, later } from '../../shared/lib/instants.ts';
import { type Standing, weighing } from '../dialer/weigh.ts';
import type { Kernel } from '../kernel.ts';
import { keptCampaign } from '../store/campaigns.ts';
import { enrolmentCounts } from '../store/enrolments.ts';
import {
  type AgentTime,
  agentCallsSince,
  agentTimeBetween,
  contactsReached,
  figuresBetween,
  lastOutcomeAt,
} from '../store/rehearsal-figures.ts';
import type { RehearsalOrder } from './order.ts';
import type { Stage } from './prepare.ts';
import { rehearsedInSentences } from './words.ts';

type Kept = Pick<Rehearsal, 'log' | 'logLines' | 'logHash'>;

/** What a rehearsal came to, read from the copy it was lived on. */
export function reportOn(
  order: RehearsalOrder,
  { people }: Stage,
  kernel: Kernel,
  basis: { readonly from: 'history' | 'usual'; readonly calls: number },
  log: Kept,
): Rehearsal {
  const { db, clock } = kernel;
  const { campaignId, from, hours, seed } = order;
  const agents = people.length;
  const to = after(from, hours * HOUR_MS);
  const end = later(to, clock.now());
  const standing = standingAt(kernel, campaignId, end);
  const reachedEver = contactsReached(db, campaignId, 0 as Instant);
  const neverReached: Rehearsal['neverReached'] = whyNeverReached(standing, reachedEver);
  const times = agentTimeBetween(db, from, end);
  const calls = new Map(agentCallsSince(db, campaignId, from).map((each) => [each.agentId, each]));
  const all = figuresBetween(db, campaignId, from, end);
  const workMs = sumOf(times, () => true);
  const byAgent = people.map(({ id, name }) => {
    const { dials = 0, talks = 0, talkMs = 0 } = calls.get(id) ?? {};
    const own = times.filter(({ agentId }) => agentId === id);
    return { name, dials, talks, talkMs, wrapUpMs: sumOf(own, isWrapUp), idleMs: sumOf(own, isIdle) };
  });
  const rehearsal = {
    agents,
    hours,
    seed,
    zone: keptCampaign(db, campaignId)?.rules.zone ?? 'UTC',
    from,
    to,
    finishedAt: finishedAt(kernel, campaignId, from),
    ...all,
    talkMsPerHour: workMs === 0 ? 0 : Math.round((all.talkMs * HOUR_MS) / workMs),
    idleMsPerAgent: Math.round(sumOf(times, isIdle) / Math.max(1, agents)),
    contacts: standing.total,
    reached: reachedEver.size,
    exhausted: neverReached.find(({ rule }) => rule === 'attempts-spent')?.count ?? 0,
    neverReached,
    byAgent,
    byHour: hoursOf(kernel, campaignId, from, end),
    basis: { from: basis.from, calls: basis.calls },
    ...log,
  };
  return { ...rehearsal, sentences: rehearsedInSentences(rehearsal) };
}

const isIdle = ({ kind }: AgentTime) => kind === 'ready';
const isWrapUp = ({ kind }: AgentTime) => kind === 'wrap-up';

function sumOf(times: readonly AgentTime[], which: (time: AgentTime) => boolean): number {
  return times.filter(which).reduce((sum, { ms }) => sum + ms, 0);
}

/** The verdict on everybody at the end: the very one that "why not called" shows. */
function standingAt({ db, law }: Kernel, campaignId: number, asOf: Instant): Standing {
  const run = weighing(db, campaignId, asOf, { law, carrier: null });
  for (let step = run.next(); ; step = run.next()) {
    if (step.done !== true) continue;
    if (step.value === null) throw new Error(`campaign ${campaignId} is gone from the copy`);
    return step.value;
  }
}

function whyNeverReached({ ring, heldBack }: Standing, reached: ReadonlySet<number>) {
  const left = (ids: readonly number[]) => ids.filter((id) => !reached.has(id)).length;
  const free = {
    rule: 'ring',
    title: 'No agent got to them',
    count: left(ring),
    sentence: 'They may be rung, and wait for an agent.',
  };
  const held = heldBack.map(({ rule, sentence, contactIds }) => {
    return { rule, title: titleOf(rule), count: left(contactIds), sentence };
  });
  return [...held, free].filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
}

function finishedAt({ db }: Kernel, campaignId: number, from: Instant): Instant | null {
  const { open, 'in-hand': inHand } = enrolmentCounts(db, campaignId);
  return open + inHand > 0 ? null : lastOutcomeAt(db, campaignId, from);
}

function hoursOf({ db }: Kernel, campaignId: number, from: Instant, end: Instant): Rehearsal['byHour'] {
  const hours: Rehearsal['byHour'] = [];
  for (let at = from; at < end; at = after(at, HOUR_MS)) {
    const to = earlier(after(at, HOUR_MS), end);
    const { dials, talks, talkMs } = figuresBetween(db, campaignId, at, to);
    const idleMs = sumOf(agentTimeBetween(db, at, to), isIdle);
    // The last minutes of waiting for bills are no hour of anybody's work.
    if (hours.length >= (end - from) / HOUR_MS - 1 && dials === 0 && idleMs === 0) continue;
    hours.push({ at, dials, talks, talkMs, idleMs });
  }
  return hours;
}
