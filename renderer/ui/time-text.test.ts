import { expect, test } from 'vitest';
import { toastSide } from './toast-place.ts';
import { clockText, relativeText, spokenDuration } from './time-text.ts';

const MINUTE = 60_000;

test('a call timer keeps two digits, and shows hours only once there are some', () => {
  expect(clockText(0)).toBe('00:00');
  expect(clockText(134_900)).toBe('02:14');
  expect(clockText(62 * MINUTE + 5_000)).toBe('1:02:05');
});

test('a clock set backwards never shows a negative timer', () => {
  expect(clockText(-5_000)).toBe('00:00');
});

test('a timer read aloud says units and leaves out zeros', () => {
  expect(spokenDuration(134_000)).toBe('2 minutes 14 seconds');
  expect(spokenDuration(61 * MINUTE)).toBe('1 hour 1 minute');
  expect(spokenDuration(0)).toBe('0 seconds');
});

test('times near now are told in words, both ways', () => {
  expect(relativeText(0, 10_000)).toBe('just now');
  expect(relativeText(5 * MINUTE, 0)).toBe('in 5 min');
  expect(relativeText(0, 59.8 * MINUTE)).toBe('1 h ago');
  expect(relativeText(0, 50 * 60 * MINUTE)).toBe('2 days ago');
});

const page = { width: 1280, height: 800 };
const stack = { width: 360, height: 120 };

test('toasts step aside when the focused field lies where they would be', () => {
  const note = { left: 940, right: 1270, top: 640, bottom: 760 };
  expect(toastSide(note, stack, page, 32)).toBe('left');
  expect(toastSide({ ...note, left: 10, right: 300 }, stack, page, 32)).toBe('right');
  expect(toastSide(null, stack, page, 32)).toBe('right');
});
