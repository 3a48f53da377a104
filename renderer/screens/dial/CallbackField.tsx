import { useState } from 'react';
import { instant, MINUTE_MS } from '../../../shared/lib/instants.ts';
import { localTime } from '../../../shared/lib/zoned-time.ts';
import { useKeys } from '../../keys/KeysProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { CONTROL } from '../../ui/styles.ts';
import { TextField } from '../../ui/TextField.tsx';
import { useNow } from '../../ui/use-now.tsx';
import { chipsAt, legalRemark } from './callback-chips.ts';
import { bothClocks, ownZone } from './times.ts';
import type { DraftInHand } from './use-draft.ts';
import type { Outcome } from './use-outcome.ts';

const CHIP = 'justify-between gap-1 font-normal';

/** When to call back, in words, with both clocks under it. */
export function CallbackField({ draft, outcome }: { draft: DraftInHand; outcome: Outcome }) {
  const { callbackRef, callback, zone } = outcome;
  const now = instant(useNow(MINUTE_MS));
  const [isFocused, setFocused] = useState(false);
  const [isPicking, setPicking] = useState(false);
  const write = (words: string) => draft.edit({ callback: words });
  const chips = chipsAt(now, zone);
  useKeys(
    'text',
    [
      ...chips.map((chip, index) => ({
        id: `callback.chip-${index + 1}`,
        keys: `alt+${index + 1}`,
        title: chip.label,
        run: () => write(chip.words),
      })),
      { id: 'callback.pick', keys: 'alt+4', title: 'Pick a date', run: () => setPicking(true) },
      { id: 'callback.file', keys: 'enter', title: 'Save the callback', run: outcome.save },
      {
        id: 'callback.leave',
        keys: 'esc',
        title: 'Leave the callback',
        run: () => callbackRef.current?.blur(),
      },
    ],
    { enabled: isFocused },
  );
  return (
    <div
      className="flex shrink-0 flex-col gap-1.5 border-t px-3 py-2"
      onFocus={() => setFocused(true)}
      onBlur={() => {
        setFocused(false);
        draft.flush();
      }}
    >
      <TextField
        ref={callbackRef}
        label="Call back, in their time"
        placeholder="2h, tomorrow 9, tue 10:30"
        autoComplete="off"
        value={draft.words.callback}
        onChange={write}
        error={callback?.kind === 'unclear' && draft.words.callback !== '' ? callback.sentence : null}
        description={<Meaning outcome={outcome} />}
      />
      <div className="grid grid-cols-2 gap-1">
        {chips.map((chip, index) => (
          <Button
            key={chip.label}
            size="sm"
            shortcut={`alt+${index + 1}`}
            className={CHIP}
            onClick={() => write(chip.words)}
          >
            {chip.label}
          </Button>
        ))}
        <Button
          size="sm"
          shortcut="alt+4"
          aria-expanded={isPicking}
          className={CHIP}
          onClick={() => setPicking(!isPicking)}
        >
          Pick a date
        </Button>
      </div>
      {isPicking && <DateAndTime today={localTime(now, zone).date} onPick={write} />}
    </div>
  );
}

function Meaning({ outcome: { callback, zone } }: { outcome: Outcome }) {
  if (callback?.kind !== 'at') return 'Words will do; hours are theirs.';
  const remark = callback.remark ?? legalRemark(callback.at, zone);
  return (
    <>
      <span className="font-medium text-text">{bothClocks(callback.at, zone, ownZone())}</span>
      {remark !== null && <span className="block">{remark}</span>}
    </>
  );
}

/** For those who would rather point than type. It writes the same words. */
function DateAndTime({ today, onPick }: { today: string; onPick: (words: string) => void }) {
  const [date, setDate] = useState('');
  const [time, setTime] = useState('09:00');
  const set = (nextDate: string, nextTime: string) => {
    setDate(nextDate);
    setTime(nextTime);
    if (nextDate !== '' && nextTime !== '') onPick(`${nextDate} ${nextTime}`);
  };
  return (
    <div className="flex gap-1.5">
      <input
        type="date"
        aria-label="Date, in their zone"
        min={today}
        value={date}
        onChange={(event) => set(event.target.value, time)}
        className={CONTROL}
      />
      <input
        type="time"
        aria-label="Time, in their zone"
        value={time}
        onChange={(event) => set(date, event.target.value)}
        className={CONTROL}
      />
    </div>
  );
}
