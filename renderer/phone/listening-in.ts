import { createStore, useStore } from 'zustand';
import type { ParleyClient } from '../../shared/contract/contract.ts';
import { deviceFor } from './device-store.ts';
import { newContext, sendTo } from './ear.ts';
import { type LivePlayer, levelOf, livePlayer, mixOf } from './live-sound.ts';

export interface Listening {
  /** Which call is heard; null while none is. */
  readonly callId: number | null;
  /** How loud it is now, from 0 to 1. */
  readonly level: number;
}

const SILENT: Listening = { callId: null, level: 0 };
/** The engine stops by itself where nobody asks for so long; this is well before. */
const ASK_AGAIN_MS = 8_000;

const listening = createStore<Listening>(() => SILENT);
let stopNow: () => void = () => {};

/** Which call is listened to, and how loud it is. */
export function useListening(): Listening {
  return useStore(listening);
}

/** Begins to hear a call; another one is heard no longer. Why not, in a sentence; null once it is on its way. */
export async function listenTo(client: ParleyClient, callId: number): Promise<string | null> {
  stopNow();
  const audio = newContext();
  if (audio === null) return 'This computer has no sound to play it with.';
  void audio.resume().catch(() => {});
  void sendTo(audio, deviceFor('speaker'));
  const stop = follow(client, callId, livePlayer(audio));
  const answer = await client.board.hear({ id: callId });
  if (answer.ok) return null;
  stop();
  return answer.error.sentence;
}

/** Nothing is heard any more. */
export function stopListening(client: ParleyClient): void {
  stopNow();
  void client.board.unhear();
}

function follow(client: ParleyClient, callId: number, player: LivePlayer): () => void {
  listening.setState({ callId, level: 0 });
  const off = client.board.sound((part) => {
    if (part.callId !== callId) return;
    const mix = mixOf(part);
    player.play(part, mix);
    listening.setState({ callId, level: levelOf(mix) });
    if (part.isOver) stop();
  });
  const again = setInterval(() => {
    void client.board.hear({ id: callId }).then(({ ok }) => {
      if (!ok) stop();
    });
  }, ASK_AGAIN_MS);
  const stop = () => {
    clearInterval(again);
    off();
    player.close();
    if (stopNow === stop) {
      stopNow = () => {};
      listening.setState(SILENT);
    }
  };
  stopNow = stop;
  return stop;
}
