import { type RefObject, useEffect, useRef } from 'react';
import type { DeskView } from '../../../shared/contract/desk.ts';
import { focusOf } from '../../keys/focus.ts';
import { useKeys } from '../../keys/KeysProvider.tsx';
import { cn } from '../../ui/cn.ts';
import { Kbd } from '../../ui/Kbd.tsx';
import { attemptOf, type Disposition } from './desk-face.ts';
import { digitsRestMs } from './digits.ts';
import { PickList } from './PickList.tsx';
import type { Outcome } from './use-outcome.ts';
import { useRest } from './use-rest.ts';

interface OutcomeListProps {
  desk: DeskView;
  outcome: Outcome;
}

const GROUPS = ['reached', 'not-reached', 'stop'] as const;

/** Every outcome with its digit and with what it does. Digits count in wrap-up only. */
export function OutcomeList({ desk, outcome }: OutcomeListProps) {
  const stop = useRef<HTMLInputElement>(null);
  const rows = GROUPS.flatMap((group) => desk.dispositions.filter((each) => each.group === group));
  useDigits(desk, outcome, rows);
  useFocusInWrapUp(desk, stop);
  useFocusFollows(outcome.selected?.id ?? null, stop);
  return (
    <div className="min-h-22 shrink overflow-y-auto px-1.5 py-1">
      <PickList
        label="Outcome"
        value={outcome.selected?.id ?? null}
        onPick={outcome.choose}
        onEnter={outcome.save}
        stopRef={stop}
        items={rows.map((row, index) => ({
          value: row.id,
          isFirstOfGroup: index > 0 && rows[index - 1]!.group !== row.group,
          className: outcome.armedId === row.id ? 'bg-danger text-on-fill' : undefined,
          keys: row.digit,
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
      <Kbd keys={row.digit} onFill={isArmed} />
      <span className={cn('whitespace-nowrap', outcome.selected?.id === row.id && 'font-semibold')}>
        {row.label}
      </span>
      <span className={cn('ml-auto truncate text-sm', isArmed ? 'font-medium' : 'text-muted')}>
        {isArmed ? `press ${row.digit} once more` : isSuggested ? `suggested · ${row.does}` : row.does}
      </span>
    </>
  );
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
    rows.flatMap((row) => [
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
