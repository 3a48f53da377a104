import type { ReportInsights } from '../../shared/contract/report-insights.ts';
import { tokenText } from '../../shared/domain/filter-tokens.ts';
import { latencyLedger } from '../../shared/domain/latency.ts';
import { QUARTER_MS, type Span } from '../../shared/domain/report.ts';
import { type Instant, instant, later } from '../../shared/lib/instants.ts';
import { campaignById } from '../store/campaigns.ts';
import type { ReadDb } from '../store/open.ts';
import {
  type AnsweredCount,
  MEASURED,
  type Measured,
  type ScriptCount,
  answersIn,
  enrolledIn,
  momentsIn,
  reachedIn,
  scriptPairs,
  scriptsIn,
} from '../store/report-insights.ts';
import type { ReportScope, ReportSums } from '../store/report-reads.ts';
import { scriptById } from '../store/scripts.ts';

/** Calls whose every step is looked at: the latest of the range. All of a year’s would take seconds. */
export const MEASURED_MAX = 2_000;

type FilterWithin = (span: Span, more?: string) => string;

/** How far calls came, who answered them, how scripts compare and how long each step took. */
export function insightsOf(
  db: ReadDb,
  scope: ReportScope,
  sums: ReportSums,
  within: FilterWithin,
): ReportInsights {
  const { from, until, campaignId, agentId } = scope;
  const campaign = campaignId === null || agentId !== null ? null : campaignById(db, campaignId);
  const span = { from, until };
  const total = { dials: 0, answered: 0, talks: 0, successes: 0 };
  for (const each of sums.slots.values())
    for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += each[key];
  const step = (name: ReportInsights['funnel'][number]['step'], calls: number, only = '') => ({
    step: name,
    calls,
    filter: within(span, only),
  });
  return {
    // People belong to campaigns and not to agents.
    enrolled: agentId === null ? enrolledIn(db, campaignId) : null,
    enrolledFilter: campaign === null ? null : tokenText('campaign', campaign.name),
    funnel: [
      step('dialed', total.dials),
      step('answered', total.answered, 'has:answer'),
      step('talked', total.talks, 'has:talk'),
      step('right-person', sums.ofAgent?.reached ?? reachedIn(db, scope), 'has:reached'),
      step('success', total.successes, 'has:success'),
    ],
    answers: answersOf(sums.ofAgent?.answers ?? answersIn(db, scope), scope, within),
    latency: latencyOf(db, scope, sums, within),
    ...scriptsOf(db, scope, within),
  };
}

function answersOf(
  counted: readonly AnsweredCount[],
  scope: ReportScope,
  within: FilterWithin,
): ReportInsights['answers'] {
  const counts = { human: 0, machine: 0, fax: 0, unknown: 0 };
  for (const { answeredBy, calls } of counted) {
    if (answeredBy.startsWith('machine')) counts.machine += calls;
    else counts[answeredBy === 'human' || answeredBy === 'fax' ? answeredBy : 'unknown'] += calls;
  }
  return (['human', 'machine', 'fax', 'unknown'] as const).map((who) => ({
    who,
    calls: counts[who],
    filter: within(scope, `answered-by:${who}`),
  }));
}

/** From the last quarters of the range that hold no more calls than are looked at, so that all of theirs are. */
function latencyOf(
  db: ReadDb,
  scope: ReportScope,
  { slots }: ReportSums,
  within: FilterWithin,
): ReportInsights['latency'] {
  const from = measuredFrom(scope, slots);
  const span = { from, until: scope.until };
  const all = momentsIn(db, { ...scope, from });
  const took = new Map<Measured, number[]>(MEASURED.map((step) => [step, []]));
  for (const moments of all)
    for (const { step, sinceMs } of latencyLedger(moments))
      if (sinceMs !== null && step !== 'wished') took.get(step)!.push(sinceMs);
  return {
    from,
    calls: all.length,
    filter: within(span),
    steps: MEASURED.map((step) => {
      const sorted = took.get(step)!.sort((a, b) => a - b);
      const p95 = percentile(sorted, 0.95);
      return {
        step,
        calls: sorted.length,
        p50: percentile(sorted, 0.5),
        p95,
        max: sorted.at(-1) ?? null,
        filter: within(span, `waited:${step}>=0ms`),
        slow: p95 === null ? 0 : sorted.filter((ms) => ms >= p95).length,
        slowFilter: within(span, `waited:${step}>=${p95 ?? 0}ms`),
      };
    }),
  };
}

function measuredFrom({ from }: ReportScope, slots: ReportSums['slots']): Instant {
  let calls = 0;
  let first: number | null = null;
  for (const [slot, { dials }] of [...slots].sort(([a], [b]) => b - a)) {
    calls += dials;
    if (calls > MEASURED_MAX && first !== null) return later(from, instant(first * QUARTER_MS));
    first = slot;
  }
  return from;
}

/** The least value that so large a part of all is no greater than. */
export function percentile(sorted: readonly number[], part: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? null;
}

interface ScriptsTold {
  readonly scripts: ReportInsights['scripts'];
  readonly scriptRows: ReportInsights['scriptRows'];
}

function scriptsOf(db: ReadDb, scope: ReportScope, within: FilterWithin): ScriptsTold {
  const counts = new Map(scriptsIn(db, scope).map((each) => [each.scriptId, each]));
  const figures = (id: number) => {
    const { talks, successes, scored, score }: Omit<ScriptCount, 'scriptId'> = counts.get(id) ?? NONE;
    const filter = within(scope, `script:${id}`);
    const script = scriptById(db, id);
    return {
      id,
      name: script?.name ?? 'A script that is gone',
      version: script?.version ?? 1,
      talks,
      successes,
      score: scored === 0 ? null : score / scored,
      filter,
      successFilter: `${filter} has:success`,
    };
  };
  return {
    scripts: scriptPairs(db, scope.campaignId).map(({ campaignId, campaign, firstId, secondId }) => ({
      campaignId,
      campaign,
      first: figures(firstId),
      second: figures(secondId),
    })),
    scriptRows: [...counts.keys()]
      .map(figures)
      .sort((a, b) => (b.score ?? -1) - (a.score ?? -1) || b.successes / b.talks - a.successes / a.talks)
      .slice(0, SCRIPTS_MAX),
  };
}

/** More than these nobody compares by eye. */
const SCRIPTS_MAX = 50;
const NONE = { talks: 0, successes: 0, scored: 0, score: 0 };
