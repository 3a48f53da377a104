import { CalendarClock, Download } from 'lucide-react';
import { useState } from 'react';
import type { ReportQuestion } from '../../../shared/domain/report.ts';
import type { ReportFormat } from '../../../shared/domain/scheduled-report.ts';
import { useClient } from '../../data/client.tsx';
import { useWish } from '../../data/desk.ts';
import { download } from '../../data/files.ts';
import { useHello } from '../../data/hello.ts';
import { useTell } from '../../data/message.ts';
import { useWhyNotAllowed } from '../../data/roles.ts';
import { useKeys } from '../../keys/KeysProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { useToasts } from '../../ui/Toaster.tsx';
import type { Choices } from './ReportsScreen.tsx';
import { ScheduledDialog } from './ScheduledDialog.tsx';

interface ExportMenuProps {
  question: ReportQuestion;
  choices: Choices;
  whyNot: string | null;
}

/** The report as a file, now or by itself. */
export function ExportMenu({ question, choices, whyNot }: ExportMenuProps) {
  const { reportFiles } = useClient();
  const { host } = useHello();
  const wish = useWish();
  const tell = useTell();
  const toasts = useToasts();
  const notAllowed = useWhyNotAllowed('supervisor');
  const [isScheduling, setScheduling] = useState(false);
  const why = notAllowed ?? whyNot;
  const save = async (format: ReportFormat) => {
    tell('The report is being written.');
    const file = await wish(reportFiles.save({ question, format }));
    if (file === null) return;
    if (file.link !== null) download(file.link, file.name);
    else if (!file.isSaved) return tell('The report was not saved.');
    toasts.show({ text: `The report is in ${file.name}.` });
  };
  // A browser prints by its own dialog, which also saves as PDF; the desktop program makes the file itself.
  const print = () => (host === 'electron' ? void save('pdf') : window.print());
  useKeys('screen', [
    {
      id: 'reports.csv',
      keys: 'x',
      title: 'Export the report as CSV',
      run: () => void save('csv'),
      whyNot: why,
    },
  ]);
  return (
    <>
      <Menu
        align="end"
        trigger={
          <Button size="sm" icon={<Download />} disabledReason={why}>
            Export
          </Button>
        }
        sections={[
          {
            title: `${question.from} to ${question.to}`,
            items: [
              { label: 'As CSV', run: () => void save('csv'), shortcut: 'x' },
              { label: 'As Excel workbook', run: () => void save('xlsx') },
              { label: host === 'electron' ? 'As PDF' : 'Print, or save as PDF…', run: print },
            ],
          },
        ]}
      />
      <Button
        size="sm"
        icon={<CalendarClock />}
        disabledReason={notAllowed}
        onClick={() => setScheduling(true)}
      >
        Scheduled…
      </Button>
      {isScheduling && (
        <ScheduledDialog question={question} choices={choices} onClose={() => setScheduling(false)} />
      )}
    </>
  );
}
