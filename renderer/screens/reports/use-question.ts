import { useNavigate, useSearch } from '@tanstack/react-router';
import {
  REPORT_RANGES,
  REPORT_STEPS,
  type ReportQuestion,
  type ReportRange,
  type ReportStep,
  rangeNamed,
} from '../../../shared/domain/report.ts';
import { firstInstant } from '../../../shared/lib/zoned-time.ts';
import type { Choices } from './ReportsScreen.tsx';

/** What is kept in the address; what is left out is as usual. */
export interface ReportSearch {
  readonly range?: ReportRange | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly zone?: string | undefined;
  readonly campaign?: number | undefined;
  readonly agent?: number | undefined;
  readonly by?: ReportStep | undefined;
}

const USUAL: ReportRange = 'last-30';

/** Anything may stand in an address; what is not known is as if it did not. */
export function reportSearch(search: Record<string, unknown>): ReportSearch {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  const id = (value: unknown) => (typeof value === 'number' && value > 0 ? value : undefined);
  return {
    range: REPORT_RANGES.find((each) => each === search.range),
    from: text(search.from),
    to: text(search.to),
    zone: text(search.zone),
    campaign: id(search.campaign),
    agent: id(search.agent),
    by: REPORT_STEPS.find((each) => each === search.by),
  };
}

/** The question in the address, and the way to another. */
export function useQuestion(choices: Choices) {
  const search = useSearch({ from: '/reports' });
  const navigate = useNavigate();
  const zone = search.zone ?? choices.zone;
  // Noon of today by the workspace’s own calendar: in other zones it may be another day, by a few hours.
  const now = firstInstant(choices.today, 12 * 60, choices.zone);
  const named = rangeNamed(search.range ?? USUAL, now, zone);
  const question: ReportQuestion = {
    from: search.from ?? named.from,
    to: search.to ?? named.to,
    zone,
    campaignId: search.campaign ?? null,
    agentId: search.agent ?? null,
    by: search.by ?? 'day',
  };
  return {
    question,
    ask: (change: ReportSearch) =>
      void navigate({ to: '/reports', search: { ...search, ...change }, replace: true }),
  };
}
