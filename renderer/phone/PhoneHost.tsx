import { useEffect, useRef } from 'react';
import { isInCall } from '../../shared/domain/session.ts';
import { useClient } from '../data/client.tsx';
import { useDesk, useDeskValue } from '../data/desk.ts';
import { useHello } from '../data/hello.ts';
import { showMessage } from '../data/message.ts';
import { useAnnounce } from '../ui/Announcer.tsx';
import { deviceFor, useDevices, watchDevices } from './device-store.ts';
import { found } from './devices.ts';
import { openEar } from './ear.ts';
import { heardIn } from './heard.ts';
import { hearHeadset, showMuted } from './headset.ts';
import { type SimulatedPhone, simulatedPhone } from './simulated-phone.ts';
import { setThisPhone } from './this-phone.ts';

/** A day in a hurry sounds like nothing anybody has ever heard. */
const SPEED_MAX = 4;

/** Keeps the phone of practice in step with the desk, and an eye on what is plugged in. Draws nothing. */
export function PhoneHost() {
  useDeviceWatch();
  useHeadset();
  const { carrier, preferences, speed } = useHello();
  const isHeard = carrier?.isSimulated === true && preferences.sounds && speed <= SPEED_MAX;
  return isHeard ? <PracticePhone speed={speed} /> : null;
}

/** Nothing is opened before the first call: a browser lets no sound out before somebody has pressed a key. */
function PracticePhone({ speed }: { speed: number }) {
  const client = useClient();
  const desk = useDesk();
  const phone = useRef<SimulatedPhone | null>(null);
  const { present, choices } = useDevices();
  const speaker = found('speaker', choices.speaker, present)?.deviceId ?? null;
  // Another speaker was chosen, or the chosen one is gone or back.
  useEffect(() => {
    void phone.current?.audio.useSpeaker(speaker);
  }, [speaker]);
  useEffect(() => {
    const heard = heardIn(desk);
    if (phone.current === null && heard.kind === 'silence') return;
    if (phone.current === null) {
      phone.current = simulatedPhone(openEar());
      setThisPhone(phone.current);
      void phone.current.audio.useSpeaker(deviceFor('speaker'));
      phone.current.listen((event) => {
        if (event.kind === 'audio') void client.desk.heard({ attemptId: event.attemptId });
      });
    }
    phone.current.follow(heard, speed);
  }, [desk, speed, client]);
  useEffect(
    () => () => {
      void phone.current?.close();
      phone.current = null;
      setThisPhone(null);
    },
    [],
  );
  return null;
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
