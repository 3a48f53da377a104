import { newContext, sendTo } from './ear.ts';
import type { OpenMicrophone } from './microphone.ts';

const NOTES = [523, 659, 784];
const NOTE_SECONDS = 0.18;
const LOUDNESS = 0.12;

/** Three rising notes on a device. False where no sound can be made at all. */
export async function playTest(deviceId: string | null): Promise<boolean> {
  const audio = newContext();
  if (audio === null) return false;
  await sendTo(audio, deviceId);
  await audio.resume().catch(() => {});
  const gain = audio.createGain();
  gain.gain.value = LOUDNESS;
  gain.connect(audio.destination);
  const ends = NOTES.map((hertz, nth) => {
    const note = audio.createOscillator();
    note.frequency.value = hertz;
    note.connect(gain);
    note.start(audio.currentTime + nth * NOTE_SECONDS);
    note.stop(audio.currentTime + (nth + 1) * NOTE_SECONDS);
    return new Promise<void>((ended) => note.addEventListener('ended', () => ended()));
  });
  await Promise.all(ends);
  await audio.close().catch(() => {});
  return true;
}

/** Three seconds of what the microphone hears, played back on a device. Kept nowhere. */
export async function echo(
  { stream }: OpenMicrophone,
  deviceId: string | null,
  ms: number,
): Promise<boolean> {
  try {
    const sound = await recorded(stream, ms);
    const address = URL.createObjectURL(sound);
    const player = new Audio(address);
    await player.setSinkId?.(deviceId ?? '');
    await player.play();
    await new Promise<void>((ended) => player.addEventListener('ended', () => ended(), { once: true }));
    URL.revokeObjectURL(address);
    return true;
  } catch {
    return false;
  }
}

function recorded(stream: MediaStream, ms: number): Promise<Blob> {
  const recorder = new MediaRecorder(stream);
  const parts: Blob[] = [];
  recorder.addEventListener('dataavailable', ({ data }) => void parts.push(data));
  const done = new Promise<Blob>((stopped) =>
    recorder.addEventListener('stop', () => stopped(new Blob(parts, { type: recorder.mimeType }))),
  );
  recorder.start();
  setTimeout(() => recorder.stop(), ms);
  return done;
}
