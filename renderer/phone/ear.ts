import { seededRandom } from '../../shared/lib/random.ts';
import { type Cadence, burstsOf, keyTone } from './line-tones.ts';

type Stop = () => void;

/** Where the line is heard. Nothing in here throws: a computer without sound is no trouble. */
export interface Ear {
  /** Sounds a cadence for so long, or until it is stopped. */
  ring(cadence: Cadence, seconds: number): Stop;
  /** Somebody speaks for so long: no words, but a voice, the same for the same seed. */
  murmur(seed: string, seconds: number): Stop;
  /** The tone after which a machine listens. */
  beep(): void;
  /** A key of the keypad; its own tones. */
  key(key: string): void;
  /** Sound can come out: the browser lets it, which takes a key or a press first. */
  isOpen(): boolean;
  useDevice(deviceId: string | null): Promise<void>;
  close(): Promise<void>;
}

const TONE_LOUDNESS = 0.05;
const VOICE_LOUDNESS = 0.16;
const KEY_SECONDS = 0.12;
const BEEP: Cadence = { hertz: [1000], seconds: [0.4, 1] };
/** Longer than anybody is rung. */
const RING_SECONDS_MAX = 120;

/** Null where this browser has no sound at all. */
export function openEar(): Ear | null {
  const audio = newContext();
  if (audio === null) return null;
  void audio.resume().catch(() => {});
  const ring = (cadence: Cadence, seconds: number): Stop => {
    const gain = audio.createGain();
    gain.gain.value = 0;
    const from = audio.currentTime + 0.02;
    for (const [on, off] of burstsOf(cadence, Math.min(seconds, RING_SECONDS_MAX))) {
      gain.gain.setTargetAtTime(TONE_LOUDNESS, from + on, 0.01);
      gain.gain.setTargetAtTime(0, from + off, 0.01);
    }
    return sounding(audio, cadence.hertz, gain, seconds);
  };
  return {
    ring,
    murmur: (seed, seconds) => speak(audio, seed, seconds),
    beep: () => void ring(BEEP, BEEP.seconds[0]!),
    key(key) {
      const hertz = keyTone(key);
      if (hertz !== null) ring({ hertz, seconds: [KEY_SECONDS, 1] }, KEY_SECONDS);
    },
    isOpen: () => audio.state === 'running',
    useDevice: (deviceId) => sendTo(audio, deviceId),
    close: () => audio.close().catch(() => {}),
  };
}

/** Lets sound come out of a device. One that is gone by now, or a browser that cannot choose, changes nothing. */
export async function sendTo(audio: AudioContext, deviceId: string | null): Promise<void> {
  const choosing = audio as AudioContext & { setSinkId?: (id: string) => Promise<void> };
  try {
    await choosing.setSinkId?.(deviceId ?? '');
  } catch {
    // What the system uses is used then.
  }
}

export function newContext(): AudioContext | null {
  try {
    return new AudioContext();
  } catch {
    return null;
  }
}

function sounding(audio: AudioContext, hertz: readonly number[], gain: GainNode, seconds: number): Stop {
  const sources = hertz.map((each) => {
    const source = audio.createOscillator();
    source.frequency.value = each;
    source.connect(gain);
    source.start();
    source.stop(audio.currentTime + seconds + 0.1);
    return source;
  });
  gain.connect(audio.destination);
  sources[0]?.addEventListener('ended', () => gain.disconnect());
  return () => {
    gain.disconnect();
    for (const source of sources) source.disconnect();
  };
}

/** Where the mouth resonates in a few vowels, in Hz. */
const VOWELS: readonly (readonly [number, number])[] = [
  [730, 1090],
  [530, 1840],
  [270, 2290],
  [570, 840],
  [300, 870],
];
const SYLLABLE_SECONDS = 0.19;

/** A throat that buzzes, and a mouth that turns from vowel to vowel. */
function speak(audio: AudioContext, seed: string, seconds: number): Stop {
  const random = seededRandom(seed);
  const pitch = 95 + random.next() * 120;
  const throat = audio.createOscillator();
  throat.type = 'sawtooth';
  const loudness = audio.createGain();
  loudness.gain.value = 0;
  const mouth = [0, 1].map(() => {
    const filter = audio.createBiquadFilter();
    filter.type = 'bandpass';
    filter.Q.value = 7;
    throat.connect(filter).connect(loudness);
    return filter;
  });
  const from = audio.currentTime + 0.02;
  for (let at = 0; at < seconds; at += SYLLABLE_SECONDS) {
    const vowel = VOWELS[Math.floor(random.next() * VOWELS.length)]!;
    mouth.forEach((filter, nth) => filter.frequency.setTargetAtTime(vowel[nth]!, from + at, 0.02));
    throat.frequency.setTargetAtTime(pitch * (0.9 + random.next() * 0.25), from + at, 0.04);
    // Every few syllables a breath.
    const isBreath = random.next() < 0.14;
    loudness.gain.setTargetAtTime(isBreath ? 0 : VOICE_LOUDNESS, from + at, 0.03);
    loudness.gain.setTargetAtTime(VOICE_LOUDNESS / 6, from + at + SYLLABLE_SECONDS * 0.7, 0.03);
  }
  loudness.gain.setTargetAtTime(0, from + seconds, 0.03);
  loudness.connect(audio.destination);
  throat.start(from);
  throat.stop(from + seconds + 0.2);
  throat.addEventListener('ended', () => loudness.disconnect());
  return () => loudness.disconnect();
}
