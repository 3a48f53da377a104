import { useNavigate } from '@tanstack/react-router';
import type { BoardCall, MONITORS } from '../../../shared/contract/board.ts';
import type { Answer } from '../../../shared/contract/wire.ts';
import { useClient } from '../../data/client.tsx';
import { useWish } from '../../data/desk.ts';
import { useTell } from '../../data/message.ts';
import { listenTo, stopListening } from '../../phone/listening-in.ts';
import { useToasts } from '../../ui/Toaster.tsx';

const DONE: Readonly<Record<(typeof MONITORS)[number], string>> = {
  listen: 'You hear the call; nobody hears you.',
  whisper: 'The agent hears you; the contact does not.',
  join: 'Both hear you.',
};

/** What a supervisor does to a call under way. */
export function useDeeds({ id, isMuted }: Pick<BoardCall, 'id' | 'isMuted'>) {
  const client = useClient();
  const { board } = client;
  const wish = useWish();
  const tell = useTell();
  const toasts = useToasts();
  const navigate = useNavigate();
  return {
    async monitor(as: (typeof MONITORS)[number]) {
      if ((await wish(board.monitor({ id, as }).then(asDone))) !== null) toasts.show({ text: DONE[as] });
    },
    end: () => wish(board.end({ id })),
    async hear() {
      const trouble = await listenTo(client, id);
      tell(trouble ?? DONE.listen);
      if (trouble !== null) toasts.show({ text: trouble, tone: 'bad' });
    },
    unhear() {
      stopListening(client);
      tell('You hear the call no longer.');
    },
    /** Why not, in a sentence, or null once the phone rings. */
    async takeOver(to: string, isOwn: boolean): Promise<string | null> {
      const answer = await board.takeOver({ id, to, isOwn });
      if (!answer.ok) return answer.error.sentence;
      // Whoever is on the phone with them needs no second ear.
      stopListening(client);
      toasts.show({
        text: `${answer.value.shown} rings. The AI voice stays until it is picked up.`,
        detail: isOwn ? 'Afterwards say what came of the call.' : undefined,
        action: {
          label: 'Open the call',
          run: () => void navigate({ to: '/calls', search: { call: id } }),
        },
      });
      return null;
    },
    async say(words: string, thenHangUp: boolean): Promise<string | null> {
      const answer = await board.say({ id, words, thenHangUp });
      if (answer.ok) toasts.show({ text: 'The AI voice says it next.' });
      return answer.ok ? null : answer.error.sentence;
    },
    async mute() {
      const done = await wish(board.mute({ id, on: !isMuted }).then(asDone));
      if (done !== null)
        tell(
          isMuted
            ? 'The AI voice speaks again.'
            : 'The AI voice is silent. The contact is still on the line.',
        );
    },
  };
}

/** An answer without a value is told from a refusal. */
function asDone(answer: Answer<null>): Answer<true> {
  return answer.ok ? { ok: true, value: true } : answer;
}
