import { useEffect, useRef, useState } from 'react';
import { MESSAGE_MS_MAX } from '../../../../shared/domain/message.ts';
import { deviceFor, setMicrophone } from '../../../phone/device-store.ts';
import type { MicrophoneState } from '../../../phone/devices.ts';
import { meter, openMicrophone } from '../../../phone/microphone.ts';

export interface Recorder {
  readonly isRecording: boolean;
  readonly level: number;
  readonly trouble: string | null;
  start: () => Promise<void>;
  stop: () => void;
}

const REFUSED =
  'The microphone was refused, so nothing was recorded. Allow it in the settings of this page or of the system, or choose a file.';
const TROUBLE: Readonly<Record<MicrophoneState, string>> = {
  unknown: REFUSED,
  granted: REFUSED,
  refused: REFUSED,
  none: 'There is no microphone, so nothing was recorded. Plug one in, or choose a file.',
};

/** Records the microphone until it is stopped, or until a message is as long as it may be. */
export function useRecorder(onDone: (sound: Blob) => void): Recorder {
  const [isRecording, setRecording] = useState(false);
  const [level, setLevel] = useState(0);
  const [trouble, setTrouble] = useState<string | null>(null);
  const stop = useRef<() => void>(() => {});
  useEffect(() => () => stop.current(), []);
  return {
    isRecording,
    level,
    trouble,
    stop: () => stop.current(),
    async start() {
      setTrouble(null);
      const opened = await openMicrophone(deviceFor('microphone'));
      setMicrophone(opened.ok ? 'granted' : opened.error);
      if (!opened.ok) {
        setTrouble(TROUBLE[opened.error]);
        return;
      }
      const recorder = new MediaRecorder(opened.value.stream);
      const parts: Blob[] = [];
      const stopMeter = meter(opened.value, setLevel);
      recorder.addEventListener('dataavailable', ({ data }) => void parts.push(data));
      recorder.addEventListener('stop', () => {
        stopMeter();
        opened.value.close();
        setRecording(false);
        onDone(new Blob(parts, { type: recorder.mimeType }));
      });
      recorder.start();
      setRecording(true);
      const timer = setTimeout(() => stop.current(), MESSAGE_MS_MAX);
      stop.current = () => {
        clearTimeout(timer);
        if (recorder.state !== 'inactive') recorder.stop();
      };
    },
  };
}
