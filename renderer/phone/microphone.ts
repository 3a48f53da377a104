import { type Result, ok, refused } from '../../shared/lib/result.ts';
import type { MicrophoneState } from './devices.ts';
import { newContext } from './ear.ts';

const LOOK_EVERY_MS = 100;
/** Speech at arm’s length is about this loud, of 1; the meter is full there. */
const LOUD = 0.25;

export interface OpenMicrophone {
  readonly stream: MediaStream;
  close(): void;
}

/** Asks for the microphone, which the person may refuse. */
export async function openMicrophone(
  deviceId: string | null,
): Promise<Result<OpenMicrophone, MicrophoneState>> {
  try {
    const audio = deviceId === null ? true : { deviceId: { ideal: deviceId } };
    const stream = await navigator.mediaDevices.getUserMedia({ audio });
    const close = () => stream.getTracks().forEach((track) => track.stop());
    return ok({ stream, close });
  } catch (error) {
    return refused(error instanceof DOMException && error.name === 'NotFoundError' ? 'none' : 'refused');
  }
}

/** Tells how loud it is, from 0 to 1, ten times a second. Nothing is kept, and nothing leaves the computer. */
export function meter({ stream }: OpenMicrophone, onLevel: (level: number) => void): () => void {
  const audio = newContext();
  if (audio === null) return () => {};
  void audio.resume().catch(() => {});
  const analyser = audio.createAnalyser();
  analyser.fftSize = 1024;
  audio.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    onLevel(Math.min(1, loudness(samples) / LOUD));
  }, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    void audio.close().catch(() => {});
  };
}

/** The root of the mean square. */
export function loudness(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length);
}
