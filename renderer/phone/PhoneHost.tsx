import { useEffect, useRef } from 'react';
import { PHONE_PAGE } from '../../shared/contract/pages.ts';
import { phoneFor } from '../../shared/contract/phone-for.ts';
import { isInCall } from '../../shared/domain/session.ts';
import { useClient } from '../data/client.tsx';
import { useDeskValue } from '../data/desk.ts';
import { useHello } from '../data/hello.ts';
import { showMessage } from '../data/message.ts';
import { useAnnounce } from '../ui/Announcer.tsx';
import { watchDevices } from './device-store.ts';
import { hearHeadset, showMuted } from './headset.ts';

/** Sees to it that there is a page for the phone, and keeps an eye on what is plugged in. Draws nothing. */
export function PhoneHost() {
  useDeviceWatch();
  useHeadset();
  const hello = useHello();
  // The desktop keeps it in a window of its own, where a reload of this page does not reach it.
  if (hello.host === 'electron' || phoneFor(hello) === null) return null;
  return <iframe src={PHONE_PAGE} title="Phone" hidden allow="microphone; speaker-selection" />;
}

/** What is pulled out in a call is told at once, and so is its return. */
function useDeviceWatch() {
  const announce = useAnnounce();
  useEffect(
    () =>
      watchDevices((sentence) => {
        showMessage(sentence);
        announce(sentence, 'assertive');
      }),
    [announce],
  );
}

function useHeadset() {
  const { desk } = useClient();
  const isOn = useDeskValue(({ session }) => session !== null && isInCall(session.state));
  const isMuted = useDeskValue(({ call }) => call?.isMuted === true);
  const latest = useRef(isMuted);
  useEffect(() => {
    latest.current = isMuted;
    showMuted(isMuted);
  }, [isMuted]);
  useEffect(() => {
    if (!isOn) return undefined;
    return hearHeadset({
      hangUp: () => void desk.hangUp(),
      toggleMute: () => void desk.mute({ on: !latest.current }),
    });
  }, [isOn, desk]);
}
