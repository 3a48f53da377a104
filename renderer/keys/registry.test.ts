import { expect, test } from 'vitest';
import { type KeyPress, keysOfPress, parseKeys } from './chord.ts';
import {
  type Binding,
  type KeyState,
  type Layer,
  resolve,
  type Scope,
  sheet,
  shownKeys,
  whyNotKeys,
} from './registry.ts';

const IDLE: KeyState = { focus: 'nothing', pending: null, lettersOn: true, rebound: {}, isMac: false };

function aBinding(keys: string | string[], over: Partial<Binding> = {}): Binding {
  const id = typeof keys === 'string' ? keys : keys.join('|');
  return { id, keys, title: id, run: () => undefined, ...over };
}

function aLayer(scope: Scope, bindings: Binding[], order = 1): Layer {
  return { scope, order, bindings };
}

function press(key: string, over: Partial<KeyPress> = {}): KeyPress {
  return { key, ...over };
}

/** The id that runs, the reason it does not, or the kind of the answer. */
function answer(keyPress: KeyPress, layers: Layer[], state: Partial<KeyState> = {}): string {
  const result = resolve(keyPress, layers, { ...IDLE, ...state });
  if (result.kind === 'run') return result.binding.id;
  return result.kind === 'blocked' ? result.why : result.kind;
}

const hangUp = aBinding(['h', 'ctrl+shift+h'], { id: 'hang-up' });
const call = aLayer('call-state', [hangUp, aBinding('m')]);

test('a letter runs its binding, whatever Caps Lock says', () => {
  expect(answer(press('h'), [call])).toBe('hang-up');
  expect(answer(press('H'), [call])).toBe('hang-up');
  expect(answer(press('H', { shiftKey: true }), [call])).toBe('none');
});

test('the higher scope owns a key, and within a scope the later layer', () => {
  const global = aLayer('global', [aBinding('n', { id: 'global' })]);
  const screen = aLayer('screen', [aBinding('n', { id: 'screen' })], 1);
  const panel = aLayer('screen', [aBinding('n', { id: 'panel' })], 2);
  expect(answer(press('n'), [screen, global])).toBe('screen');
  expect(answer(press('n'), [panel, screen, global])).toBe('panel');
});

test('a key that does nothing now says why, and never falls through to a lower meaning', () => {
  const idle = aLayer('call-state', [aBinding('h', { whyNot: 'Nothing to hang up.' })]);
  const screen = aLayer('screen', [aBinding('h', { id: 'history' })]);
  expect(answer(press('h'), [idle, screen])).toBe('Nothing to hang up.');
});

test('letters never fire inside a text field, chords and function keys do', () => {
  const text = { focus: 'text' } as const;
  const layers = [call, aLayer('global', [aBinding('f6'), aBinding('ctrl+enter'), aBinding('enter')])];
  expect(answer(press('h'), layers, text)).toBe('none');
  expect(answer(press('Enter'), layers, text)).toBe('none');
  expect(answer(press('H', { ctrlKey: true, shiftKey: true }), layers, text)).toBe('hang-up');
  expect(answer(press('F6'), layers, text)).toBe('f6');
  expect(answer(press('Enter', { ctrlKey: true }), layers, text)).toBe('ctrl+enter');
});

test('undo, copy and word jumps inside a text field stay with the field', () => {
  const layers = [aLayer('global', [aBinding('mod+z'), aBinding('mod+arrowleft')])];
  expect(answer(press('z', { ctrlKey: true }), layers)).toBe('mod+z');
  expect(answer(press('z', { ctrlKey: true }), layers, { focus: 'text' })).toBe('none');
  expect(answer(press('ArrowLeft', { ctrlKey: true }), layers, { focus: 'text' })).toBe('none');
});

test('a text layer hears plain keys in a text field, and nothing outside it', () => {
  const notes = aLayer('text', [aBinding('escape', { id: 'leave-notes' })]);
  expect(answer(press('Escape'), [notes], { focus: 'text' })).toBe('leave-notes');
  expect(answer(press('Escape'), [notes])).toBe('none');
});

