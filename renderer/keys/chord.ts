/** One press of keys as a binding asks for it. `shift` is null where the character itself already settles it. */
export interface Chord {
  key: string;
  ctrl: boolean;
  meta: boolean;
  alt: boolean;
  shift: boolean | null;
}

/** What a keyboard event tells us. A real KeyboardEvent fits; so does a plain object in a test. */
export interface KeyPress {
  key: string;
  code?: string | undefined;
  ctrlKey?: boolean | undefined;
  metaKey?: boolean | undefined;
  altKey?: boolean | undefined;
  shiftKey?: boolean | undefined;
  repeat?: boolean | undefined;
  isComposing?: boolean | undefined;
  altGraph?: boolean | undefined;
}

const NAMES: Record<string, string> = {
  esc: 'escape',
  return: 'enter',
  del: 'delete',
  up: 'arrowup',
  down: 'arrowdown',
  left: 'arrowleft',
  right: 'arrowright',
  ' ': 'space',
  spacebar: 'space',
  plus: '+',
};

/** Reads `g d`, `mod+shift+k`, `?` or `ctrl+enter` into the presses it stands for, in order. */
export function parseKeys(keys: string, isMac: boolean): Chord[] {
  return keys
    .trim()
    .split(/\s+/)
    .map((part) => parseChord(part, isMac));
}

function parseChord(part: string, isMac: boolean): Chord {
  const pieces = part === '+' ? ['plus'] : part.toLowerCase().split('+');
  const key = keyName(pieces.at(-1) ?? '');
  const modifiers = new Set(pieces.slice(0, -1));
  const mod = modifiers.has('mod');
  const asksShift = modifiers.has('shift');
  return {
    key,
    ctrl: modifiers.has('ctrl') || (mod && !isMac),
    meta: modifiers.has('meta') || (mod && isMac),
    alt: modifiers.has('alt'),
    shift: asksShift || !isCharacter(key) || isLetter(key) ? asksShift : null,
  };
}

/** Whether this press is the one the chord asks for. Compares the character made, not the place of the key. */
export function matches(chord: Chord, press: KeyPress): boolean {
  const made = pressOf(press);
  return (
    chord.key === made.key &&
    chord.ctrl === made.ctrl &&
    chord.meta === made.meta &&
    chord.alt === made.alt &&
    (chord.shift === null || chord.shift === made.shift)
  );
}

/** The press in our own words, with AltGr undone and non-Latin letters read from their place on the board. */
export function pressOf(press: KeyPress): Chord & { shift: boolean } {
  // AltGr arrives as Ctrl+Alt on Windows although the person only typed a character.
  const typed = press.altGraph === true;
  const alt = !typed && press.altKey === true;
  return {
    key: producedKey(press, alt),
    ctrl: !typed && press.ctrlKey === true,
    meta: press.metaKey === true,
    alt,
    shift: press.shiftKey === true,
  };
}

/** The press as a binding would ask for it: `ctrl+shift+x`, `?`. */
export function keysOfPress(press: KeyPress): string {
  const { key, ctrl, meta, alt, shift } = pressOf(press);
  const asksShift = shift && (!isCharacter(key) || isLetter(key));
  const held = [ctrl && 'ctrl', alt && 'alt', asksShift && 'shift', meta && 'meta'].filter(
    (name) => name !== false,
  );
  return [...held, key === '+' ? 'plus' : key].join('+');
}

function producedKey(press: KeyPress, alt: boolean): string {
  const key = keyName(press.key.toLowerCase());
  if (key.length > 1 || key.charCodeAt(0) < 128) return key;
  // A Cyrillic or Greek board makes no Latin letters, and Option on a Mac makes signs.
  const letter = /^Key([A-Z])$/.exec(press.code ?? '')?.[1];
  if (letter !== undefined) return letter.toLowerCase();
  return (alt ? /^Digit(\d)$/.exec(press.code ?? '')?.[1] : undefined) ?? key;
}

function keyName(key: string): string {
  return NAMES[key] ?? key;
}

/** One visible character, as opposed to Enter, F6 or an arrow. */
export function isCharacter(key: string): boolean {
  return key.length === 1;
}

function isLetter(key: string): boolean {
  return key.toLowerCase() !== key.toUpperCase();
}

/** A chord types nothing into a field: it holds Ctrl, Alt or ⌘, or is a function key. */
export function isChord(chord: Chord): boolean {
  return chord.ctrl || chord.meta || chord.alt || /^f\d{1,2}$/.test(chord.key);
}

/** A single character without a modifier: what the single-letter switch turns off. */
export function isBareCharacter(chord: Chord): boolean {
  return isCharacter(chord.key) && !isChord(chord);
}

export function isBareDigit(chord: Chord): boolean {
  return /^\d$/.test(chord.key) && !isChord(chord) && chord.shift !== true;
}

const SHOWN: Record<string, string> = {
  enter: '↵',
  escape: 'Esc',
  space: 'Space',
  tab: 'Tab',
  backspace: '⌫',
  delete: 'Del',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  pageup: 'PgUp',
  pagedown: 'PgDn',
};

/** The caps to draw, press by press: `mod+k` is `[['Ctrl', 'K']]`, `g d` is `[['G'], ['D']]`. */
export function keyCaps(keys: string, isMac: boolean): string[][] {
  return parseKeys(keys, isMac).map((chord) => [
    ...(chord.ctrl ? [isMac ? '⌃' : 'Ctrl'] : []),
    ...(chord.alt ? [isMac ? '⌥' : 'Alt'] : []),
    ...(chord.shift === true ? [isMac ? '⇧' : 'Shift'] : []),
    ...(chord.meta ? [isMac ? '⌘' : 'Win'] : []),
    SHOWN[chord.key] ?? (chord.key.length === 1 ? chord.key.toUpperCase() : capital(chord.key)),
  ]);
}

const SPOKEN: Record<string, string> = {
  '↵': 'Enter',
  '⌫': 'Backspace',
  '↑': 'Up',
  '↓': 'Down',
  '←': 'Left',
  '→': 'Right',
  '⌃': 'Control',
  '⌥': 'Option',
  '⇧': 'Shift',
  '⌘': 'Command',
  Esc: 'Escape',
};

/** The same keys for a sentence or a screen reader: `Ctrl+K`, `G then D`. */
export function keysInWords(keys: string, isMac: boolean): string {
  return keyCaps(keys, isMac)
    .map((caps) => caps.map((cap) => SPOKEN[cap] ?? cap).join('+'))
    .join(' then ');
}

/** The value for `aria-keyshortcuts`. A sequence has no form there, so it yields undefined. */
export function ariaKeys(keys: string, isMac: boolean): string | undefined {
  const chords = parseKeys(keys, isMac);
  const only = chords[0];
  if (only === undefined || chords.length > 1) return undefined;
  const held = [
    only.ctrl && 'Control',
    only.alt && 'Alt',
    only.shift === true && 'Shift',
    only.meta && 'Meta',
  ].filter((name) => name !== false);
  return [...held, capital(only.key)].join('+');
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
