import { CalendarPlus, RefreshCw, Settings2 } from 'lucide-react';
import { useState } from 'react';
import type { ScheduledToday } from '../../../shared/contract/schedules.ts';
import { useClient } from '../../data/client.tsx';
import { useTell } from '../../data/message.ts';
import { useWhyNotAllowed } from '../../data/roles.ts';
import { counted, countText } from '../../data/words.ts';
import { Loaded } from '../../frame/Loaded.tsx';
import { useKeys } from '../../keys/KeysProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { JobsTable } from './JobsTable.tsx';
import { ScheduleDialog } from './ScheduleDialog.tsx';
import { SettingsDialog } from './SettingsDialog.tsx';
import { ScheduleTable } from './ScheduleTable.tsx';
import { useAct, useToday } from './use-schedules.ts';

/** Who is called day after day by a machine's voice, and how today's calls stand. */
export function SchedulesPanel() {
  const today = useToday();
  const notAllowed = useWhyNotAllowed('supervisor');
  const [open, setOpen] = useState<{ contactId: number | null } | null>(null);
  const [isSetting, setSetting] = useState(false);
  useKeys('screen', [
    {
      id: 'schedules.new',
      keys: 'n',
      title: 'New schedule',
      run: () => setOpen({ contactId: null }),
      whyNot: notAllowed,
    },
  ]);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2 border-b px-5 py-2">
        <Loaded
          query={today}
          label="Counting today’s calls"
          what="Today’s calls could not be counted."
          rows={1}
        >
          {(counts) => <Counts counts={counts} />}
        </Loaded>
        <span className="ml-auto flex items-center gap-2">
          <PlanButton notAllowed={notAllowed} />
          <Button icon={<Settings2 />} disabledReason={notAllowed} onClick={() => setSetting(true)}>
            How they are made…
          </Button>
          <Button
            variant="primary"
            icon={<CalendarPlus />}
            shortcut="n"
            disabledReason={notAllowed}
            onClick={() => setOpen({ contactId: null })}
          >
            New schedule
          </Button>
        </span>
      </div>
      <section
        aria-label="Schedules and their calls"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the keyboard needs this to scroll
        tabIndex={0}
        className="min-h-0 flex-1 overflow-auto focus-inset"
      >
        <h2 className="px-5 pt-3 text-lg font-semibold">Schedules</h2>
        <ScheduleTable
          notAllowed={notAllowed}
          onEdit={(contactId) => setOpen({ contactId })}
          onNew={() => setOpen({ contactId: null })}
        />
        <JobsTable notAllowed={notAllowed} />
      </section>
      {isSetting && <SettingsDialog onClose={() => setSetting(false)} />}
      {open !== null && <ScheduleDialog contactId={open.contactId} onClose={() => setOpen(null)} />}
    </div>
  );
}

/** Today in five figures. A definition list, so that each figure is read with its name. */
function Counts({ counts }: { counts: ScheduledToday }) {
  const figures = [
    ['To come', counts.scheduled],
    ['Calling', counts.started],
    ['Done', counts.completed],
    ['Failed', counts.failed],
    ['Canceled', counts.canceled],
  ] as const;
  return (
    <dl aria-label="Today’s calls" className="flex flex-wrap gap-x-5 gap-y-1">
      {figures.map(([name, count]) => (
        <div key={name} className="flex items-baseline gap-1.5">
          <dt className="text-sm text-muted">{name}</dt>
          <dd className="text-lg font-semibold tabular-nums">{countText(count)}</dd>
        </div>
      ))}
    </dl>
  );
}

function PlanButton({ notAllowed }: { notAllowed: string | null }) {
  const client = useClient();
  const act = useAct();
  const tell = useTell();
  const plan = async () => {
    const asking = client.schedules.planNow();
    if (!(await act(asking))) return;
    const answer = await asking;
    if (!answer.ok) return;
    const { planned, missed } = answer.value;
    const late = missed === 0 ? '' : ` ${counted(missed, 'call')} had been missed.`;
    tell(
      `${planned === 0 ? 'Nothing new to plan: the next 24 hours stand.' : `${counted(planned, 'call')} planned.`}${late}`,
    );
  };
  return (
    <Button icon={<RefreshCw />} disabledReason={notAllowed} onClick={() => void plan()}>
      Plan now
    </Button>
  );
}
