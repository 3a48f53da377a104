import { expect, test } from 'vitest';
import { keptWindow, openingBounds } from './window-bounds.ts';

const laptop = { x: 0, y: 0, width: 1920, height: 1080 };
const beside = { x: 1920, y: 0, width: 1920, height: 1080 };
const left = (bounds: object) => keptWindow({ bounds, isMaximized: false });

test('a window opens where it was left', () => {
  const bounds = { x: 2000, y: 60, width: 1400, height: 900 };
  expect(openingBounds(left(bounds), [laptop, beside])).toEqual(bounds);
});

test('a window left on a display that is gone opens at its usual size where the system likes', () => {
  const bounds = { x: 2000, y: 60, width: 1400, height: 900 };
  expect(openingBounds(left(bounds), [laptop])).toEqual({ width: 1280, height: 800 });
});

test('a window whose title bar nobody could grip counts as gone', () => {
  expect(openingBounds(left({ x: 0, y: -50, width: 1400, height: 900 }), [laptop])).not.toHaveProperty('y');
  expect(openingBounds(left({ x: 10, y: 1070, width: 1400, height: 900 }), [laptop])).not.toHaveProperty('y');
});

test('a window is never opened smaller than its screens can be', () => {
  expect(openingBounds(left({ x: 10, y: 10, width: 300, height: 200 }), [laptop])).toEqual({
    x: 10,
    y: 10,
    width: 1024,
    height: 640,
  });
});

test.each([
  null,
  5,
  {},
  { bounds: null },
  { bounds: { x: 1 } },
  { bounds: { x: 0, y: 0, width: '9', height: 1 } },
])('a kept file that says %j counts for nothing', (value) => {
  expect(keptWindow(value)).toBeNull();
  expect(openingBounds(keptWindow(value), [laptop])).toEqual({ width: 1280, height: 800 });
});
