import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { instant, MINUTE_MS } from '../../../shared/lib/instants.ts';
import { localTime } from '../../../shared/lib/zoned-time.ts';
import { useClient } from '../../data/client.tsx';
import { answered } from '../../data/queries.ts';
import { useKeys } from '../../keys/KeysProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { SegmentedControl } from '../../ui/Choices.tsx';
import { CONTROL } from '../../ui/styles.ts';
import { TextField } from '../../ui/TextField.tsx';
import { useNow } from '../../ui/use-now.tsx';
import { chipsAt, promiseRemarks } from './callback-chips.ts';
import { bothClocks, ownZone } from './times.ts';
import type { DraftInHand } from './use-draft.ts';
import type { Outcome } from './use-outcome.ts';

const CHIP = 'justify-between gap-1 font-normal';

const WHO = [
  { value: 'me', label: 'I call' },
  { value: 'anyone', label: 'Anyone may call' },
] as const;

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
      {
        id: 'callback.who',
        keys: 'alt+5',
        title: 'I call, or anyone may',
        run: () => draft.edit({ anyoneMayCall: !draft.words.anyoneMayCall }),
      },
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
        description={<Meaning outcome={outcome} attemptId={draft.attemptId ?? ''} />}
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
      <SegmentedControl
        label="Who calls back"
        value={draft.words.anyoneMayCall ? 'anyone' : 'me'}
        onChange={(who) => draft.edit({ anyoneMayCall: who === 'anyone' })}
        options={WHO}
        className="w-full"
      />
      {isPicking && <DateAndTime today={localTime(now, zone).date} onPick={write} />}
    </div>
  );
}

/** Both clocks, and what the rules that will be asked then say already. */
function Meaning({ outcome: { callback, zone }, attemptId }: { outcome: Outcome; attemptId: string }) {
  const { desk } = useClient();
  const at = callback?.kind === 'at' ? callback.at : null;
  const weighed = useQuery({
    // A promise "in 2 h" is another instant each second, and the same question all that minute.
    queryKey: ['desk', 'promise', attemptId, at === null ? null : Math.floor(at / MINUTE_MS)],
    queryFn: async () =>
      at === null ? null : { at, ...(await answered(desk.weighCallback({ attemptId, at }))) },
    enabled: at !== null,
  });
  if (callback?.kind !== 'at') return 'Words will do; hours are theirs.';
  const { data } = weighed;
  const said = data == null ? [] : promiseRemarks(data.at, zone, data);
  return (
    <>
      <span className="font-medium text-text">{bothClocks(callback.at, zone, ownZone())}</span>
      {[callback.remark, ...said].map(
        (sentence) =>
          sentence !== null && (
            <span key={sentence} className="block">
              {sentence}
            </span>
          ),
      )}
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
