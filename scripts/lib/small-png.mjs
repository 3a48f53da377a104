// A picture of a screen in a third of its bytes: flat surfaces and a few thousand shades of letters' edges fit well
// into a table of 256 colours, and none of them is far from what it was.

import { deflateSync, inflateSync } from 'node:zlib';
import { chunk, PNG_SIGNATURE } from './raster.mjs';

const COLOURS_MAX = 256;
const RGB = 3;

/** The PNG with a table of colours. Takes what Chromium writes: 8 bits each of red, green and blue. */
export function smallPng(file) {
  const { width, height, header, data } = readChunks(file);
  if (header[8] !== 8 || header[9] !== 2) throw new Error('This is not a picture as Chromium takes them.');
  const pixels = unfiltered(inflateSync(data), width, height);
  const { palette, indexOf } = tableOf(pixels);
  const lines = Buffer.alloc((width + 1) * height); // Each line is led by its filter: 0, none.
  for (let row = 0; row < height; row += 1)
    for (let column = 0; column < width; column += 1)
      lines[row * (width + 1) + 1 + column] = indexOf.get(
        pixels.readUIntBE((row * width + column) * RGB, RGB),
      );
  const paletted = Buffer.from(header);
  paletted[9] = 3; // Pixels are places in the table.
  return Buffer.concat([
    PNG_SIGNATURE,
    chunk('IHDR', paletted),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(lines, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function readChunks(file) {
  const parts = [];
  let header = null;
  for (let at = PNG_SIGNATURE.length; at < file.length; ) {
    const length = file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    const body = file.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') header = body;
    if (type === 'IDAT') parts.push(body);
    at += length + 12;
  }
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  return { width, height, header, data: Buffer.concat(parts) };
}

/** The pixels themselves: each line says by its first byte what was taken off them. */
function unfiltered(lines, width, height) {
  const stride = width * RGB;
  const pixels = Buffer.alloc(stride * height);
  for (let row = 0; row < height; row += 1) {
    const from = row * (stride + 1);
    for (let at = 0; at < stride; at += 1) {
      const here = row * stride + at;
      const left = at >= RGB ? pixels[here - RGB] : 0;
      const up = row > 0 ? pixels[here - stride] : 0;
      const corner = at >= RGB && row > 0 ? pixels[here - stride - RGB] : 0;
      pixels[here] = lines[from + 1 + at] + guessOf(lines[from], left, up, corner);
    }
  }
  return pixels;
}

function guessOf(filter, left, up, corner) {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const [toLeft, toUp, toCorner] = [
    Math.abs(up - corner),
    Math.abs(left - corner),
    Math.abs(left + up - 2 * corner),
  ];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

/** The colours most used that are not nearly the same, so that a rare one, a small red sign, stays red; and for each of the others the one that is nearest. */
function tableOf(pixels) {
  const uses = new Map();
  for (let at = 0; at < pixels.length; at += RGB) {
    const colour = pixels.readUIntBE(at, RGB);
    uses.set(colour, (uses.get(colour) ?? 0) + 1);
  }
  const byUse = [...uses.keys()].sort((a, b) => uses.get(b) - uses.get(a));
  let apart = 0;
  let kept = byUse;
  while (kept.length > COLOURS_MAX) kept = apartFrom(byUse, (apart += 30));
  const palette = Buffer.alloc(kept.length * RGB);
  for (const [index, colour] of kept.entries()) palette.writeUIntBE(colour, index * RGB, RGB);
  const indexOf = new Map([...uses.keys()].map((colour) => [colour, nearest(colour, kept)]));
  return { palette, indexOf };
}

function apartFrom(byUse, apart) {
  const kept = [];
  for (const colour of byUse) {
    if (kept.every((other) => distance(colour, other) >= apart)) kept.push(colour);
    if (kept.length > COLOURS_MAX) break;
  }
  return kept;
}

function nearest(colour, kept) {
  let best = 0;
  for (const [index, other] of kept.entries()) {
    if (distance(colour, other) < distance(colour, kept[best])) best = index;
  }
  return best;
}

function distance(a, b) {
  const [red, green, blue] = [
    (a >> 16) - (b >> 16),
    ((a >> 8) & 255) - ((b >> 8) & 255),
    (a & 255) - (b & 255),
  ];
  return red * red + green * green + blue * blue;
}
