import WaveSurfer from 'wavesurfer.js';
import { onSystemTheme, tokenColour } from '../../theme/theme.ts';

/* The one file that knows wavesurfer: it draws what it is given, and plays by the page’s own audio element. */

export interface WaveSound {
  readonly url: string;
  /** From 0 to 255, for each channel; null where the browser has to decode the sound to draw it. */
  readonly peaks: readonly (readonly number[])[] | null;
  readonly durationMs: number | null;
}

export interface WaveEars {
  readonly ready: (durationMs: number) => void;
  readonly moved: (atMs: number) => void;
  readonly playing: (isPlaying: boolean) => void;
  readonly failed: (why: string) => void;
}

export interface Wave {
  play(): Promise<void>;
  pause(): void;
  seek(atMs: number): void;
  setSpeed(speed: number): void;
  close(): void;
}

/** Height of one channel, in px. */
const CHANNEL_PX = 40;

/** Draws a sound and makes it heard. The upper channel is us, the lower one them. */
export function mountWave(container: HTMLElement, sound: WaveSound, ears: WaveEars): Wave {
  const { url, peaks, durationMs } = sound;
  const known =
    peaks === null || durationMs === null
      ? {}
      : {
          peaks: peaks.map((channel) => channel.map((value) => value / 255)),
          duration: durationMs / 1_000,
        };
  const wave = WaveSurfer.create({
    container,
    url,
    ...known,
    ...looks(peaks?.length ?? 1),
    height: CHANNEL_PX,
    cursorWidth: 2,
    barWidth: 2,
    barGap: 1,
    normalize: true,
    dragToSeek: true,
    hideScrollbar: true,
  });
  const repaint = () => wave.setOptions(looks(peaks?.length ?? 1));
  const stopFollowing = onTheme(repaint);
  wave.on('ready', (seconds) => ears.ready(seconds * 1_000));
  // Asked for, not believed: told that it came to its end, it may have been sent elsewhere since.
  const moved = () => ears.moved(wave.getCurrentTime() * 1_000);
  wave.on('timeupdate', moved);
  wave.on('interaction', moved);
  wave.on('play', () => ears.playing(true));
  wave.on('pause', () => ears.playing(false));
  wave.on('finish', () => ears.playing(false));
  wave.on('error', (error) => ears.failed(error.message));
  return {
    play: () => wave.play(),
    pause: () => wave.pause(),
    seek: (atMs) => wave.setTime(atMs / 1_000),
    setSpeed: (speed) => wave.setPlaybackRate(speed, true),
    close() {
      stopFollowing();
      wave.destroy();
    },
  };
}

/** A canvas cannot read the style sheet: colours are asked for, and again when the theme turns. */
function looks(channels: number) {
  const us = colours('--state-ready', '--edge');
  const them = colours('--state-connected', '--edge');
  const cursorColor = tokenColour('--text');
  return channels > 1 ? { ...us, cursorColor, splitChannels: [us, them] } : { ...us, cursorColor };
}

function colours(heard: `--${string}`, ahead: `--${string}`) {
  return { waveColor: tokenColour(ahead), progressColor: tokenColour(heard) };
}

function onTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  const stop = onSystemTheme(changed);
  return () => {
    observer.disconnect();
    stop();
  };
}
