import {
  isBareCharacter,
  isBareDigit,
  isChord,
  type Chord,
  type KeyPress,
  keysInWords,
  matches,
  parseKeys,
  pressOf,
} from './chord.ts';

/** Who owns a key. A later scope outranks an earlier one. */
export const SCOPES = ['global', 'screen', 'call-state', 'dialog', 'text'] as const;
export type Scope = (typeof SCOPES)[number];

export interface Binding {
  /** Stable name, used by the rebinding map: `dial.hang-up`. */
  id: string;
  /** One or more ways to press it: `['h', 'ctrl+shift+h']`, `'g d'`, `'mod+k'`. */
  keys: string | readonly string[];
  title: string;
  run: () => void;
  /** Why it does nothing at this moment, as a sentence for the status bar. */
  whyNot?: string | null | undefined;
  /** Fires again while the key is held. Only for moving about, never for acting. */
  repeats?: boolean | undefined;
  /** Left out of the key sheet. */
  hidden?: boolean | undefined;
}

export interface Layer {
  scope: Scope;
  /** Among layers of one scope the higher order is on top. */
  order: number;
  bindings: readonly Binding[];
}

/** What has the focus, as far as keys are concerned: some keys belong to it before they belong to us. */
export type Focus = 'nothing' | 'button' | 'roving' | 'text';

export interface KeyState {
  focus: Focus;
  /** The first press of a sequence that is under way, such as `G`. */
  pending: KeyPress | null;
  /** The master switch for single-character keys (WCAG 2.1.4). */
  lettersOn: boolean;
  /** Binding id to the keys its user chose instead. */
  rebound: Readonly<Record<string, string | readonly string[]>>;
  isMac: boolean;
}

export type Resolution =
  | { kind: 'run'; binding: Binding }
  | { kind: 'blocked'; why: string }
  /** The first key of a sequence; wait for the next. */
  | { kind: 'pending' }
  /** Ours, but held down or the end of a sequence that leads nowhere: take it and do nothing. */
  | { kind: 'swallow' }
  | { kind: 'none' };

const NONE: Resolution = { kind: 'none' };
const MODIFIER_KEYS = new Set(['control', 'shift', 'alt', 'meta', 'altgraph', 'capslock', 'dead', 'process']);
const BUTTON_KEYS = new Set(['enter', 'space']);
const ROVING_KEYS = new Set([
  'arrowup',
  'arrowdown',
  'arrowleft',
  'arrowright',
  'home',
  'end',
  'pageup',
  'pagedown',
]);
const EDITING_KEYS = new Set([...ROVING_KEYS, 'backspace', 'delete', 'space', 'tab', 'insert']);
const EDITING_LETTERS = new Set(['a', 'c', 'v', 'x', 'y', 'z']);

/** Decides what a press means now. The topmost layer that knows the key owns it, whether or not it may act. */
export function resolve(press: KeyPress, layers: readonly Layer[], state: KeyState): Resolution {
  const made = pressOf(press);
  if (press.isComposing === true || MODIFIER_KEYS.has(made.key)) return NONE;
  if (state.pending !== null) return endSequence(state.pending, press, made, layers, state);

  const open = layersFor(made, layers, state);
  if (startsSequence(press, open, state))
    return press.repeat === true ? { kind: 'swallow' } : { kind: 'pending' };
  const found = firstMatch(open, state, (chords) => chords.length === 1 && matches(chords[0]!, press));
  return found === null ? NONE : outcome(found, press);
}

function outcome(binding: Binding, press: KeyPress): Resolution {
  if (press.repeat === true && binding.repeats !== true) return { kind: 'swallow' };
  if (binding.whyNot != null) return { kind: 'blocked', why: binding.whyNot };
  return { kind: 'run', binding };
}

function endSequence(
  first: KeyPress,
  press: KeyPress,
  made: Chord,
  layers: readonly Layer[],
  state: KeyState,
): Resolution {
  if (press.repeat === true || made.key === 'escape') return { kind: 'swallow' };
  const open = layersFor(pressOf(first), layers, state);
  const found = firstMatch(
    open,
    state,
    (chords) => chords.length === 2 && matches(chords[0]!, first) && matches(chords[1]!, press),
  );
  // A letter typed after G must never fall through to its own meaning: G then H is not "hang up".
  if (found !== null) return outcome(found, press);
  return isChord(made) ? NONE : { kind: 'swallow' };
}

function startsSequence(press: KeyPress, layers: readonly Layer[], state: KeyState): boolean {
  return firstMatch(layers, state, (chords) => chords.length === 2 && matches(chords[0]!, press)) !== null;
}

/** The layers that may hear this press, topmost first. */
function layersFor(made: Chord, layers: readonly Layer[], state: KeyState): readonly Layer[] {
  const sorted = topFirst(layers).filter((layer) => layer.scope !== 'text' || state.focus === 'text');
  if (isLeftToFocus(made, state.focus)) return sorted.filter((layer) => layer.scope === 'text');
  if (isBareCharacter(made) && !state.lettersOn) return [];
  const audible = isChord(made) ? sorted : aboveWall(sorted);
  return isBareDigit(made) ? oneOwnerOfDigits(audible, state) : audible;
}

/** An open dialog shuts out the plain keys of everything beneath it. */
function aboveWall(sorted: readonly Layer[]): readonly Layer[] {
  const wall = sorted.findIndex((layer) => layer.scope === 'dialog');
  return wall === -1 ? sorted : sorted.slice(0, wall + 1);
}