test('Enter and Space belong to a focused button, arrows to a focused tab', () => {
  const layers = [aLayer('screen', [aBinding('enter'), aBinding('space'), aBinding('down'), aBinding('n')])];
  expect(answer(press('Enter'), layers, { focus: 'button' })).toBe('none');
  expect(answer(press(' '), layers, { focus: 'button' })).toBe('none');
  expect(answer(press('ArrowDown'), layers, { focus: 'button' })).toBe('down');
  expect(answer(press('ArrowDown'), layers, { focus: 'roving' })).toBe('none');
  expect(answer(press('n'), layers, { focus: 'roving' })).toBe('n');
  expect(answer(press('Enter'), layers)).toBe('enter');
});

test('Shift+Enter is free in a list of rows, where Enter alone is not', () => {
  const layers = [aLayer('call-state', [aBinding('shift+enter', { id: 'next-number' })])];
  expect(answer(press('Enter', { shiftKey: true }), layers, { focus: 'roving' })).toBe('next-number');
  expect(answer(press('Enter', { shiftKey: true }), layers, { focus: 'button' })).toBe('none');
});

test('held keys do not repeat, except those made for moving about', () => {
  const layers = [aLayer('screen', [aBinding('enter'), aBinding('j', { repeats: true })])];
  expect(answer(press('Enter', { repeat: true }), layers)).toBe('swallow');
  expect(answer(press('j', { repeat: true }), layers)).toBe('j');
});

test('digits send tones while the keypad is open and are no dispositions, not even the unbound ones', () => {
  const outcomes = aLayer(
    'call-state',
    [aBinding('1', { id: 'sale' }), aBinding('9', { id: 'do-not-call' })],
    1,
  );
  const keypad = aLayer('call-state', [aBinding('1', { id: 'tone-1' })], 2);
  expect(answer(press('1'), [outcomes])).toBe('sale');
  expect(answer(press('1'), [outcomes, keypad])).toBe('tone-1');
  expect(answer(press('9'), [outcomes, keypad])).toBe('none');
  expect(answer(press('9'), [])).toBe('none');
});

test('a chord with a digit is not the digit', () => {
  const layers = [
    aLayer('call-state', [aBinding('1', { id: 'sale' })]),
    aLayer('global', [aBinding('mod+1')]),
  ];
  expect(answer(press('1', { ctrlKey: true }), layers)).toBe('mod+1');
});

test('an open dialog shuts out plain keys beneath it but not chords', () => {
  const dialog = aLayer('dialog', [aBinding('y')]);
  expect(answer(press('h'), [call, dialog])).toBe('none');
  expect(answer(press('y'), [call, dialog])).toBe('y');
  expect(answer(press('H', { ctrlKey: true, shiftKey: true }), [call, dialog])).toBe('hang-up');
});

test('with single letters switched off only their chords remain', () => {
  const off = { lettersOn: false };
  const layers = [call, aLayer('global', [aBinding('?'), aBinding('g d'), aBinding('escape')])];
  expect(answer(press('h'), layers, off)).toBe('none');
  expect(answer(press('?', { shiftKey: true }), layers, off)).toBe('none');
  expect(answer(press('g'), layers, off)).toBe('none');
  expect(answer(press('Escape'), layers, off)).toBe('escape');
  expect(answer(press('h', { ctrlKey: true, shiftKey: true }), layers, off)).toBe('hang-up');
});

test('a rebound key works in place of the old one', () => {
  const rebound = { 'hang-up': 'x' };
  expect(answer(press('x'), [call], { rebound })).toBe('hang-up');
  expect(answer(press('h'), [call], { rebound })).toBe('none');
});

