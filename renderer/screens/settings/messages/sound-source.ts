import { MESSAGE_RATE, SOURCE_BYTES_MAX, SOURCE_MS_MAX } from '../../../../shared/domain/message.ts';
import { type Result, ok, refused } from '../../../../shared/lib/result.ts';

/** Unpacks what was recorded or chosen into one channel at the rate of a telephone line; a sentence where it cannot be. */
export async function unpacked(source: Blob): Promise<Result<Float32Array, string>> {
  if (source.size === 0) return refused('This file is empty. Nothing was kept. Choose another one.');
  if (source.size > SOURCE_BYTES_MAX) return refused(TOO_BIG);
  const seconds = await lengthOf(source);
  if (seconds === null) return refused(NO_SOUND);
  // Looked at before it is unpacked: four hours take more memory than a page has.
  if (Number.isFinite(seconds) && seconds * 1_000 > SOURCE_MS_MAX) return refused(TOO_LONG);
  try {
    // A context at this rate hands the sound over at it.
    const context = new OfflineAudioContext(1, 1, MESSAGE_RATE);
    return ok(inOneChannel(await context.decodeAudioData(await source.arrayBuffer())));
  } catch {
    return refused(DAMAGED);
  }
}

/** The mean of all channels: a voice that is on one of them alone is still heard. */
function inOneChannel(sound: AudioBuffer): Float32Array {
  const { numberOfChannels, length } = sound;
  const mean = new Float32Array(length);
  for (let channel = 0; channel < numberOfChannels; channel++) {
    const values = sound.getChannelData(channel);
    for (let at = 0; at < length; at++) mean[at]! += values[at]! / numberOfChannels;
  }
  return mean;
}

/** In seconds, as its head says; infinite where it does not, as with what a browser records. Null for what is no sound. */
function lengthOf(source: Blob): Promise<number | null> {
  const address = URL.createObjectURL(source);
  const player = new Audio();
  player.preload = 'metadata';
  return new Promise<number | null>((resolve) => {
    player.addEventListener('loadedmetadata', () => resolve(player.duration), { once: true });
    player.addEventListener('error', () => resolve(null), { once: true });
    player.src = address;
  }).finally(() => {
    player.removeAttribute('src');
    URL.revokeObjectURL(address);
  });
}

const TOO_BIG =
  'This file is larger than 60 MB. Nothing was kept. Cut the message out of it first, or save it as an MP3.';
const TOO_LONG =
  'This is longer than half an hour, and a message has at most 3 minutes. Nothing was kept. Cut the message out of it first.';
const NO_SOUND = 'This is no sound that Parley can read. Nothing was kept. Choose a WAV or MP3 file.';
const DAMAGED =
  'This file is damaged or not whole. Nothing was kept. Save it once more as WAV or MP3, or record the message here.';
