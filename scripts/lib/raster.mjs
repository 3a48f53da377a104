// Shapes into pixels into PNG files, with nothing but zlib.
// A shape is a question: is the point (x, y) inside? Shapes are made of shapes.

import { crc32, deflateSync } from 'node:zlib';

/** Samples per pixel and direction: 8 x 8 gives 65 steps of soft edge. */
const FINE = 8;

export const disc = (cx, cy, r) => (x, y) => Math.hypot(x - cx, y - cy) <= r;

export const ring = (cx, cy, r, width) => (x, y) => Math.abs(Math.hypot(x - cx, y - cy) - r) <= width / 2;

/** A line with round ends. */
export const stroke = (x1, y1, x2, y2, width) => (x, y) => {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const along = Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - x1 - along * dx, y - y1 - along * dy) <= width / 2;
};

/** A box with round corners. */
export const box =
  (left, top, right, bottom, r = 0) =>
  (x, y) => {
    const dx = Math.max(left + r - x, x - right + r, 0);
    const dy = Math.max(top + r - y, y - bottom + r, 0);
    return (
      x >= left && x <= right && y >= top && y <= bottom && Math.hypot(dx, dy) <= (r || Number.MIN_VALUE)
    );
  };

/** A convex outline, its corners clockwise on the screen. */
export const polygon = (...corners) => {
  const sides = corners.map(([x, y], i) => [x, y, ...corners[(i + 1) % corners.length]]);
  return (x, y) => sides.every(([x1, y1, x2, y2]) => (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1) >= 0);
};

/** A polygon whose corners are rounded by drawing round its sides. */
export const softPolygon = (width, ...corners) => {
  const sides = corners.map(([x, y], i) => stroke(x, y, ...corners[(i + 1) % corners.length], width));
  return any(polygon(...corners), ...sides);
};

export const any =
  (...shapes) =>
  (x, y) =>
    shapes.some((inside) => inside(x, y));

export const both = (a, b) => (x, y) => a(x, y) && b(x, y);

export const without = (a, b) => (x, y) => a(x, y) && !b(x, y);

/**
 * Paints layers, last on top, on a clear square of `size` pixels that stands for `units` units each way.
 * A layer is `{ shape, colour }`, and a colour is `[r, g, b]` or a function of (x, y) that gives one.
 */
export function paint(size, units, layers) {
  const pixels = new Uint8Array(size * size * 4);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      pixels.set(pixelAt(column, row, units / size, layers), (row * size + column) * 4);
    }
  }
  return pixels;
}

/** The colours of the samples are weighed by what they cover, so that soft edges do not darken. */
function pixelAt(column, row, scale, layers) {
  const total = [0, 0, 0];
  let covered = 0;
  for (let sample = 0; sample < FINE * FINE; sample += 1) {
    const x = (column + ((sample % FINE) + 0.5) / FINE) * scale;
    const y = (row + (Math.floor(sample / FINE) + 0.5) / FINE) * scale;
    const top = layers.findLast(({ shape }) => shape(x, y));
    if (!top) continue;
    const colour = typeof top.colour === 'function' ? top.colour(x, y) : top.colour;
    for (let i = 0; i < 3; i += 1) total[i] += colour[i];
    covered += 1;
  }
  if (covered === 0) return [0, 0, 0, 0];
  return [...total.map((sum) => Math.round(sum / covered)), Math.round((255 * covered) / FINE ** 2)];
}

/** A PNG file of a square picture with transparency. */
export function png(size, pixels) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8); // 8 bits each of red, green, blue and alpha; nothing unusual after that.
  const lines = Buffer.alloc(size * (size * 4 + 1)); // Each line is led by its filter: 0, none.
  for (let row = 0; row < size; row += 1) {
    lines.set(pixels.subarray(row * size * 4, (row + 1) * size * 4), row * (size * 4 + 1) + 1);
  }
  const body = deflateSync(lines, { level: 9 });
  return Buffer.concat([
    PNG_SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', body),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** What every PNG begins with. */
export const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** One part of a PNG, with its length and its check. */
export function chunk(type, data) {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, check]);
}

/** A Windows icon file that holds PNG pictures of several sizes: `[{ size, file }]`. */
export function ico(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2); // An icon, not a cursor.
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  pictures.forEach(({ size, file }, i) => {
    const at = 6 + 16 * i;
    head.set([size % 256, size % 256], at); // 0 stands for 256.
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(file.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += file.length;
  });
  return Buffer.concat([head, ...pictures.map(({ file }) => file)]);
}
