// Draws every icon of Parley into resources/icons. Run it after changing a shape, and commit what it wrote:
// `node scripts/draw-icons.mjs`

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, runMainOnModernNode } from './lib/machine.mjs';
import {
  any,
  both,
  box,
  disc,
  ico,
  paint,
  png,
  polygon,
  ring,
  softPolygon,
  stroke,
  without,
} from './lib/raster.mjs';

const ICONS = join(root, 'resources', 'icons');
const TRAY_UNITS = 16;
const APP_UNITS = 100;
const APP_SIZES = [16, 24, 32, 48, 64, 128, 256, 512];
const BLACK = [0, 0, 0];
const WHITE = [255, 255, 255];

/**
 * The tray's shapes, one for each state, in a square of 16 units. The shape alone tells the state; the colour
 * only helps. Each colour stands out from a white panel as well as from a dark one (3 : 1 at least).
 */
export const TRAY = {
  idle: { colour: [128, 136, 150], shape: ring(8, 8, 5.5, 2) },
  ready: { colour: [46, 158, 91], shape: disc(8, 8, 5.5) },
  dialing: { colour: [59, 130, 246], shape: any(disc(2.6, 8, 2), disc(8, 8, 2), disc(13.4, 8, 2)) },
  ringing: { colour: [59, 130, 246], shape: ringing() },
  connected: { colour: [46, 158, 91], shape: without(disc(8, 8, 7.5), wave(8, 8, 1)) },
  paused: { colour: [196, 128, 24], shape: any(box(3, 2, 6.5, 14, 1), box(9.5, 2, 13, 14, 1)) },
  'wrap-up': { colour: [139, 92, 246], shape: pen() },
  trouble: { colour: [229, 72, 77], shape: trouble() },
};

/** A small source at the lower left, and what goes out from it. */
function ringing() {
  const quarter = polygon([3, -2], [18, -2], [18, 13], [3, 13]);
  return any(disc(3.5, 12.5, 2.5), both(any(ring(3, 13, 6.75, 2), ring(3, 13, 10.75, 2)), quarter));
}

/** Three bars of a voice. */
function wave(x, y, scale) {
  const bar = (dx, half, width) =>
    stroke(x + dx * scale, y - half * scale, x + dx * scale, y + half * scale, width * scale);
  return any(bar(-3.5, 1.2, 1.75), bar(0, 3.6, 1.75), bar(3.5, 1.2, 1.75));
}

/** A pen that lies across, its tip at the lower left, with a gap between shaft and end. */
function pen() {
  const body = stroke(5.2, 10.8, 12.4, 3.6, 4.2);
  const gap = stroke(7.6, 2.8, 13.2, 8.4, 1.1);
  const tip = softPolygon(0.8, [1.6, 14.4], [3.6, 8.9], [7.1, 12.4]);
  return any(without(body, gap), tip);
}

function trouble() {
  const sign = softPolygon(2.4, [8, 2.4], [14.4, 13.4], [1.6, 13.4]);
  return without(sign, any(stroke(8, 5.6, 8, 9.2, 1.7), disc(8, 12, 1.05)));
}

/** A P that is also a speech bubble: its bowl speaks, and its stem is the tail. */
function app() {
  const tile = box(4, 4, 96, 96, 22);
  const letter = any(disc(55, 42, 24), stroke(37, 42, 37, 77, 12), box(31, 18, 62, 56, 7));
  return [
    { shape: tile, colour: dusk },
    { shape: letter, colour: WHITE },
    { shape: wave(55, 42, 3.1), colour: dusk },
  ];
}

/** From a light teal at the top left to a deep one at the bottom right. */
function dusk(x, y) {
  const along = Math.max(0, Math.min(1, (x + 2 * y) / (3 * APP_UNITS)));
  const mix = (from, to) => from + (to - from) * along;
  return [mix(22, 12), mix(148, 58), mix(150, 92)];
}

const picture = (size, units, layers) => png(size, paint(size, units, layers));

/** macOS colours a picture whose name ends in Template by itself. */
function drawTray() {
  mkdirSync(join(ICONS, 'tray'));
  for (const [state, { shape, colour }] of Object.entries(TRAY)) {
    drawTrayPicture(state, { shape, colour });
    drawTrayPicture(`${state}Template`, { shape, colour: BLACK });
  }
}

/** Writes a tray picture, and the one for fine screens that Electron finds by its @2x. */
function drawTrayPicture(name, layer) {
  writeFileSync(join(ICONS, 'tray', `${name}.png`), picture(16, TRAY_UNITS, [layer]));
  writeFileSync(join(ICONS, 'tray', `${name}@2x.png`), picture(32, TRAY_UNITS, [layer]));
}

function drawApp() {
  mkdirSync(join(ICONS, 'app'));
  const pictures = APP_SIZES.map((size) => ({ size, file: picture(size, APP_UNITS, app()) }));
  for (const { size, file } of pictures) writeFileSync(join(ICONS, 'app', `${size}x${size}.png`), file);
  writeFileSync(join(ICONS, 'app.ico'), ico(pictures.filter(({ size }) => size <= 256)));
}

async function main() {
  rmSync(ICONS, { recursive: true, force: true });
  mkdirSync(ICONS, { recursive: true });
  drawTray();
  drawApp();
  return 0;
}

if (process.argv[1] === import.meta.filename) runMainOnModernNode(main);
