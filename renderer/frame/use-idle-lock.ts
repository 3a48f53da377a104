import { useEffect } from 'react';
import { useClient } from '../data/client.tsx';
import { useDeskValue } from '../data/desk.ts';
import { useHello } from '../data/hello.ts';

const MINUTE_MS = 60_000;
const IN_CALL = ['dialing', 'ringing', 'connected', 'on-hold', 'wrap-up'];

/** Locks the screen of somebody who has a PIN and went away. Never in a call: a talking hand types nothing. */
export function useIdleLock(): void {
  const client = useClient();
  const { me, preferences } = useHello();
  const isInCall = useDeskValue((desk) => IN_CALL.includes(desk.session?.state.kind ?? ''));
  const afterMs = me?.hasPin && !isInCall ? preferences.idleLockMinutes * MINUTE_MS : 0;

  useEffect(() => {
    if (afterMs === 0) return;
    let timer = window.setTimeout(lock, afterMs);
    function lock() {
      void client.people.lock();
    }
    function stirred() {
      window.clearTimeout(timer);
      timer = window.setTimeout(lock, afterMs);
    }
    const signs = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;
    for (const sign of signs) window.addEventListener(sign, stirred, { passive: true });
    return () => {
      window.clearTimeout(timer);
      for (const sign of signs) window.removeEventListener(sign, stirred);
    };
  }, [afterMs, client]);
}
