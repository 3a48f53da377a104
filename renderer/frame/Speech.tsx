import { useEffect, useRef } from 'react';
import { useDesk } from '../data/desk.ts';
import { useHello } from '../data/hello.ts';
import { useClock } from '../data/now.ts';
import { useKeys } from '../keys/KeysProvider.tsx';
import { useAnnounce } from '../ui/Announcer.tsx';
import { play } from './sounds.ts';
import { speechOf, wholeState } from './speech.ts';

/** Tells the desk's changes to those who do not see them. Draws nothing. */
export function Speech() {
  const desk = useDesk();
  const { preferences } = useHello();
  const clock = useClock();
  const announce = useAnnounce();
  const before = useRef(desk);
  useEffect(() => {
    const said = before.current === desk ? null : speechOf(before.current, desk, clock.now());
    before.current = desk;
    if (said === null) return;
    // A voice would talk over the person who just picked up.
    const isQuiet = said.cue === 'connected' && preferences.quietOnConnect;
    if (said.cue !== undefined && (preferences.sounds || isQuiet)) play(said.cue);
    if (!isQuiet) announce(said.text, said.urgency);
  }, [desk, preferences, clock, announce]);
  useKeys('global', [
    {
      id: 'speak-state',
      keys: 'ctrl+shift+s',
      title: 'Speak the whole state',
      run: () => announce(wholeState(desk, clock.now()), 'assertive', { again: true }),
    },
  ]);
  return null;
}
