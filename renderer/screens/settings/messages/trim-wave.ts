import WaveSurfer from 'wavesurfer.js';
import RegionsPlugin, { type Region } from 'wavesurfer.js/plugins/regions';
import { tokenColour } from '../../../theme/theme.ts';

/* Draws a sound with the stretch of it that stays, and plays that. */

export interface TrimEars {
  readonly trimmed: (from: number, to: number) => void;
  readonly playing: (isPlaying: boolean) => void;
}

export interface TrimWave {
  /** In seconds. */
  setStretch(from: number, to: number): void;
  play(): void;
  stop(): void;
  close(): void;
}

const HEIGHT_PX = 80;

export function mountTrim(
  container: HTMLElement,
  { wav, samples, seconds }: { wav: Blob; samples: Int16Array; seconds: number },
  ears: TrimEars,
): TrimWave {
  const url = URL.createObjectURL(wav);
  const regions = RegionsPlugin.create();
  const wave = WaveSurfer.create({
    container,
    url,
    // Given, because a page may not fetch what it made itself.
    peaks: [Float32Array.from(samples, (sample) => sample / 32_768)],
    duration: seconds,
    height: HEIGHT_PX,
    cursorWidth: 2,
    barWidth: 2,
    barGap: 1,
    waveColor: tokenColour('--state-ready'),
    progressColor: tokenColour('--state-ready'),
    cursorColor: tokenColour('--text'),
    plugins: [regions],
  });
  let stays = { start: 0, end: seconds };
  let stretch: Region | null = null;
  // Drawn before the wave has a width it would have none.
  wave.once('ready', () => {
    const color = `color-mix(in srgb, ${tokenColour('--accent')} 25%, transparent)`;
    stretch = regions.addRegion({ ...stays, color, drag: true, resize: true });
  });
  regions.on('region-updated', ({ start, end }) => ears.trimmed(start, end));
  wave.on('play', () => ears.playing(true));
  wave.on('pause', () => ears.playing(false));
  wave.on('finish', () => ears.playing(false));
  return {
    setStretch(from, to) {
      stays = { start: from, end: to };
      stretch?.setOptions(stays);
    },
    play: () => stretch?.play(true),
    stop: () => wave.pause(),
    close() {
      wave.destroy();
      URL.revokeObjectURL(url);
    },
  };
}
