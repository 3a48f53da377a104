import { useState } from 'react';
import type { DeskView } from '../../../shared/contract/desk.ts';
import { callbackTime } from '../../../shared/domain/callback-words.ts';
import { instant, MINUTE_MS } from '../../../shared/lib/instants.ts';
import { useClient } from '../../data/client.tsx';
import { useWish } from '../../data/desk.ts';
import { useClock } from '../../data/now.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useNow } from '../../ui/use-now.tsx';
import { attemptOf } from './desk-face.ts';
import { dayIn, clockIn, ownZone, whenWas } from './times.ts';

type Missing = DeskView['missing'][number];

/** Calls that ended while nobody could say anything about them. A quiet line, until they are told (law 6). */
export function MissingLine({ desk }: { desk: DeskView }) {
  const [open, setOpen] = useState(false);
  const inHand = attemptOf(desk);
  const missing = desk.missing.filter((each) => each.attemptId !== inHand);
  if (missing.length === 0) return null;
  return (
    <div data-tone="warn" className="flex h-6 shrink-0 items-center gap-2 bg-tone-tint px-4 text-sm">
      <span className="truncate">
        {missing.length === 1
          ? `The call with ${missing[0]!.name} has no outcome yet.`
          : `${missing.length} calls have no outcome yet.`}
      </span>
      <button
        type="button"
        className="target font-medium text-accent-text underline underline-offset-2"
        onClick={() => setOpen(true)}
      >
        {missing.length === 1 ? 'File it' : 'File them'}
      </button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Calls without an outcome"
        description="They ended while Parley was closed or the line was lost. Say what came of each; nothing else is held up."
      >
        {desk.session === null ? (
          <p>Start a session first: outcomes are filed within one.</p>
        ) : (
          <ul className="flex flex-col divide-y divide-line">
            {missing.map((each) => (
              <MissingRow key={each.attemptId} missing={each} dispositions={desk.dispositions} />
            ))}
          </ul>
        )}
      </Dialog>
    </div>
  );
}

function MissingRow({ missing, dispositions }: { missing: Missing; dispositions: DeskView['dispositions'] }) {
  const { desk } = useClient();
  const wish = useWish();
  const clock = useClock();
  const now = instant(useNow(MINUTE_MS));
  const zone = ownZone();
  const [chosenId, setChosen] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const [words, setWords] = useState('');
  const [isSure, setSure] = useState(false);
  const chosen = dispositions.find((each) => each.id === chosenId) ?? null;
  const time = chosen?.asksForTime === true ? callbackTime(words, now, zone) : null;

  const file = () => {
    if (chosen === null) return;
    if (chosen.needsConfirm && !isSure) return setSure(true);
    const at = chosen.asksForTime ? callbackTime(words, clock.now(), zone) : null;
    const callbackAt = at?.kind === 'at' ? at.at : null;
    void wish(desk.file({ attemptId: missing.attemptId, dispositionId: chosen.id, note, callbackAt }));
  };
  return (
    <li className="grid grid-cols-[1fr_auto] items-end gap-x-3 gap-y-1.5 py-3">
      <p className="col-span-2">
        <span className="font-medium">{missing.name}</span>{' '}
        <span className="text-muted">ended {whenWas(missing.endedAt, now, zone)}</span>
      </p>
      <Select
        label={`Outcome for ${missing.name}`}
        hideLabel
        placeholder="Outcome"
        value={chosenId}
        onChange={(id) => (setChosen(id), setSure(false))}
        options={dispositions.map((each) => ({ value: each.id, label: each.label, description: each.does }))}
      />
      <Button
        variant={isSure ? 'danger' : 'primary'}
        disabledReason={whyNotFiled(chosen, note, time)}
        onClick={file}
      >
        {isSure ? `Once more: ${chosen?.does}` : 'File'}
      </Button>
      {chosen?.asksForTime === true && (
        <TextField
          label="Call back, in your time"
          value={words}
          onChange={setWords}
          placeholder="2h, tomorrow 9, tue 10:30"
          description={
            time?.kind === 'at'
              ? `${dayIn(time.at, zone)}, ${clockIn(time.at, zone)} your time`
              : time?.sentence
          }
        />
      )}
      <TextField
        label={`Note on ${missing.name}`}
        hideLabel
        placeholder="Note"
        value={note}
        onChange={setNote}
      />
    </li>
  );
}

function whyNotFiled(
  chosen: DeskView['dispositions'][number] | null,
  note: string,
  time: ReturnType<typeof callbackTime> | null,
): string | null {
  if (chosen === null) return 'Choose an outcome first.';
  if (chosen.needsNote && note.trim() === '') return `“${chosen.label}” needs a note.`;
  return time?.kind === 'unclear' ? time.sentence : null;
}
