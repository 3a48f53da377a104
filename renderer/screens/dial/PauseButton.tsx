import { Coffee } from 'lucide-react';
import { useState } from 'react';
import { isInCall } from '../../../shared/domain/session.ts';
import { useKeys } from '../../keys/KeysProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { RECOVERED, SLEPT, type Session, TIME_RAN_OUT } from './desk-face.ts';
import { ReasonPicker } from './ReasonPicker.tsx';
import { useWishes } from './use-wishes.ts';

const REASONS = ['Break', 'Lunch', 'Meeting', 'Training'];

/** `P` once pauses, in a call after it; `P` twice asks why. */
export function PauseButton({ session }: { session: Session }) {
  const wishes = useWishes();
  const [open, setOpen] = useState(false);
  const { state, pauseAfter } = session;
  const isSet = state.kind === 'paused' || pauseAfter !== null;
  const inHand = isInCall(state) || state.kind === 'wrap-up';
  const press = () => (isSet ? setOpen(true) : wishes.pause('Break'));
  const change = (next: boolean) => (next ? press() : setOpen(false));
  useKeys('call-state', [
    { id: 'dial.pause', keys: ['p', 'alt+p'], title: isSet ? 'Pause: say why' : 'Pause', run: press },
  ]);
  return (
    <ReasonPicker
      title={inHand ? 'Pause after this call' : 'Why are you away?'}
      open={open}
      onOpenChange={change}
      reasons={REASONS}
      onPick={wishes.pause}
      never={
        state.kind !== 'paused' && isSet ? { label: 'Do not pause after all', run: wishes.resume } : undefined
      }
      trigger={
        <Button size="sm" icon={<Coffee />} shortcut="p" aria-pressed={inHand && isSet}>
          <span className={inHand ? 'max-three:sr-only' : undefined}>{labelFor(session, inHand)}</span>
        </Button>
      }
    />
  );
}

function labelFor({ state, pauseAfter }: Session, inHand: boolean): string {
  if (state.kind === 'paused') return 'Say why';
  if (pauseAfter === RECOVERED || pauseAfter === TIME_RAN_OUT || pauseAfter === SLEPT) return 'Pause follows';
  if (pauseAfter !== null) return `Then: ${pauseAfter}`;
  return inHand ? 'Pause after' : 'Pause';
}
