import { Ear, Mic, PhoneOff, Users } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Board, BoardCall, MONITORS } from '../../../shared/contract/board.ts';
import { useClient } from '../../data/client.tsx';
import { useWish } from '../../data/desk.ts';
import { useWhyNotAllowed } from '../../data/roles.ts';
import { useKeys } from '../../keys/KeysProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { AlertDialog } from '../../ui/Dialog.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { useToasts } from '../../ui/Toaster.tsx';
import { HIDDEN } from './words.ts';

interface CallActionsProps {
  readonly call: BoardCall;
  readonly can: Board['can'];
  readonly withNames: boolean;
}

interface Act {
  readonly key: string;
  readonly keys: string;
  readonly label: string;
  readonly icon: ReactNode;
  readonly whyNot: string | null;
  readonly run: () => void;
}

/** What may be done to the call that is looked at. What may not is greyed, and says why. */
export function CallActions({ call, can, withNames }: CallActionsProps) {
  const [asks, setAsks] = useState(false);
  const { monitor, end } = useDeeds(call);
  const notAllowed = useWhyNotAllowed('supervisor');
  const notYet = call.status === 'in-progress' ? null : 'Nobody has picked up yet.';
  const isAgents = call.voice === 'agent' ? null : 'No agent is in this call.';
  const acts: readonly Act[] = [
    act('listen', 'l', 'Listen', <Ear aria-hidden />, can.listen ?? notYet),
    act('whisper', 'p', 'Whisper', <Mic aria-hidden />, can.whisper ?? isAgents ?? notYet),
    act('join', 'o', 'Join', <Users aria-hidden />, can.join ?? notYet),
    {
      key: 'end',
      keys: 'e',
      label: 'End…',
      icon: <PhoneOff aria-hidden />,
      whyNot: notAllowed ?? can.end,
      run: () => setAsks(true),
    },
  ];
  function act(
    as: (typeof MONITORS)[number],
    keys: string,
    label: string,
    icon: ReactNode,
    why: string | null,
  ): Act {
    return { key: as, keys, label, icon, whyNot: notAllowed ?? why, run: () => void monitor(as) };
  }
  useKeys(
    'screen',
    acts.map(({ key, keys, label, whyNot, run }) => ({
      id: `board.${key}`,
      keys,
      title: label,
      whyNot,
      run,
    })),
  );
  const who = withNames ? call.name : HIDDEN;
  return (
    <div role="toolbar" aria-label={`The call with ${who}`} className="flex flex-wrap items-center gap-2">
      <span className="text-muted">{who}</span>
      {acts.map(({ key, keys, label, icon, whyNot, run }) => (
        <Button key={key} size="sm" icon={icon} onClick={run} disabledReason={whyNot ?? undefined}>
          {label} <Kbd keys={keys} />
        </Button>
      ))}
      <AlertDialog
        open={asks}
        onOpenChange={setAsks}
        title={`End the call with ${who}?`}
        body="They are hung up on at once. What was said so far is kept, and it is written down who ended it."
        confirmLabel="End the call"
        danger
        onConfirm={() => void end()}
      />
    </div>
  );
}

const DONE: Readonly<Record<(typeof MONITORS)[number], string>> = {
  listen: 'You hear the call; nobody hears you.',
  whisper: 'The agent hears you; the contact does not.',
  join: 'Both hear you.',
};

function useDeeds({ id }: BoardCall) {
  const { board } = useClient();
  const wish = useWish();
  const toasts = useToasts();
  return {
    async monitor(as: (typeof MONITORS)[number]) {
      if ((await wish(board.monitor({ id, as }).then(asDone))) !== null) toasts.show({ text: DONE[as] });
    },
    end: () => wish(board.end({ id })),
  };
}

/** An answer without a value is told from a refusal. */
function asDone<T extends { ok: boolean }>(answer: T) {
  return answer.ok ? { ok: true as const, value: true } : (answer as Extract<T, { ok: false }>);
}
