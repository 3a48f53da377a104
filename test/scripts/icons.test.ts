import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TRAY } from '../../scripts/draw-icons.mjs';
import { box, disc, paint, without } from '../../scripts/lib/raster.mjs';

const ICONS = join(import.meta.dirname, '../../resources/icons');
const PANELS = { white: [255, 255, 255], dark: [31, 31, 31] };

/** Contrast as WCAG 2 defines it. */
function contrast(a: number[], b: number[]): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: number[]): number {
  const [r = 0, g = 0, b = 0] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function sizeOf(file: string): number[] {
  const png = readFileSync(join(ICONS, file));
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

test('every tray colour can be seen on a white panel and on a dark one', () => {
  for (const [state, { colour }] of Object.entries(TRAY)) {
    for (const [panel, behind] of Object.entries(PANELS)) {
      expect(contrast(colour, behind), `${state} on ${panel}`).toBeGreaterThanOrEqual(3);
    }
  }
});

test('every state has its picture in the tray, plain and for macOS, at both sizes', () => {
  for (const state of Object.keys(TRAY)) {
    for (const name of [state, `${state}Template`]) {
      expect(sizeOf(`tray/${name}.png`), name).toEqual([16, 16]);
      expect(sizeOf(`tray/${name}@2x.png`), name).toEqual([32, 32]);
    }
  }
});

test('no two states can be confused by their shape alone', () => {
  const pictures = Object.values(TRAY).map(({ shape }) => paint(16, 16, [{ shape, colour: [0, 0, 0] }]));
  for (const [i, one] of pictures.entries()) {
    for (const other of pictures.slice(i + 1)) {
      const differing = one.filter((alpha, at) => at % 4 === 3 && Math.abs(alpha - other[at]!) > 127);
      expect(differing.length).toBeGreaterThan(20);
    }
  }
});

test('a soft edge keeps the full colour and fades only in coverage', () => {
  const shape = without(box(0, 0, 2, 2), disc(2, 2, 1));
  const pixels = paint(2, 2, [{ shape, colour: [200, 100, 0] }]);
  expect(Array.from(pixels.subarray(0, 4))).toEqual([200, 100, 0, 255]);
  expect(Array.from(pixels.subarray(12, 15))).toEqual([200, 100, 0]);
  expect(pixels[15]).toBeGreaterThan(20);
  expect(pixels[15]).toBeLessThan(80);
});
