import type { DeskView } from '../../../shared/contract/desk.ts';
import { isInCall } from '../../../shared/domain/session.ts';
import { useDesk } from '../../data/desk.ts';
import { useTell } from '../../data/message.ts';
import { useKeys } from '../../keys/KeysProvider.tsx';
import type { Binding } from '../../keys/registry.ts';
import { cn } from '../../ui/cn.ts';
import { BottomStrip } from './BottomStrip.tsx';
import { ContactColumn } from './ContactColumn.tsx';
import { attemptOf, hasCallButtons, type Session } from './desk-face.ts';
import { MissingLine } from './MissingLine.tsx';
import { NobodyInHand } from './NobodyInHand.tsx';
import { OutcomeColumn } from './OutcomeColumn.tsx';
import { ScriptColumn } from './ScriptColumn.tsx';
import { StartPanel } from './StartPanel.tsx';
import { StateBanner } from './StateBanner.tsx';
import { useDraft } from './use-draft.ts';
import { useMainKey } from './use-main-key.ts';
import { useChosenNumber } from './use-number.ts';
import { type Outcome, useOutcome } from './use-outcome.ts';
import { useUndoToast } from './use-undo-toast.ts';
import { useWishes } from './use-wishes.ts';

/** The screen an agent lives in. */
export function DialScreen() {
  const desk = useDesk();
  useUndoToast(desk.undo);
  return (
    <>
      <h1 className="sr-only">Dial</h1>
      {desk.session === null ? <StartPanel desk={desk} /> : <Desk desk={desk} session={desk.session} />}
    </>
  );
}

function Desk({ desk, session }: { desk: DeskView; session: Session }) {
  const wishes = useWishes();
  const chosen = useChosenNumber(desk.contact);
  const draft = useDraft(attemptOf(desk), desk.draft);
  const outcome = useOutcome(desk, draft);
  const main = useMainKey(desk, session, chosen.number, outcome);
  useKeys('call-state', [main, nextNumberKey(desk, outcome), endKey(session, wishes.stop)]);
  const tell = useTell();
  // The focus stays in the list of outcomes after a digit; `Enter` there must not be about the call that is over.
  const goOn = () => (main.whyNot == null ? main.run() : tell(main.whyNot));
  const inCall = hasCallButtons(session.state);
  const { contact } = desk;
  const hasSomebody = contact !== null || attemptOf(desk) !== null;
  return (
    <div className="flex h-full flex-col">
      <StateBanner desk={desk} session={session} number={chosen.number} />
      {/* Holds the room the banner takes in a call, so that the columns never jump. */}
      {!inCall && (
        <div className="h-6 shrink-0 border-b bg-sunken">
          <MissingLine desk={desk} />
        </div>
      )}
      <div
        className={cn(
          'grid min-h-0 flex-1 auto-rows-max grid-cols-1 overflow-y-auto',
          'two:grid-cols-[minmax(0,1fr)_340px] two:grid-rows-[minmax(0,2fr)_minmax(0,3fr)] two:overflow-hidden',
          'three:grid-cols-[320px_minmax(0,1fr)_340px] three:grid-rows-1',
        )}
      >
        {hasSomebody ? (
          <>
            {contact !== null ? (
              <ContactColumn
                contact={contact}
                desk={desk}
                chosen={chosen}
                onDial={() => wishes.dial(chosen.number?.id ?? null)}
                className="two:col-start-1 two:row-start-1 two:min-h-0 two:overflow-y-auto three:border-r"
              />
            ) : (
              <UnknownNumber number={desk.call?.number ?? ''} />
            )}
            <ScriptColumn
              desk={desk}
              draft={draft}
              className="border-t two:col-start-1 two:row-start-2 three:col-start-2 three:row-start-1 three:border-t-0"
            />
          </>
        ) : (
          <NobodyInHand
            desk={desk}
            session={session}
            className="two:col-start-1 two:row-span-2 two:row-start-1 three:col-span-2 three:row-span-1"
          />
        )}
        <OutcomeColumn
          desk={desk}
          draft={draft}
          outcome={outcome}
          onEnter={goOn}
          className="border-t two:col-start-2 two:row-span-2 two:row-start-1 two:border-t-0 two:border-l three:col-start-3 three:row-span-1"
        />
      </div>
      <BottomStrip desk={desk} />
    </div>
  );
}

/** `Q` ends the shift, between calls. In one it says what has to be done first. */
function endKey({ state }: Session, stop: () => void): Binding {
  return {
    id: 'dial.end',
    keys: ['q', 'alt+q'],
    title: 'End session',
    run: stop,
    whyNot: isInCall(state)
      ? 'A call is under way. Hang up first, then end the session.'
      : state.kind === 'wrap-up'
        ? 'This call has no outcome yet. Save it, then end the session.'
        : null,
  };
}

/** `Shift+Enter`: this number came to nothing, so the next one of the same person, at once. */
function nextNumberKey({ contact, session, call }: DeskView, outcome: Outcome): Binding {
  const others = contact?.numbers.filter(({ isUsable, shown }) => isUsable && shown !== call?.number) ?? [];
  return {
    id: 'dial.next-number',
    keys: ['shift+enter', 'alt+enter'],
    title: 'Save, and ring their next number',
    run: outcome.saveAndRingNext,
    whyNot:
      session?.state.kind !== 'wrap-up'
        ? 'Their next number is rung once this call has its outcome.'
        : (outcome.whyNotFile ??
          (others.length === 0 ? 'They have no other number that can be rung.' : null)),
  };
}

function UnknownNumber({ number }: { number: string }) {
  return (
    <div className="p-3 two:col-start-1 two:row-start-1 three:border-r">
      <h2 className="text-xl font-semibold">{number}</h2>
      <p className="text-muted">A number typed by hand. It belongs to no contact.</p>
    </div>
  );
}
