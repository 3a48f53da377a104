import { useMemo } from 'react';
import { useClient } from '../../data/client.tsx';
import { useWish } from '../../data/desk.ts';

/** What a key or button of the desk asks for. Refusals are told by themselves; what came of it arrives as a push. */
export function useWishes() {
  const { desk } = useClient();
  const wish = useWish();
  return useMemo(
    () => ({
      dial: (numberId: number | null) => void wish(desk.dial({ numberId })),
      skip: (reason: string) => void wish(desk.skip({ reason })),
      hangUp: () => void wish(desk.hangUp()),
      hold: (on: boolean) => void wish(desk.hold({ on })),
      handOver: () => void wish(desk.handOver()),
      takeBack: () => void wish(desk.takeBack()),
      mute: (on: boolean) => void wish(desk.mute({ on })),
      tones: (digits: string) => void wish(desk.tones({ digits })),
      dropVoicemail: () => void wish(desk.dropVoicemail()),
      undo: () => void wish(desk.undo()),
      moreTime: () => void wish(desk.moreTime()),
      pause: (reason: string) => void wish(desk.pause({ reason })),
      resume: () => void wish(desk.resume()),
      stop: () => void wish(desk.stop()),
    }),
    [desk, wish],
  );
}
