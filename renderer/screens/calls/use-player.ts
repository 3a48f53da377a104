import { createContext, useContext } from 'react';
import { type StoreApi, createStore, useStore } from 'zustand';
import type { Wave, WaveSound } from './player-wave.ts';

export interface PlayerState {
  /** `none` until there is something to hear. */
  readonly face: 'none' | 'loading' | 'ready' | 'failed';
  readonly isPlaying: boolean;
  readonly atMs: number;
  readonly durationMs: number;
  readonly speed: number;
  readonly trouble: string | null;
  /** Moments at which the words were said that are looked for. */
  readonly hits: readonly number[];
}

/** Plays the sound of one call. Whoever draws it attaches it to its place; the transcript seeks by it. */
export interface Player {
  readonly store: StoreApi<PlayerState>;
  attach(container: HTMLElement, sound: WaveSound): () => void;
  toggle(): void;
  /** Goes there, and plays on if it played. */
  seek(atMs: number): void;
  skip(byMs: number): void;
  changeSpeed(step: 1 | -1): void;
  /** Told of every wish to go elsewhere, for whoever follows the place with their eyes. */
  onSeek(listener: () => void): () => void;
}

export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3] as const;

/** A sound that plays moves sixty times a second; whoever draws words about it needs to know ten times. */
const TOLD_EVERY_MS = 100;

const SILENT: PlayerState = {
  face: 'none',
  isPlaying: false,
  atMs: 0,
  durationMs: 0,
  speed: 1,
  trouble: null,
  hits: [],
};

export function createPlayer(): Player {
  const store = createStore<PlayerState>(() => SILENT);
  const seeking = new Set<() => void>();
  let wave: Wave | null = null;

  const fail = (why: string) => store.setState({ face: 'failed', isPlaying: false, trouble: why });
  const ears = {
    ready: (durationMs: number) => store.setState({ face: 'ready', durationMs }),
    moved(atMs: number) {
      const { atMs: told, durationMs } = store.getState();
      if (Math.abs(atMs - told) >= TOLD_EVERY_MS || atMs >= durationMs) store.setState({ atMs });
    },
    playing: (isPlaying: boolean) => store.setState({ isPlaying }),
    failed: fail,
  };
  const seek = (atMs: number) => {
    const { face, durationMs } = store.getState();
    if (face !== 'ready') return;
    const to = Math.min(Math.max(0, atMs), durationMs);
    wave?.seek(to);
    store.setState({ atMs: to });
    for (const listener of seeking) listener();
  };

  return {
    store,
    attach(container, sound) {
      let isGone = false;
      store.setState({ ...SILENT, face: 'loading', durationMs: sound.durationMs ?? 0 });
      // Most calls are looked at and not heard: the player comes when it is needed.
      void import('./player-wave.ts')
        .then(({ mountWave }) => {
          if (!isGone) wave = mountWave(container, sound, ears);
        })
        .catch((error: unknown) => fail(String(error)));
      return () => {
        isGone = true;
        wave?.close();
        wave = null;
        store.setState(SILENT);
      };
    },
    toggle() {
      const { face, isPlaying } = store.getState();
      if (face !== 'ready' || wave === null) return;
      if (isPlaying) wave.pause();
      else wave.play().catch((error: unknown) => fail((error as Error).message));
    },
    seek,
    skip: (byMs) => seek(store.getState().atMs + byMs),
    changeSpeed(step) {
      const { speed } = store.getState();
      const at = SPEEDS.findIndex((each) => each === speed);
      const next = SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, at + step))] ?? 1;
      wave?.setSpeed(next);
      store.setState({ speed: next });
    },
    onSeek(listener) {
      seeking.add(listener);
      return () => void seeking.delete(listener);
    },
  };
}

export const PlayerContext = createContext<Player | null>(null);

export function usePlayer(): Player {
  const player = useContext(PlayerContext);
  if (player === null) throw new Error('a player is needed around this');
  return player;
}

/** A part of how the player stands; draws again only when that part changes. */
export function usePlayed<T>(read: (state: PlayerState) => T): T {
  return useStore(usePlayer().store, read);
}
