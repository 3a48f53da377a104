import { Ear, EarOff, Headset, MessageSquare, Mic, MicOff, PhoneOff, Users } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Board, BoardCall } from '../../../shared/contract/board.ts';
import { useWhyNotAllowed } from '../../data/roles.ts';
import { useKeys } from '../../keys/KeysProvider.tsx';
import { useListening } from '../../phone/listening-in.ts';
import { Button } from '../../ui/Button.tsx';
import { AlertDialog } from '../../ui/Dialog.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { useToasts } from '../../ui/Toaster.tsx';
import { SayDialog } from './SayDialog.tsx';
import { SoundLevel } from './SoundLevel.tsx';
import { TakeOverDialog } from './TakeOverDialog.tsx';
import { useDeeds } from './use-deeds.ts';
import { HIDDEN } from './words.ts';

interface CallActionsProps {
  readonly call: BoardCall;
  readonly can: Board['can'];
  readonly ownPhone: string;
  readonly withNames: boolean;
  /** Their keys hold on this screen; left out, only the buttons do it. */
  readonly withKeys?: boolean;
}

interface Act {
  readonly key: string;
  readonly keys: string;
  readonly label: string;
  readonly icon: ReactNode;
  readonly whyNot: string | null;
  readonly run: () => void;
}

type Opened = 'end' | 'take-over' | 'say' | null;

/** What may be done to the call that is looked at. What may not is greyed, and says why. */
export function CallActions({ call, can, ownPhone, withNames, withKeys = true }: CallActionsProps) {
  const [opened, setOpened] = useState<Opened>(null);
  const deeds = useDeeds(call);
  const acts = useActs({ call, can, ownPhone }, deeds, setOpened);
  const { callId, level } = useListening();
  useKeys(
    'screen',
    (withKeys ? acts : []).map(({ key, keys, label, whyNot, run }) => ({
      id: `board.${key}`,
      keys,
      title: label,
      whyNot,
      run,
    })),
  );
  const who = withNames ? call.name : HIDDEN;
  const close = () => setOpened(null);
  return (
    <div role="toolbar" aria-label={`The call with ${who}`} className="flex flex-wrap items-center gap-2">
      <span className="text-muted">{who}</span>
      {acts.map(({ key, keys, label, icon, whyNot, run }) => (
        <Button key={key} size="sm" icon={icon} onClick={run} disabledReason={whyNot ?? undefined}>
          {label} {withKeys && <Kbd keys={keys} />}
        </Button>
      ))}
      {callId === call.id && <SoundLevel level={level} />}
      {opened === 'take-over' && (
        <TakeOverDialog who={who} ownPhone={ownPhone} onTake={deeds.takeOver} onClose={close} />
      )}
      {opened === 'say' && <SayDialog who={who} onSay={deeds.say} onClose={close} />}
      <AlertDialog
        open={opened === 'end'}
        onOpenChange={close}
        title={`End the call with ${who}?`}
        body="They are hung up on at once. What was said so far is kept, and it is written down who ended it."
        confirmLabel="End the call"
        danger
        onConfirm={() => void deeds.end()}
      />
    </div>
  );
}

type ActsFor = Pick<CallActionsProps, 'call' | 'can' | 'ownPhone'>;

function useActs(
  about: ActsFor,
  deeds: ReturnType<typeof useDeeds>,
  open: (opened: Opened) => void,
): readonly Act[] {
  const notAllowed = useWhyNotAllowed('supervisor');
  const voiceActs = useVoiceActs(about, deeds, open);
  const { call, can } = about;
  const notYet = call.status === 'in-progress' ? null : 'Nobody has picked up yet.';
  const isAgents = call.voice === 'agent' ? null : 'No agent is in this call.';
  const inCall: readonly Act[] =
    call.voice === 'ai'
      ? voiceActs
      : [
          {
            key: 'listen',
            keys: 'l',
            label: 'Listen',
            icon: <Ear aria-hidden />,
            whyNot: can.listen ?? notYet,
            run: () => void deeds.monitor('listen'),
          },
          {
            key: 'whisper',
            keys: 'p',
            label: 'Whisper',
            icon: <Mic aria-hidden />,
            whyNot: can.whisper ?? isAgents ?? notYet,
            run: () => void deeds.monitor('whisper'),
          },
          {
            key: 'join',
            keys: 'o',
            label: 'Join',
            icon: <Users aria-hidden />,
            whyNot: can.join ?? notYet,
            run: () => void deeds.monitor('join'),
          },
        ];
  const end: Act = {
    key: 'end',
    keys: 'e',
    label: 'End…',
    icon: <PhoneOff aria-hidden />,
    whyNot: can.end,
    run: () => open('end'),
  };
  return [...inCall, end].map((act) => ({ ...act, whyNot: notAllowed ?? act.whyNot }));
}

/** What is done to a call that an AI voice holds by itself. */
function useVoiceActs(
  { call, can, ownPhone }: ActsFor,
  deeds: ReturnType<typeof useDeeds>,
  open: (opened: Opened) => void,
): readonly Act[] {
  const toasts = useToasts();
  const isHeard = useListening().callId === call.id;
  const notYet = call.status === 'in-progress' ? null : 'Nobody has picked up yet.';
  const taken = call.agent === '' ? null : `${call.agent} has taken this call over.`;
  // Where the carrier gives no sound it may still ring somebody to listen, as the simulator does.
  const listens = can.hear === null ? deeds.hear : () => deeds.monitor('listen');
  const noSound = can.hear === null ? null : can.listen === null ? null : can.hear;
  const takeOver = async () => {
    if (ownPhone === '') return open('take-over');
    const trouble = await deeds.takeOver(ownPhone, true);
    if (trouble !== null) toasts.show({ text: trouble, tone: 'bad' });
  };
  return [
    {
      key: 'take-over',
      keys: 't',
      label: ownPhone === '' ? 'Take over…' : 'Take over',
      icon: <Headset aria-hidden />,
      whyNot: can.takeOver ?? taken ?? notYet,
      run: () => void takeOver(),
    },
    ...(ownPhone === ''
      ? []
      : [
          {
            key: 'hand-over',
            keys: 'shift+t',
            label: 'To another phone…',
            icon: <Users aria-hidden />,
            whyNot: can.takeOver ?? taken ?? notYet,
            run: () => open('take-over'),
          },
        ]),
    isHeard
      ? {
          key: 'listen',
          keys: 'l',
          label: 'Stop listening',
          icon: <EarOff aria-hidden />,
          whyNot: null,
          run: deeds.unhear,
        }
      : {
          key: 'listen',
          keys: 'l',
          label: 'Listen',
          icon: <Ear aria-hidden />,
          whyNot: noSound ?? notYet,
          run: () => void listens(),
        },
    {
      key: 'say',
      keys: 'y',
      label: 'Say…',
      icon: <MessageSquare aria-hidden />,
      whyNot: can.say ?? taken ?? notYet,
      run: () => open('say'),
    },
    {
      key: 'mute',
      keys: 'm',
      label: call.isMuted ? 'Let it speak' : 'Silence it',
      icon: call.isMuted ? <Mic aria-hidden /> : <MicOff aria-hidden />,
      whyNot: can.mute ?? taken ?? notYet,
      run: () => void deeds.mute(),
    },
  ];
}
