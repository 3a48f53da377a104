import { Grip, Mic, MicOff, Pause, PhoneOff, Play, Voicemail } from 'lucide-react';
import { useState } from 'react';
import type { DeskView } from '../../../shared/contract/desk.ts';
import { useKeys } from '../../keys/KeysProvider.tsx';
import type { Binding } from '../../keys/registry.ts';
import { Button } from '../../ui/Button.tsx';
import { cn } from '../../ui/cn.ts';
import { Popover } from '../../ui/Popover.tsx';
import { type Session, askedIn, whyNot } from './desk-face.ts';
import { ColleagueButtons, holdOrBack } from './ColleagueButtons.tsx';
import { Keypad } from './Keypad.tsx';
import { PauseButton } from './PauseButton.tsx';
import { TransferButton } from './TransferButton.tsx';
import { useWishes } from './use-wishes.ts';

/** Where there is no room for every word, the icon, the key and the spoken name stay. */
const NARROW = 'max-three:sr-only';
const ON = 'border-tone bg-tone text-on-tone hover:bg-tone active:bg-tone';

/** The buttons of a call, each with its key. One that cannot be pressed says why. */
export function CallButtons({ desk, session }: { desk: DeskView; session: Session }) {
  const wishes = useWishes();
  const why = whyNot(desk);
  const isMuted = desk.call?.isMuted === true;
  const isHeld = session.state.kind === 'on-hold';
  const [keypad, setKeypad] = useState(false);
  const keypadOpen = keypad && why.keypad === null;
  const [transfer, setTransfer] = useState(false);
  const asked = askedIn(session.state);
  const transferOpen = transfer && why.transfer === null && asked === null;
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <Button
        size="sm"
        icon={isMuted ? <MicOff /> : <Mic />}
        shortcut="m"
        aria-pressed={isMuted}
        className={cn(isMuted && ON)}
        disabledReason={why.mute}
        onClick={() => wishes.mute(!isMuted)}
      >
        {isMuted ? 'Unmute' : 'Mute'}
      </Button>
      <Button
        size="sm"
        icon={isHeld ? <Play /> : <Pause />}
        shortcut="o"
        aria-pressed={isHeld}
        className={cn(isHeld && ON)}
        disabledReason={why.hold}
        onClick={() => holdOrBack(wishes, session.state)}
      >
        {isHeld ? 'Take back' : 'Hold'}
      </Button>
      {why.keypad === null ? (
        <Popover
          title="Keypad"
          open={keypadOpen}
          onOpenChange={setKeypad}
          returnsFocus={false}
          trigger={
            <Button size="sm" icon={<Grip />} shortcut="k">
              Keypad
            </Button>
          }
        >
          <Keypad onClose={() => setKeypad(false)} />
        </Popover>
      ) : (
        <Button size="sm" icon={<Grip />} shortcut="k" disabledReason={why.keypad}>
          Keypad
        </Button>
      )}
      {asked === null ? (
        <TransferButton
          open={transferOpen}
          onOpenChange={setTransfer}
          disabledReason={why.transfer}
          noConsult={desk.can.noConsult ?? null}
          labelClassName={NARROW}
        />
      ) : (
        <ColleagueButtons session={session} asked={asked} why={why} />
      )}
      <Button
        size="sm"
        icon={<Voicemail />}
        shortcut="v"
        disabledReason={why.voicemail}
        onClick={() => wishes.dropVoicemail()}
      >
        <span className={NARROW}>Voicemail</span>
      </Button>
      <div className="ml-auto flex items-center gap-1.5">
        <PauseButton session={session} />
        <Button
          size="sm"
          variant="danger"
          icon={<PhoneOff />}
          shortcut="h"
          disabledReason={why.hangUp}
          onClick={() => wishes.hangUp()}
        >
          Hang up
        </Button>
      </div>
      <CallKeys
        desk={desk}
        onKeypad={() => setKeypad((open) => !open)}
        onTransfer={() => setTransfer(true)}
      />
    </div>
  );
}

function CallKeys({ desk, onKeypad, onTransfer }: CallKeysProps) {
  useKeys('call-state', useCallBindings(desk, onKeypad, onTransfer));
  return null;
}

interface CallKeysProps {
  desk: DeskView;
  onKeypad: () => void;
  onTransfer: () => void;
}

/** The keys of a call. They are bound at every moment of a session, so that each can say why it rests. */
export function useCallBindings(
  desk: DeskView,
  onKeypad: () => void = noop,
  onTransfer: () => void = noop,
): Binding[] {
  const wishes = useWishes();
  const why = whyNot(desk);
  const isMuted = desk.call?.isMuted === true;
  const isHeld = desk.session?.state.kind === 'on-hold';
  const asked = askedIn(desk.session?.state);
  const isAllThree = asked?.colleague === 'there' && !isHeld;
  return [
    {
      id: 'dial.hang-up',
      keys: ['h', 'ctrl+shift+h'],
      title: 'Hang up',
      run: wishes.hangUp,
      whyNot: why.hangUp,
    },
    {
      id: 'dial.mute',
      keys: ['m', 'ctrl+shift+m'],
      title: isMuted ? 'Unmute' : 'Mute',
      run: () => wishes.mute(!isMuted),
      whyNot: why.mute,
    },
    {
      id: 'dial.hold',
      keys: ['o', 'ctrl+shift+o'],
      title: isHeld ? 'Take back from hold' : 'Hold',
      run: () => desk.session !== null && holdOrBack(wishes, desk.session.state),
      whyNot: why.hold,
    },
    { id: 'dial.keypad', keys: ['k', 'ctrl+shift+k'], title: 'Keypad', run: onKeypad, whyNot: why.keypad },
    asked === null
      ? {
          id: 'dial.transfer',
          keys: ['t', 'alt+t'],
          title: 'Transfer',
          run: onTransfer,
          whyNot: why.transfer,
        }
      : {
          id: 'dial.transfer',
          keys: ['t', 'alt+t'],
          title: `Hand over to ${asked.to}`,
          run: wishes.handOver,
          whyNot: why.handOver,
        },
    isAllThree
      ? {
          id: 'dial.all-three',
          keys: ['a', 'alt+a'],
          title: `Let ${asked?.to} go`,
          run: wishes.takeBack,
        }
      : {
          id: 'dial.all-three',
          keys: ['a', 'alt+a'],
          title: 'All three together',
          run: () => wishes.hold(false),
          whyNot: why.allThree,
        },
    {
      id: 'dial.voicemail',
      keys: ['v', 'alt+v'],
      title: 'Leave the recorded message',
      run: wishes.dropVoicemail,
      whyNot: why.voicemail,
    },
  ];
}

function noop() {
  // Only ever behind a reason: where there is no call there is nothing to open.
}