/** Digits have one meaning at a time: the topmost layer that uses any digit has all of them. */
function oneOwnerOfDigits(sorted: readonly Layer[], state: KeyState): readonly Layer[] {
  const owner = sorted.find((layer) =>
    layer.bindings.some((binding) => waysOf(binding, state).some((chords) => isBareDigit(chords[0]!))),
  );
  return owner === undefined ? sorted : [owner];
}

/** Whether the thing in focus uses this press itself, as the platform has taught people to expect. */
function isLeftToFocus(made: Chord, focus: Focus): boolean {
  if (focus === 'nothing') return false;
  if (focus === 'text') {
    if (!isChord(made)) return true;
    if (/^f\d/.test(made.key)) return false;
    return (
      EDITING_KEYS.has(made.key) || ((made.ctrl || made.meta) && !made.alt && EDITING_LETTERS.has(made.key))
    );
  }
  if (isChord(made)) return false;
  // A row that is picked by arrows does nothing of its own on Shift+Enter.
  if (focus === 'roving' && made.key === 'enter' && made.shift === true) return false;
  return BUTTON_KEYS.has(made.key) || (focus === 'roving' && ROVING_KEYS.has(made.key));
}

function firstMatch(
  sorted: readonly Layer[],
  state: KeyState,
  fits: (chords: Chord[]) => boolean,
): Binding | null {
  for (const layer of sorted) {
    const found = layer.bindings.find((binding) => waysOf(binding, state).some(fits));
    if (found !== undefined) return found;
  }
  return null;
}

/** The layers from the one that outranks all others down to the lowest. */
export function topFirst(layers: readonly Layer[]): Layer[] {
  return [...layers].sort((a, b) => SCOPES.indexOf(b.scope) - SCOPES.indexOf(a.scope) || b.order - a.order);
}

/** The keys that work for a binding today, as chosen by its user or else as built in. */
export function keysOf(binding: Binding, rebound: KeyState['rebound']): readonly string[] {
  const keys = rebound[binding.id] ?? binding.keys;
  return typeof keys === 'string' ? [keys] : keys;
}

function waysOf(binding: Binding, state: KeyState): Chord[][] {
  return keysOf(binding, state.rebound).map((keys) => parseKeys(keys, state.isMac));
}

export interface SheetGroup {
  scope: Scope;
  rows: { id: string; title: string; keys: readonly string[]; whyNot: string | null }[];
}

/** The bindings a person could press now, grouped by scope, topmost scope first. Shadowed ones are left out. */
export function sheet(layers: readonly Layer[], state: Pick<KeyState, 'rebound'>): SheetGroup[] {
  const taken = new Set<string>();
  const groups = new Map<Scope, SheetGroup>();
  for (const layer of topFirst(layers)) {
    for (const binding of layer.bindings) {
      const keys = keysOf(binding, state.rebound).filter((way) => !taken.has(way));
      for (const way of keys) taken.add(way);
      if (keys.length === 0 || binding.hidden === true) continue;
      const group = groups.get(layer.scope) ?? { scope: layer.scope, rows: [] };
      group.rows.push({ id: binding.id, title: binding.title, keys, whyNot: binding.whyNot ?? null });
      groups.set(layer.scope, group);
    }
  }
  return [...groups.values()];
}

/** Keys that belong to the platform: whoever lost them could not get out of a dialog or fill in a field any more. */
const KEPT = new Set([...BUTTON_KEYS, ...EDITING_KEYS, 'escape']);

/** Why something cannot be done by these keys, as a sentence; null where it can. Asked before they are kept. */
export function whyNotKeys(
  keys: string,
  forId: string,
  layers: readonly Layer[],
  { rebound, isMac }: Pick<KeyState, 'rebound' | 'isMac'>,
): string | null {
  const [made, ...more] = parseKeys(keys, isMac);
  if (made === undefined || more.length > 0) return 'Choose one key, alone or with Ctrl, Alt or Shift.';
  if (KEPT.has(made.key) && !isChord(made))
    return `${keysInWords(keys, isMac)} is needed to move about and to type. Choose another key.`;
  const [taken] = clashes(keys, forId, layers, rebound);
  if (taken === undefined) return null;
  return `${keysInWords(keys, isMac)} already does “${taken.title}” here. Choose another key, or give that one another first.`;
}

/** Other bindings that already answer to these keys, or begin a sequence with them. */
function clashes(
  keys: string,
  forId: string,
  layers: readonly Layer[],
  rebound: KeyState['rebound'],
): Binding[] {
  const asked = keys.toLowerCase();
  return layers
    .flatMap((layer) => layer.bindings)
    .filter(
      (binding) =>
        binding.id !== forId &&
        keysOf(binding, rebound).some((way) => way === asked || way.startsWith(`${asked} `)),
    );
}

/** The keys to show where the built-in ones are named: what the topmost binding that has them answers to today. */
export function shownKeys(keys: string, layers: readonly Layer[], rebound: KeyState['rebound']): string {
  for (const layer of topFirst(layers)) {
    const found = layer.bindings.find(({ keys: ways }) =>
      (typeof ways === 'string' ? [ways] : ways).includes(keys),
    );
    if (found !== undefined)
      return keysOf(found, rebound).includes(keys) ? keys : (keysOf(found, rebound)[0] ?? keys);
  }
  return keys;
}
