import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Report } from '../../../shared/contract/reports.ts';
import { type ReportQuestion, SHAKY_UNDER, questionTrouble } from '../../../shared/domain/report.ts';
import { useClient } from '../../data/client.tsx';
import { answered } from '../../data/queries.ts';
import { exactText } from '../../data/words.ts';
import { Loaded } from '../../frame/Loaded.tsx';
import { Screen } from '../../frame/Screen.tsx';
import { Agents } from './Agents.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import { Funnel } from './Funnel.tsx';
import { HeatMap } from './HeatMap.tsx';
import { Kpis } from './Kpis.tsx';
import { Latency } from './Latency.tsx';
import { Outcomes } from './Outcomes.tsx';
import { Question } from './Question.tsx';
import { Scripts } from './Scripts.tsx';
import { Trend } from './Trend.tsx';
import { useQuestion } from './use-question.ts';
import { WhoAnswered } from './WhoAnswered.tsx';

/** What the calls of some days came to. Every number leads to the calls behind it. */
export function ReportsScreen() {
  const { reports } = useClient();
  const choices = useQuery({
    queryKey: ['reports', 'choices'],
    queryFn: () => answered(reports.choices()),
  });
  return (
    <Loaded query={choices} label="Loading the reports" what="The reports could not be read.">
      {(known) => <Asked choices={known} />}
    </Loaded>
  );
}

export interface Choices {
  readonly zone: string;
  readonly today: string;
  readonly zones: readonly string[];
  readonly campaigns: readonly { readonly id: number; readonly name: string }[];
  readonly agents: readonly { readonly id: number; readonly name: string }[];
}

function Asked({ choices }: { choices: Choices }) {
  const { reports } = useClient();
  const { question, ask } = useQuestion(choices);
  const wrong = questionTrouble(question);
  const report = useQuery({
    queryKey: ['reports', question],
    queryFn: () => answered(reports.read(question)),
    enabled: wrong === null,
    placeholderData: keepPreviousData,
  });
  const note =
    report.data === undefined
      ? undefined
      : `As of ${exactText(report.data.asOf)}${report.isFetching ? ', being counted anew…' : ''}`;
  return (
    <Screen
      title="Reports"
      note={note}
      actions={<ExportMenu question={question} choices={choices} whyNot={wrong} />}
    >
      <div className="flex flex-col gap-6 px-5 py-4">
        <Question question={question} choices={choices} trouble={wrong} onAsk={ask} />
        <Loaded query={report} label="Adding up" what="The report could not be added up." rows={12}>
          {(read) => <Told report={read} question={question} />}
        </Loaded>
      </div>
    </Screen>
  );
}

function Told({ report, question }: { report: Report; question: ReportQuestion }) {
  const { dials } = report.totals;
  const nobodyWorked = report.agents.length === 0;
  if (dials === 0)
    return (
      <>
        <p className="text-lg">
          No calls were made in these days. Choose other days, or another campaign or agent.
        </p>
        {!nobodyWorked && <Agents report={report} />}
      </>
    );
  return (
    <>
      {dials < SHAKY_UNDER && (
        <p data-tone="warn" className="text-tone">
          {dials === 1
            ? 'This is only one call: percentages of so few are shaky.'
            : `These are only ${dials} calls: percentages of so few are shaky.`}
        </p>
      )}
      <Kpis report={report} question={question} />
      <Trend report={report} question={question} />
      <Funnel report={report} />
      <Outcomes report={report} />
      <WhoAnswered report={report} />
      <Scripts report={report} />
      <HeatMap report={report} zone={question.zone} />
      <Agents report={report} />
      <Latency report={report} />
    </>
  );
}
