import type { KeyPress } from './chord.ts';
import { type Focus, type KeyState, type Layer, resolve, type Resolution } from './registry.ts';

export interface KeyboardSettings {
  lettersOn: boolean;
  rebound: KeyState['rebound'];
}

export interface KeyboardDeps {
  isMac: boolean;
  /** Runs `then` after so many ms; returns how to call it off. */
  later: (then: () => void, ms: number) => () => void;
}

/** Long enough for a slow second key, short enough that a forgotten G does no harm. */
const SEQUENCE_MS = 1200;

/** Keeps the layers and settings, and the first key of a sequence while it waits for the second. */
export interface Keyboard {
  isMac: boolean;
  put: (id: object, layer: Layer) => void;
  remove: (id: object) => void;
  /** Who is told why a key did nothing. */
  whenBlocked: (listener: (why: string) => void) => void;
  configure: (settings: KeyboardSettings) => void;
  settings: () => KeyboardSettings;
  layers: () => readonly Layer[];
  /** Acts on a press. True when it was ours and the browser should not act on it too. */
  press: (press: KeyPress, focus: Focus) => boolean;
  subscribe: (listener: () => void) => () => void;
}

export function createKeyboard({ isMac, later }: KeyboardDeps): Keyboard {
  const layers = new Map<object, Layer>();
  const listeners = new Set<() => void>();
  let shown: readonly Layer[] = [];
  let settings: KeyboardSettings = { lettersOn: true, rebound: {} };
  let onBlocked: ((why: string) => void) | null = null;
  let pending: { press: KeyPress; forget: () => void } | null = null;

  const changed = () => {
    shown = [...layers.values()];
    for (const listener of listeners) listener();
  };
  const takePending = () => {
    const first = pending?.press ?? null;
    pending?.forget();
    pending = null;
    return first;
  };
  const wait = (press: KeyPress) => {
    const forget = later(() => {
      pending = null;
    }, SEQUENCE_MS);
    pending = { press, forget };
  };
  const act = (result: Resolution, press: KeyPress) => {
    if (result.kind === 'pending') wait(press);
    if (result.kind === 'blocked') onBlocked?.(result.why);
    if (result.kind === 'run') result.binding.run();
    return result.kind !== 'none';
  };

  return {
    isMac,
    put: (id, layer) => {
      layers.set(id, layer);
      changed();
    },
    remove: (id) => {
      layers.delete(id);
      changed();
    },
    whenBlocked: (listener) => {
      onBlocked = listener;
    },
    configure: (next) => {
      settings = next;
      changed();
    },
    settings: () => settings,
    layers: () => shown,
    press: (press, focus) => {
      // A modifier going down is not the second key of a sequence yet.
      if (isModifier(press)) return false;
      // Nor is the first key repeating itself because a finger rests on it.
      if (pending !== null && press.repeat === true) return true;
      const state = { focus, pending: takePending(), isMac, ...settings };
      return act(resolve(press, shown, state), press);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function isModifier(press: KeyPress): boolean {
  return ['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock'].includes(press.key);
}
