import { Check } from 'lucide-react';
import type { DeskView } from '../../../shared/contract/desk.ts';
import { useKeys } from '../../keys/KeysProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { cn } from '../../ui/cn.ts';
import { CallbackField } from './CallbackField.tsx';
import { NotesBox } from './NotesBox.tsx';
import { OutcomeForm } from './OutcomeForm.tsx';
import { OutcomeList } from './OutcomeList.tsx';
import { Region } from './Region.tsx';
import type { DraftInHand } from './use-draft.ts';
import type { Outcome } from './use-outcome.ts';
import { WrapUpBar } from './WrapUpBar.tsx';

interface OutcomeColumnProps {
  desk: DeskView;
  draft: DraftInHand;
  outcome: Outcome;
  onEnter: () => void;
  className?: string | undefined;
}

/** What came of the call: the outcome, the promise, the note. */
export function OutcomeColumn({ desk, draft, outcome, onEnter, className }: OutcomeColumnProps) {
  const isWrapUp = desk.session?.state.kind === 'wrap-up';
  const callbackKind = desk.dispositions.find((each) => each.asksForTime);
  useKeys('call-state', [
    {
      id: 'dial.notes',
      keys: ['n', 'alt+n'],
      title: 'Notes',
      run: () => outcome.focus('note'),
      whyNot: draft.attemptId === null ? 'A note belongs to a call: dial first.' : null,
    },
    {
      id: 'dial.callback',
      keys: ['b', 'alt+b'],
      title: 'Callback',
      run: () => callbackKind && outcome.choose(callbackKind.id),
      whyNot:
        outcome.whyNotChoose ??
        (callbackKind === undefined ? 'This campaign has no callback outcome.' : null),
    },
  ]);
  return (
    <Region label="Outcome" className={cn('flex flex-col two:min-h-0', className)}>
      <WrapUpBar desk={desk} />
      <OutcomeList desk={desk} outcome={outcome} onEnter={onEnter} />
      {outcome.selected?.asksForTime === true && draft.attemptId !== null && (
        <CallbackField draft={draft} outcome={outcome} />
      )}
      {outcome.selected !== null && outcome.selected.form.length > 0 && draft.attemptId !== null && (
        <OutcomeForm draft={draft} outcome={outcome} />
      )}
      <NotesBox draft={draft} outcome={outcome} />
      <div className="flex shrink-0 p-3 pt-2">
        <Button
          variant="primary"
          icon={<Check />}
          shortcut={isWrapUp ? 'enter' : undefined}
          disabledReason={outcome.whyNotFile}
          onClick={outcome.save}
          className="flex-1"
        >
          {saveLabel(outcome, isWrapUp)}
        </Button>
      </div>
    </Region>
  );
}

function saveLabel({ selected, armedId }: Outcome, isWrapUp: boolean): string {
  if (!isWrapUp || selected === null) return 'Save and next';
  if (armedId === selected.id) return `Once more: ${selected.label}`;
  return `Save ${selected.label}, next`;
}
