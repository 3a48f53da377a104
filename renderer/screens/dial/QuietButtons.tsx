import { LogOut, Phone, Play, SkipForward } from 'lucide-react';
import { useState } from 'react';
import type { DeskView } from '../../../shared/contract/desk.ts';
import { useKeys } from '../../keys/KeysProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { useCallBindings } from './CallButtons.tsx';
import type { Session } from './desk-face.ts';
import { PauseButton } from './PauseButton.tsx';
import { ReasonPicker } from './ReasonPicker.tsx';
import { TimesThere } from './TimesThere.tsx';
import { type PhoneNumber, shortNumber } from './use-number.ts';
import { useWishes } from './use-wishes.ts';

interface QuietButtonsProps {
  desk: DeskView;
  session: Session;
  number: PhoneNumber | null;
}

/** The buttons while nobody is on the line. */
export function QuietButtons({ desk, session, number }: QuietButtonsProps) {
  const wishes = useWishes();
  const { state } = session;
  useKeys('call-state', useCallBindings(desk));
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-1.5">
      {desk.contact !== null && state.kind !== 'paused' && (
        <TimesThere contact={desk.contact} className="pr-2 max-three:hidden" />
      )}
      {state.kind === 'previewing' && (
        <>
          <SkipButton isLeadIn={state.dialAt !== null} />
          <PauseButton session={session} />
          <EndButton />
          <Button
            variant="primary"
            icon={<Phone />}
            shortcut="enter"
            disabledReason={number === null ? 'None of their numbers can be rung. Skip them.' : null}
            onClick={() => wishes.dial(number?.id ?? null)}
          >
            {number === null ? 'Dial' : `Dial ${shortNumber(number)}`}
          </Button>
        </>
      )}
      {(state.kind === 'ready' || state.kind === 'wrap-up') && <PauseButton session={session} />}
      {state.kind === 'ready' && <EndButton />}
      {state.kind === 'paused' && (
        <>
          <PauseButton session={session} />
          <EndButton />
          <Button variant="primary" icon={<Play />} shortcut="enter" onClick={() => wishes.resume()}>
            Resume
          </Button>
        </>
      )}
    </div>
  );
}

const SKIP_REASONS = ['Not now', 'Spoken to already', 'Not the right person', 'Wrong data'];

/** In the lead-in of power mode there is no time for a reason: `X` lets this one pass at once. */
function SkipButton({ isLeadIn }: { isLeadIn: boolean }) {
  const wishes = useWishes();
  const [open, setOpen] = useState(false);
  const press = () => (isLeadIn ? wishes.skip('Not now') : setOpen(true));
  useKeys('call-state', [{ id: 'dial.skip', keys: ['x', 'alt+x'], title: 'Skip this contact', run: press }]);
  return (
    <ReasonPicker
      title="Skip: why?"
      open={open && !isLeadIn}
      onOpenChange={(next) => (next ? press() : setOpen(false))}
      reasons={SKIP_REASONS}
      onPick={wishes.skip}
      trigger={
        <Button size="sm" icon={<SkipForward />} shortcut="x">
          Skip
        </Button>
      }
    />
  );
}

function EndButton() {
  const wishes = useWishes();
  return (
    <IconButton size="sm" label="End session" shortcut="q" icon={<LogOut />} onClick={() => wishes.stop()} />
  );
}
