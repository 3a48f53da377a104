import { expect, test } from 'vitest';
import { ariaKeys, keyCaps, keysInWords } from './chord.ts';
import { focusOf } from './focus.ts';

test('keys are drawn as the platform names them', () => {
  expect(keyCaps('mod+shift+k', false)).toEqual([['Ctrl', 'Shift', 'K']]);
  expect(keyCaps('mod+shift+k', true)).toEqual([['⇧', '⌘', 'K']]);
  expect(keyCaps('g d', false)).toEqual([['G'], ['D']]);
  expect(keyCaps('?', false)).toEqual([['?']]);
});

test('keys in a sentence use words, not signs', () => {
  expect(keysInWords('mod+enter', true)).toBe('Command+Enter');
  expect(keysInWords('g d', false)).toBe('G then D');
});

test('assistive technology is told single chords in its own notation', () => {
  expect(ariaKeys('mod+k', false)).toBe('Control+K');
  expect(ariaKeys('g d', false)).toBeUndefined();
});

function anElement(tagName: string, attributes: Record<string, string> = {}) {
  return { tagName, getAttribute: (name: string) => attributes[name] ?? null };
}

test('places where people type or jump by typing count as text', () => {
  expect(focusOf(anElement('TEXTAREA'))).toBe('text');
  expect(focusOf(anElement('INPUT', { type: 'tel' }))).toBe('text');
  expect(focusOf(anElement('BUTTON', { role: 'combobox' }))).toBe('text');
  expect(focusOf(anElement('DIV', { role: 'menu' }))).toBe('text');
});

test('buttons, checkboxes and tabs keep only the keys they use', () => {
  expect(focusOf(anElement('INPUT', { type: 'checkbox' }))).toBe('button');
  expect(focusOf(anElement('BUTTON', { role: 'tab' }))).toBe('roving');
  expect(focusOf(anElement('BODY'))).toBe('nothing');
});
