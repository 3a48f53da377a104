/** What a person has chosen for their own screen. Kept with the person, not with the machine. */
export interface Preferences {
  readonly theme: (typeof THEMES)[number];
  readonly density: (typeof DENSITIES)[number];
  /** Single-letter keys may be switched off as one (WCAG 2.1.4); chords stay. */
  readonly singleKeys: boolean;
  /** A short tone instead of speech at the moment somebody picks up. */
  readonly quietOnConnect: boolean;
  readonly sounds: boolean;
  /** Locks the screen after so many minutes without a key or a pointer; 0 is never. Needs a PIN. */
  readonly idleLockMinutes: number;
  /** Keys a person chose instead of the built-in ones, by what they do: `dial.hang-up` to `x`. */
  readonly rebound: Readonly<Record<string, string>>;
}

export const THEMES = ['system', 'light', 'dark'] as const;
export const DENSITIES = ['compact', 'regular', 'relaxed'] as const;

export const USUAL_PREFERENCES: Preferences = {
  theme: 'system',
  density: 'regular',
  singleKeys: true,
  quietOnConnect: false,
  sounds: true,
  idleLockMinutes: 0,
  rebound: {},
};
