import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ScheduledReportRow } from '../../../shared/contract/report-files.ts';
import type { ReportQuestion } from '../../../shared/domain/report.ts';
import { useClient } from '../../data/client.tsx';
import { useWish } from '../../data/desk.ts';
import { answered } from '../../data/queries.ts';
import { exactText } from '../../data/words.ts';
import { Loaded } from '../../frame/Loaded.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import type { Choices } from './ReportsScreen.tsx';
import { ScheduledForm } from './ScheduledForm.tsx';
import { rhythmText } from './words.ts';

interface ScheduledDialogProps {
  question: ReportQuestion;
  choices: Choices;
  onClose: () => void;
}

/** Reports that go into a folder by themselves, each with what came of it the last time. */
export function ScheduledDialog({ question, choices, onClose }: ScheduledDialogProps) {
  const { reportFiles } = useClient();
  const all = useQuery({
    queryKey: ['scheduled-reports'],
    queryFn: () => answered(reportFiles.scheduled()),
  });
  const [edited, setEdited] = useState<ScheduledReportRow | 'new' | null>(null);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="lg"
      title="Scheduled reports"
      description="Made at their time while Parley runs. One that was missed because Parley was closed is made at the next start, and says so."
      footer={
        edited === null ? (
          <>
            <Button onClick={onClose}>Close</Button>
            <Button variant="primary" onClick={() => setEdited('new')}>
              Add one
            </Button>
          </>
        ) : undefined
      }
    >
      <Loaded query={all} label="Loading" what="The scheduled reports could not be read." rows={3}>
        {(known) =>
          edited === null ? (
            <List reports={known.reports} onEdit={setEdited} />
          ) : (
            <ScheduledForm
              key={edited === 'new' ? 'new' : edited.id}
              report={edited === 'new' ? null : edited}
              question={question}
              choices={choices}
              known={known}
              onDone={() => setEdited(null)}
            />
          )
        }
      </Loaded>
    </Dialog>
  );
}

interface ListProps {
  reports: readonly ScheduledReportRow[];
  onEdit: (report: ScheduledReportRow) => void;
}

function List({ reports, onEdit }: ListProps) {
  const { reportFiles } = useClient();
  const wish = useWish();
  const [making, setMaking] = useState<number | null>(null);
  const make = async (id: number) => {
    setMaking(id);
    await wish(reportFiles.makeNow({ id }));
    setMaking(null);
  };
  if (reports.length === 0)
    return <p className="text-muted">There is none yet. Add one, and it is put into a folder by itself.</p>;
  return (
    <ul className="flex flex-col gap-3">
      {reports.map((report) => (
        <li key={report.id} className="flex flex-col gap-1 rounded-md border p-3">
          <div className="flex flex-wrap items-center gap-2">
            <h3 className="min-w-0 flex-1 truncate font-semibold">{report.name}</h3>
            <Button
              size="sm"
              aria-label={`Make now: ${report.name}`}
              disabledReason={making === null ? null : 'One is being made.'}
              onClick={() => void make(report.id)}
            >
              Make now
            </Button>
            <Button size="sm" aria-label={`Change ${report.name}`} onClick={() => onEdit(report)}>
              Change
            </Button>
            <Button
              size="sm"
              aria-label={`Delete ${report.name}`}
              onClick={() => void wish(reportFiles.unschedule({ id: report.id }))}
            >
              Delete
            </Button>
          </div>
          <p className="text-sm">
            {rhythmText(report)}
            {report.nextAt === null ? '. Switched off.' : `. Next ${exactText(report.nextAt)}.`}
          </p>
          <p className="text-sm break-all text-muted">{report.folder}</p>
          {report.last !== null && (
            <p data-tone={report.last.isGood ? 'good' : 'bad'} className="text-sm text-tone">
              {exactText(report.last.madeAt)}: {report.last.sentence}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
