import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { isInCall } from '../../shared/domain/session.ts';
import { useClient } from '../data/client.tsx';
import { useDesk, useWish } from '../data/desk.ts';
import { useHello } from '../data/hello.ts';
import { useTell } from '../data/message.ts';
import { useSetPreferences } from '../data/preferences.ts';
import { CommandPalette } from '../keys/CommandPalette.tsx';
import { KeySheet } from '../keys/KeySheet.tsx';
import { useKeys } from '../keys/KeysProvider.tsx';
import { PLACES } from './places.ts';
import { cycleRegions } from './regions.ts';
import { useCommands } from './use-commands.ts';

/** The keys that work on every screen, and the two windows they open. */
export function FrameKeys() {
  const [open, setOpen] = useState<'palette' | 'sheet' | null>(null);
  const [lastIn] = useState(() => new WeakMap<Element, HTMLElement>());
  const commands = useCommands(() => setOpen('sheet'));
  const { preferences } = useHello();
  const setPreferences = useSetPreferences();
  useMenuWish(() => setOpen('sheet'));
  const cycle = (back: boolean) => {
    // A dialog is a region of its own; the ones beneath it are out of reach.
    const isOpen = document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;
    if (!isOpen) cycleRegions(back, lastIn);
  };
  usePlaceKeys();
  useCallKeys();
  useKeys('global', [
    { id: 'palette', keys: 'mod+k', title: 'All commands', run: () => setOpen('palette') },
    { id: 'keys', keys: '?', title: 'Keys that work now', run: () => setOpen('sheet') },
    { id: 'region.next', keys: 'f6', title: 'Next region', run: () => cycle(false) },
    { id: 'region.previous', keys: 'shift+f6', title: 'Previous region', run: () => cycle(true) },
  ]);
  return (
    <>
      <CommandPalette
        open={open === 'palette'}
        onOpenChange={(next) => setOpen(next ? 'palette' : null)}
        commands={commands}
      />
      <KeySheet
        open={open === 'sheet'}
        onOpenChange={(next) => setOpen(next ? 'sheet' : null)}
        rebound={preferences.rebound}
        onRebind={(rebound) => void setPreferences({ rebound })}
      />
    </>
  );
}

/** The menu of the desktop can ask for the sheet as well. */
function useMenuWish(showKeys: () => void): void {
  const client = useClient();
  const latest = useRef(showKeys);
  useEffect(() => {
    latest.current = showKeys;
  });
  useEffect(() => client.app.showKeys(() => latest.current()), [client]);
}

function usePlaceKeys(): void {
  const navigate = useNavigate();
  useKeys(
    'global',
    PLACES.map(({ path, name, keys }, index) => ({
      id: `go${path}`,
      keys: [keys, `mod+${index + 1}`],
      title: `Go to ${name}`,
      run: () => void navigate({ to: path }),
    })),
  );
}

/** The two things that may not wait until somebody has found the way back to the Dial screen. */
function useCallKeys(): void {
  const desk = useDesk();
  const client = useClient();
  const wish = useWish();
  const tell = useTell();
  const isOn = desk.session !== null && isInCall(desk.session.state);
  const isMuted = desk.call?.isMuted ?? false;
  const mute = async () => {
    const answer = client.desk.mute({ on: !isMuted });
    void wish(answer);
    if ((await answer).ok) tell(isMuted ? 'Not muted.' : 'Muted.');
  };
  useKeys('global', [
    {
      id: 'call.hang-up',
      keys: 'ctrl+shift+h',
      title: 'Hang up',
      run: () => void wish(client.desk.hangUp()),
      whyNot: isOn ? null : 'Nothing to hang up.',
    },
    {
      id: 'call.mute',
      keys: 'ctrl+shift+m',
      title: 'Mute, and back',
      run: () => void mute(),
      whyNot: !isOn ? 'Nobody is on the line.' : desk.can.mute ? null : 'This carrier cannot mute.',
    },
  ]);
}
