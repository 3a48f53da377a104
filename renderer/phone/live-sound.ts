/** The sound of a call as the engine sends it: raw 16-bit samples, low byte first, in base64. */
export interface SoundPart {
  readonly sampleRate: number;
  readonly channels: number;
  readonly samples: string;
}

const FULL_SCALE = 32_768;

/** Both sides of a talk in one, from -1 to 1: whoever listens in hears both with both ears. */
export function mixOf({
  samples,
  channels,
}: Pick<SoundPart, 'samples' | 'channels'>): Float32Array<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(samples), (sign) => sign.charCodeAt(0));
  const each = 2 * channels;
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: Math.floor(bytes.length / each) }, (_, nth) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += view.getInt16(nth * each + channel * 2, true);
    return sum / channels / FULL_SCALE;
  });
}

/** How loud it is, from 0 to 1, as an ear would have it: half of the scale is what people speak at. */
export function levelOf(mix: Float32Array): number {
  if (mix.length === 0) return 0;
  const power = mix.reduce((sum, sample) => sum + sample * sample, 0) / mix.length;
  const decibels = 10 * Math.log10(power + 1e-10);
  return Math.min(1, Math.max(0, (decibels + 50) / 50));
}

/** The first part waits so long, so that a late one leaves no gap. In seconds. */
const AHEAD_SECONDS = 0.15;
/** Further behind than that nobody wants to listen: what is late is left out. */
const BEHIND_SECONDS_MAX = 1;

export interface LivePlayer {
  /** False where this part was left out, because too much waits to be heard. */
  play(part: SoundPart, mix: Float32Array<ArrayBuffer>): boolean;
  close(): void;
}

/** Plays parts one after the other without a gap, as near to the moment as they come. */
export function livePlayer(audio: AudioContext): LivePlayer {
  let nextAt = 0;
  return {
    play({ sampleRate }, mix) {
      if (mix.length === 0) return true;
      const now = audio.currentTime;
      if (nextAt - now > BEHIND_SECONDS_MAX) return false;
      const buffer = audio.createBuffer(1, mix.length, sampleRate);
      buffer.copyToChannel(mix, 0);
      const source = audio.createBufferSource();
      source.buffer = buffer;
      source.connect(audio.destination);
      const at = nextAt < now ? now + AHEAD_SECONDS : nextAt;
      source.start(at);
      nextAt = at + buffer.duration;
      return true;
    },
    close: () => void audio.close().catch(() => {}),
  };
}