test('G then a letter goes somewhere, and a wrong letter never has its own meaning', () => {
  const layers = [call, aLayer('global', [aBinding('g d'), aBinding('g c')])];
  expect(answer(press('g'), layers)).toBe('pending');
  expect(answer(press('d'), layers, { pending: press('g') })).toBe('g d');
  expect(answer(press('h'), layers, { pending: press('g') })).toBe('swallow');
  expect(answer(press('Escape'), layers, { pending: press('g') })).toBe('swallow');
  expect(answer(press('d'), layers)).toBe('none');
});

test('a sign is bound by the character it makes, on any layout', () => {
  const layers = [aLayer('global', [aBinding('?'), aBinding('[')])];
  expect(answer(press('?', { shiftKey: true, code: 'Slash' }), layers)).toBe('?');
  expect(answer(press('?', { shiftKey: true, code: 'Minus' }), layers)).toBe('?');
  const german = press('[', { ctrlKey: true, altKey: true, altGraph: true, code: 'Digit8' });
  expect(answer(german, layers)).toBe('[');
});

test('on a board without Latin letters the place of the key counts', () => {
  expect(answer(press('р', { code: 'KeyH' }), [call])).toBe('hang-up');
});

test('mod is ⌘ on a Mac and Ctrl elsewhere', () => {
  const layers = [aLayer('global', [aBinding('mod+k')])];
  expect(answer(press('k', { metaKey: true }), layers, { isMac: true })).toBe('mod+k');
  expect(answer(press('k', { ctrlKey: true }), layers, { isMac: true })).toBe('none');
  expect(answer(press('k', { ctrlKey: true }), layers)).toBe('mod+k');
});

test('nothing fires while an input method is composing', () => {
  expect(answer(press('h', { isComposing: true }), [call])).toBe('none');
});

test('the key sheet lists what works now, topmost scope first, without shadowed keys', () => {
  const layers = [aLayer('global', [aBinding('h', { id: 'help' }), aBinding('?')]), call];
  const groups = sheet(layers, { rebound: {} });
  expect(groups.map((group) => group.scope)).toEqual(['call-state', 'global']);
  expect(groups[1]?.rows.map((row) => row.id)).toEqual(['?']);
});

test('a key that is taken here, begins a sequence or belongs to the platform is refused in a sentence', () => {
  const layers = [call, aLayer('global', [aBinding('g d', { id: 'go', title: 'Go to Dial' })])];
  const why = (keys: string) => whyNotKeys(keys, 'hang-up', layers, { rebound: {}, isMac: false });
  expect(why('x')).toBeNull();
  expect(why('h')).toBeNull();
  expect(why('ctrl+enter')).toBeNull();
  expect(why('m')).toMatch(/^M already does/);
  expect(why('g')).toMatch(/^G already does “Go to Dial”/);
  for (const keys of ['enter', 'escape', 'tab', 'space', 'arrowup'])
    expect(why(keys)).toMatch(/is needed to move/);
});

test('what a press is called is what a binding would ask for', () => {
  for (const keys of ['x', 'shift+x', 'ctrl+shift+x', '?', 'f6', 'alt+1', 'ctrl+plus']) {
    const [chord] = parseKeys(keys, false);
    const made = {
      key: chord!.key,
      ctrlKey: chord!.ctrl,
      altKey: chord!.alt,
      shiftKey: chord!.shift === true,
    };
    expect(keysOfPress(made)).toBe(keys);
  }
  expect(keysOfPress(press('?', { shiftKey: true }))).toBe('?');
});

test('the caps on screen are the keys that work today, and those of the topmost who has them', () => {
  const layers = [aLayer('global', [aBinding('h', { id: 'help' })]), call];
  expect(shownKeys('h', layers, {})).toBe('h');
  expect(shownKeys('h', layers, { 'hang-up': 'x' })).toBe('x');
  expect(shownKeys('h', layers, { help: 'x' })).toBe('h');
  expect(shownKeys('q', layers, { 'hang-up': 'x' })).toBe('q');
});
