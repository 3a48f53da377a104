import { useSearch } from '@tanstack/react-router';
import {
  REPORT_RANGES,
  REPORT_STEPS,
  type ReportQuestion,
  type ReportRange,
} from '../../../shared/domain/report.ts';
import { Combobox } from '../../ui/Combobox.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import type { Choices } from './ReportsScreen.tsx';
import type { ReportSearch } from './use-question.ts';

export const RANGE_WORD: Readonly<Record<ReportRange, string>> = {
  today: 'Today',
  yesterday: 'Yesterday',
  'last-7': 'Last 7 days',
  'last-30': 'Last 30 days',
  'this-month': 'This month',
  'last-month': 'Last month',
  'last-365': 'Last 365 days',
};

interface QuestionProps {
  question: ReportQuestion;
  choices: Choices;
  trouble: string | null;
  onAsk: (change: ReportSearch) => void;
}

/** Which days, whose clocks, which calls. */
export function Question({ question, choices, trouble, onAsk }: QuestionProps) {
  const { range, from, to } = useSearch({ from: '/reports' });
  const { zone, campaignId, agentId, by } = question;
  const isOwnDays = from !== undefined || to !== undefined;
  const everyOr = (all: string, known: readonly { id: number; name: string }[]) => [
    { value: '0', label: all },
    ...known.map(({ id, name }) => ({ value: String(id), label: name })),
  ];
  return (
    <fieldset className="print:hidden grid grid-cols-1 gap-3 two:grid-cols-4 three:grid-cols-7">
      <legend className="sr-only">What the report is about</legend>
      <Select
        label="Days"
        value={isOwnDays ? 'own' : (range ?? 'last-30')}
        options={[
          ...REPORT_RANGES.map((value) => ({ value: value as string, label: RANGE_WORD[value] })),
          { value: 'own', label: 'Other days' },
        ]}
        onChange={(next) =>
          onAsk(
            next === 'own'
              ? { from: question.from, to: question.to }
              : { range: next as ReportRange, from: undefined, to: undefined },
          )
        }
      />
      <TextField
        label="From"
        value={question.from}
        error={trouble ?? undefined}
        onChange={(next) => onAsk({ from: next, to: question.to })}
        maxLength={10}
      />
      <TextField
        label="To"
        value={question.to}
        onChange={(next) => onAsk({ from: question.from, to: next })}
        maxLength={10}
      />
      <Select
        label="Step"
        value={by}
        options={REPORT_STEPS.map((value) => ({ value, label: `By ${value}` }))}
        onChange={(next) => onAsk({ by: next })}
      />
      <Combobox
        label="Time zone"
        value={zone}
        options={choices.zones.map((value) => ({
          value,
          label: value === choices.zone ? `${value} (ours)` : value,
        }))}
        onChange={(next) => onAsk({ zone: next ?? undefined })}
      />
      <Combobox
        label="Campaign"
        value={String(campaignId ?? 0)}
        options={everyOr('All campaigns', choices.campaigns)}
        onChange={(next) => onAsk({ campaign: Number(next) || undefined })}
      />
      <Combobox
        label="Agent"
        value={String(agentId ?? 0)}
        options={everyOr('All agents', choices.agents)}
        onChange={(next) => onAsk({ agent: Number(next) || undefined })}
      />
    </fieldset>
  );
}
