import { type RefObject, useEffect, useRef, useState } from 'react';
import type { DeskView } from '../../../shared/contract/desk.ts';
import { focusOf } from '../../keys/focus.ts';
import { useKeys } from '../../keys/KeysProvider.tsx';
import { cn } from '../../ui/cn.ts';
import { Kbd } from '../../ui/Kbd.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { attemptOf, type Disposition } from './desk-face.ts';
import { digitsRestMs } from './digits.ts';
import { PickList } from './PickList.tsx';
import type { Outcome } from './use-outcome.ts';
import { useRest } from './use-rest.ts';

interface OutcomeListProps {
  desk: DeskView;
  outcome: Outcome;
  /** `Enter` on the list: the main action, whatever it is at this moment. */
  onEnter: () => void;
}

const GROUPS = ['reached', 'not-reached', 'stop'] as const;

/** Every outcome with its digit and with what it does. Digits count in wrap-up only. */
export function OutcomeList({ desk, outcome, onEnter }: OutcomeListProps) {
  const stop = useRef<HTMLInputElement>(null);
  const all = GROUPS.flatMap((group) => desk.dispositions.filter((each) => each.group === group));
  const search = useSearch(all, outcome);
  const rows = search.found;
  useDigits(desk, outcome, all);
  useFocusInWrapUp(desk, stop);
  useFocusFollows(outcome.selected?.id ?? null, stop);
  return (
    <div className="min-h-22 shrink overflow-y-auto px-1.5 py-1">
      {search.field}
      <PickList
        label="Outcome"
        value={outcome.selected?.id ?? null}
        onPick={outcome.choose}
        onEnter={onEnter}
        stopRef={stop}
        items={rows.map((row, index) => ({
          value: row.id,
          isFirstOfGroup: index > 0 && rows[index - 1]!.group !== row.group,
          className: outcome.armedId === row.id ? 'bg-danger text-on-fill' : undefined,
          keys: row.digit === '' ? undefined : row.digit,
          content: <OutcomeRow row={row} outcome={outcome} />,
        }))}
        className={cn(outcome.whyNotChoose !== null && 'text-muted')}
      />
    </div>
  );
}

function OutcomeRow({ row, outcome }: { row: Disposition; outcome: Outcome }) {
  const isArmed = outcome.armedId === row.id;
  const isSuggested = outcome.isSuggested && outcome.selected?.id === row.id;
  return (
    <>
      {row.digit === '' ? (
        <span aria-hidden className="w-5 shrink-0" />
      ) : (
        <Kbd keys={row.digit} onFill={isArmed} />
      )}
      <span className={cn('whitespace-nowrap', outcome.selected?.id === row.id && 'font-semibold')}>
        {row.label}
      </span>
      <span className={cn('ml-auto truncate text-sm', isArmed ? 'font-medium' : 'text-muted')}>
        {isArmed
          ? `${row.digit === '' ? 'save' : `press ${row.digit}`} once more`
          : isSuggested
            ? `suggested · ${row.does}`
            : row.does}
      </span>
    </>
  );
}

/** Ten outcomes have a digit; where a campaign has more, the others are found by their words. */
function useSearch(rows: readonly Disposition[], outcome: Outcome) {
  const [words, setWords] = useState('');
  const [isFocused, setFocused] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const hasMore = rows.some(({ digit }) => digit === '');
  const wanted = words.trim().toLowerCase();
  const found = wanted === '' ? rows : rows.filter(({ label }) => label.toLowerCase().includes(wanted));
  const take = () => {
    const first = found[0];
    if (first === undefined) return;
    outcome.choose(first.id);
    setWords('');
    field.current?.blur();
  };
  useKeys('call-state', [
    {
      id: 'dial.find-outcome',
      keys: ['f', 'alt+f'],
      title: 'Find an outcome',
      run: () => field.current?.focus(),
      whyNot: hasMore ? outcome.whyNotChoose : 'Every outcome here has its digit.',
      hidden: !hasMore,
    },
  ]);
  useKeys(
    'text',
    [
      { id: 'find-outcome.take', keys: 'enter', title: 'Take the first', run: take },
      { id: 'find-outcome.leave', keys: 'esc', title: 'Leave', run: () => field.current?.blur() },
    ],
    { enabled: isFocused },
  );
  return {
    found,
    field: hasMore && (
      <TextField
        ref={field}
        label="Find an outcome"
        hideLabel
        type="search"
        placeholder="Find an outcome"
        autoComplete="off"
        className="mb-1 px-1"
        value={words}
        onChange={setWords}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        tail={<Kbd keys="f" />}
      />
    ),
  };
}

/** In wrap-up a digit files. Before that, with Ctrl or Alt, it takes an outcome in hand for later. */
function useDigits(desk: DeskView, outcome: Outcome, rows: readonly Disposition[]) {
  const isWrapUp = desk.session?.state.kind === 'wrap-up';
  const rests = useRest(
    isWrapUp ? `wrap-up of ${attemptOf(desk)}` : '',
    isWrapUp ? digitsRestMs(desk.call) : 0,
  );
  const whyNot = !isWrapUp
    ? 'Digits file an outcome once the call has ended.'
    : rests
      ? 'The call has only just ended. Press it again.'
      : null;
  useKeys(
    'call-state',
    rows
      .filter(({ digit }) => digit !== '')
      .flatMap((row) => [
        {
          id: `dial.file-${row.digit}`,
          keys: row.digit,
          title: row.label,
          run: () => outcome.press(row.id),
          whyNot,
        },
        {
          id: `dial.choose-${row.digit}`,
          keys: [`alt+${row.digit}`, `ctrl+${row.digit}`],
          title: `${row.label}, without filing it`,
          run: () => outcome.choose(row.id),
          whyNot: outcome.whyNotChoose,
          hidden: true,
        },
      ]),
    { enabled: desk.session !== null },
  );
}

/** The one time focus moves by itself: to the outcomes as wrap-up begins, and never from under a typing hand. */
function useFocusInWrapUp(desk: DeskView, stop: RefObject<HTMLInputElement | null>) {
  const wrapUp = desk.session?.state.kind === 'wrap-up' ? attemptOf(desk) : null;
  useEffect(() => {
    if (wrapUp === null) return;
    const active = document.activeElement;
    const isTyping = active !== null && focusOf(active) === 'text';
    const isElsewhere = active?.closest('[role=dialog]') != null;
    if (!isTyping && !isElsewhere) stop.current?.focus();
  }, [wrapUp, stop]);
}

/** With the focus in the list, a digit takes it along: two rows must not both look like the one in hand. */
function useFocusFollows(selectedId: string | null, stop: RefObject<HTMLInputElement | null>) {
  useEffect(() => {
    const { current } = stop;
    if (selectedId === null || current === null) return;
    const list = current.closest('[role=radiogroup]');
    if (list?.contains(document.activeElement) === true) current.focus();
  }, [selectedId, stop]);
}
