import { type FormEvent, useState } from 'react';
import type { ScheduledReportRow, ScheduledReportWish } from '../../../shared/contract/report-files.ts';
import { REPORT_RANGES, REPORT_STEPS, type ReportQuestion } from '../../../shared/domain/report.ts';
import { REPORT_FORMATS, REPORT_RHYTHMS } from '../../../shared/domain/scheduled-report.ts';
import { useClient } from '../../data/client.tsx';
import { Button } from '../../ui/Button.tsx';
import { Checkbox, Switch } from '../../ui/Choices.tsx';
import { Combobox } from '../../ui/Combobox.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { RANGE_WORD } from './Question.tsx';
import type { Choices } from './ReportsScreen.tsx';
import { FORMAT_WORD, RHYTHM_WORD, WEEKDAYS, minuteIn, minuteText } from './words.ts';

interface ScheduledFormProps {
  report: ScheduledReportRow | null;
  question: ReportQuestion;
  choices: Choices;
  known: { readonly usualFolder: string; readonly mayChoose: boolean; readonly whyNoPdf: string | null };
  onDone: () => void;
}

/** One scheduled report, added or changed. */
export function ScheduledForm({ report, question, choices, known, onDone }: ScheduledFormProps) {
  const { reportFiles } = useClient();
  const [wish, setWish] = useState<ScheduledReportWish>(() => report ?? usual(question, known.usualFolder));
  const [time, setTime] = useState(minuteText(wish.minute));
  const [refusal, setRefusal] = useState<string | null>(null);
  const set = (change: Partial<ScheduledReportWish>) => setWish((before) => ({ ...before, ...change }));
  const minute = minuteIn(time);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (minute === null) return;
    const { name, range, by, campaignId, agentId, formats, rhythm, weekday, day, zone, folder, isOn } = wish;
    const answer = await reportFiles.schedule({
      id: report?.id ?? null,
      report: {
        name,
        range,
        by,
        campaignId,
        agentId,
        formats,
        rhythm,
        weekday,
        day,
        minute,
        zone,
        folder,
        isOn,
      },
    });
    if (answer.ok) onDone();
    else setRefusal(answer.error.sentence);
  };
  const chooseFolder = async () => {
    const answer = await reportFiles.chooseFolder();
    if (answer.ok && answer.value.folder !== null) set({ folder: answer.value.folder });
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <TextField
        label="Name"
        required
        value={wish.name}
        onChange={(name) => set({ name })}
        maxLength={60}
        error={refusal}
      />
      <div className="grid gap-4 two:grid-cols-3">
        <Select
          label="Days"
          value={wish.range}
          options={REPORT_RANGES.map((value) => ({ value, label: RANGE_WORD[value] }))}
          onChange={(range) => set({ range })}
        />
        <Select
          label="Step"
          value={wish.by}
          options={REPORT_STEPS.map((value) => ({ value, label: `By ${value}` }))}
          onChange={(by) => set({ by })}
        />
        <Combobox
          label="Campaign"
          value={String(wish.campaignId ?? 0)}
          options={everyOr('All campaigns', choices.campaigns)}
          onChange={(next) => set({ campaignId: Number(next) || null })}
        />
        <Combobox
          label="Agent"
          value={String(wish.agentId ?? 0)}
          options={everyOr('All agents', choices.agents)}
          onChange={(next) => set({ agentId: Number(next) || null })}
        />
        <Select
          label="How often"
          value={wish.rhythm}
          options={REPORT_RHYTHMS.map((value) => ({ value, label: RHYTHM_WORD[value] }))}
          onChange={(rhythm) => set({ rhythm })}
        />
        {wish.rhythm === 'weekly' && (
          <Select
            label="Weekday"
            value={String(wish.weekday)}
            options={WEEKDAYS.map((label, nth) => ({ value: String(nth + 1), label }))}
            onChange={(next) => set({ weekday: Number(next) })}
          />
        )}
        {wish.rhythm === 'monthly' && (
          <NumberField
            label="Day of the month"
            description="In a shorter month its last day."
            min={1}
            max={31}
            value={wish.day}
            onChange={(day) => set({ day: day ?? 1 })}
          />
        )}
        <TextField
          label="At"
          value={time}
          onChange={setTime}
          maxLength={5}
          error={minute === null ? 'Write it like 08:00.' : undefined}
        />
        <Combobox
          label="Time zone"
          value={wish.zone}
          options={choices.zones.map((value) => ({ value, label: value }))}
          onChange={(zone) => set({ zone: zone ?? wish.zone })}
        />
      </div>
      <fieldset className="flex flex-wrap gap-4">
        <legend className="mb-1 text-sm font-medium">Files</legend>
        {REPORT_FORMATS.map((format) => (
          <Checkbox
            key={format}
            label={FORMAT_WORD[format]}
            description={format === 'pdf' ? (known.whyNoPdf ?? undefined) : undefined}
            disabled={format === 'pdf' && known.whyNoPdf !== null}
            checked={wish.formats.includes(format)}
            onChange={(isOn) =>
              set({
                formats: REPORT_FORMATS.filter((each) =>
                  each === format ? isOn : wish.formats.includes(each),
                ),
              })
            }
          />
        ))}
      </fieldset>
      <div className="flex flex-wrap items-center gap-2 text-sm">
        <span className="font-medium">Folder</span>
        <code className="min-w-0 rounded-sm bg-sunken px-2 py-1 break-all select-text">{wish.folder}</code>
        {known.mayChoose && (
          <Button size="sm" onClick={() => void chooseFolder()}>
            Choose…
          </Button>
        )}
      </div>
      <Switch label="Made by itself" checked={wish.isOn} onChange={(isOn) => set({ isOn })} />
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" disabledReason={whyNot(wish, minute)}>
          Save
        </Button>
      </div>
    </form>
  );
}

function whyNot({ name, formats }: ScheduledReportWish, minute: number | null): string | null {
  if (name.trim() === '') return 'A name is needed.';
  if (formats.length === 0) return 'Choose at least one kind of file.';
  return minute === null ? 'Write the time like 08:00.' : null;
}

function usual({ zone, campaignId, agentId, by }: ReportQuestion, folder: string): ScheduledReportWish {
  return {
    name: '',
    range: 'yesterday',
    by,
    campaignId,
    agentId,
    formats: ['csv'],
    rhythm: 'daily',
    weekday: 1,
    day: 1,
    minute: 8 * 60,
    zone,
    folder,
    isOn: true,
  };
}

function everyOr(all: string, known: readonly { readonly id: number; readonly name: string }[]) {
  return [{ value: '0', label: all }, ...known.map(({ id, name }) => ({ value: String(id), label: name }))];
}
