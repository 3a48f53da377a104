import { Mic, Play, Square } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { phoneFor } from '../../../shared/contract/phone-for.ts';
import { useHello } from '../../data/hello.ts';
import { useTell } from '../../data/message.ts';
import { choose, deviceFor, lookAgain, setMicrophone, useDevices } from '../../phone/device-store.ts';
import { type DeviceUse, MICROPHONE_SENTENCE, devicesFor, found } from '../../phone/devices.ts';
import { type OpenMicrophone, meter, openMicrophone } from '../../phone/microphone.ts';
import { openOwnWindow } from '../../phone/own-window.ts';
import { echo, playTest } from '../../phone/try-sound.ts';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Select.tsx';
import { Group } from './Group.tsx';

const ECHO_MS = 3_000;

/** What is spoken into, and where voices and tones come out. Kept with this computer, not with the person. */
export function Devices() {
  return (
    <>
      <Group
        title="Microphone"
        note="Looked at only while this test runs. Practice needs none: nobody listens."
      >
        <DeviceSelect use="microphone" label="Microphone" />
        <MicrophoneTest />
      </Group>
      <Group title="Where it comes out" note="Voices and tones may go to different devices.">
        <DeviceSelect use="speaker" label="Voices" />
        <TestSound use="speaker" what="voices" />
        <DeviceSelect use="ringer" label="Tones that tell what happens" />
        <TestSound use="ringer" what="tones" />
      </Group>
      <OwnWindow />
      <Group title="Headset" note="Where the browser passes its buttons on.">
        <p className="text-muted">
          In a call they hang up and mute. A device that is pulled out is told at once; until it is back the
          one the system uses takes its place.
        </p>
      </Group>
    </>
  );
}

/** In a browser a reload of this page takes the phone along, unless it has a window of its own. */
function OwnWindow() {
  const tell = useTell();
  const hello = useHello();
  if (hello.host === 'electron' || phoneFor(hello) === null) return null;
  const open = () => {
    if (!openOwnWindow())
      tell('The browser let no window open. Allow windows for this page, then try again.');
  };
  return (
    <Group
      title="Where the phone lives"
      note="In this page a reload breaks the sound off for about a second; the call itself goes on."
    >
      <Button size="sm" onClick={open}>
        Give it a window of its own
      </Button>
    </Group>
  );
}

const SYSTEM = 'system';

function DeviceSelect({ use, label }: { use: DeviceUse; label: string }) {
  const { present, choices } = useDevices();
  const able = devicesFor(use, present);
  const wanted = choices[use];
  const here = found(use, wanted, present);
  const isGone = wanted !== null && here === null;
  return (
    <Select
      label={label}
      value={here?.deviceId ?? SYSTEM}
      onChange={(id) => choose(use, able.find(({ deviceId }) => deviceId === id) ?? null)}
      options={[
        { value: SYSTEM, label: 'What the system uses' },
        ...able.map(({ deviceId, label: name }) => ({ value: deviceId, label: name })),
      ]}
      description={
        isGone
          ? `${wanted.label} is not plugged in. It is used again once it is back.`
          : able.length === 0
            ? 'Devices have names once the microphone was allowed: test it.'
            : undefined
      }
    />
  );
}

function TestSound({ use, what }: { use: DeviceUse; what: string }) {
  const tell = useTell();
  const play = async () => {
    const isPlayed = await playTest(deviceFor(use));
    tell(isPlayed ? 'Three rising notes were played.' : 'This computer has no sound.');
  };
  return (
    <Button size="sm" icon={<Play />} className="self-start" onClick={() => void play()}>
      Test sound for {what}
    </Button>
  );
}

function MicrophoneTest() {
  const { microphone, choices } = useDevices();
  const [open, setOpen] = useState<OpenMicrophone | null>(null);
  const tell = useTell();
  const start = async () => {
    const answer = await openMicrophone(deviceFor('microphone'));
    setMicrophone(answer.ok ? 'granted' : answer.error);
    if (!answer.ok) return tell(MICROPHONE_SENTENCE[answer.error]);
    setOpen(answer.value);
    await lookAgain();
  };
  useEffect(() => () => open?.close(), [open]);
  // Another microphone is another test.
  const [tested, setTested] = useState(choices.microphone);
  if (tested !== choices.microphone) {
    setTested(choices.microphone);
    setOpen(null);
  }
  return (
    <div className="flex flex-col gap-2">
      <output className="text-sm text-muted">{MICROPHONE_SENTENCE[microphone]}</output>
      {open === null ? (
        <Button size="sm" icon={<Mic />} className="self-start" onClick={() => void start()}>
          Test the microphone
        </Button>
      ) : (
        <>
          <LevelMeter microphone={open} />
          <div className="flex gap-2">
            <Button size="sm" icon={<Square />} onClick={() => setOpen(null)}>
              Stop the test
            </Button>
            <EchoButton microphone={open} />
          </div>
        </>
      )}
    </div>
  );
}

/** Ten times a second, written straight to the bar: a level is nothing to render a page for. */
function LevelMeter({ microphone }: { microphone: OpenMicrophone }) {
  const bar = useRef<HTMLMeterElement>(null);
  useEffect(
    () =>
      meter(microphone, (level) => {
        if (bar.current !== null) bar.current.value = level;
      }),
    [microphone],
  );
  return (
    <label className="flex max-w-80 flex-col gap-1 text-sm text-muted">
      Level: speak, and it moves
      <meter ref={bar} min={0} max={1} low={0.1} optimum={0.5} defaultValue={0} className="h-3 w-full" />
    </label>
  );
}

function EchoButton({ microphone }: { microphone: OpenMicrophone }) {
  const [isOn, setOn] = useState(false);
  const tell = useTell();
  const run = async () => {
    setOn(true);
    tell('Speak for three seconds; then you hear yourself.');
    const isPlayed = await echo(microphone, deviceFor('speaker'), ECHO_MS);
    setOn(false);
    tell(isPlayed ? 'That is how you are heard.' : 'Nothing could be played back.');
  };
  return (
    <Button
      size="sm"
      icon={<Play />}
      disabledReason={isOn ? 'It listens, or plays back, at the moment.' : null}
      onClick={() => void run()}
    >
      Hear yourself
    </Button>
  );
}
