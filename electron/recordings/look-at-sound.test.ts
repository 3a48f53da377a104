import { createHash } from 'node:crypto';
import { mkdtempSync, openSync, rmSync, ftruncateSync, writeFileSync, writeSync, closeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { assert } from '../../shared/lib/assert.ts';
import { lookAtSound } from './look-at-sound.ts';
import { PEAKS_MAX } from './peaks.ts';
import { openSoundThread } from './sound-thread.ts';
import { aWav, anMp3, wavHead } from './testing-sounds.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-sounds-'));
afterAll(() => rmSync(folder, { recursive: true }));

let nth = 0;
function inFile(bytes: Uint8Array | string): string {
  const file = join(folder, `${nth++}`);
  writeFileSync(file, bytes);
  return file;
}

function facts(bytes: Uint8Array) {
  const looked = lookAtSound(inFile(bytes));
  assert(looked.ok, looked.ok ? '' : looked.error);
  return looked.value;
}

function sentence(bytes: Uint8Array | string): string {
  const looked = lookAtSound(inFile(bytes));
  return looked.ok ? 'it is a sound' : looked.error;
}

test('a sound is as long as its samples, and loud where somebody speaks', () => {
  const wav = aWav(4);
  const { peaks, ...said } = facts(wav);
  const sha256 = createHash('sha256').update(wav).digest('hex');
  expect(said).toEqual({ mime: 'audio/wav', bytes: wav.length, sha256, durationMs: 4_000, channels: 2 });
  const loudest = (channel: number, fromMs: number, toMs: number) =>
    Math.max(...peaks![channel]!.slice((fromMs * PEAKS_MAX) / 4_000, (toMs * PEAKS_MAX) / 4_000));
  expect(peaks!.map((channel) => channel.length)).toEqual([PEAKS_MAX, PEAKS_MAX]);
  expect(loudest(0, 100, 1_700)).toBeGreaterThan(20);
  expect(loudest(1, 100, 1_700)).toBeLessThan(3);
  expect(loudest(1, 2_100, 3_700)).toBeGreaterThan(20);
  expect(loudest(0, 2_100, 3_700)).toBeLessThan(3);
});

test.each([
  [{ kind: 1, bits: 8, channels: 1 }, Buffer.from([128, 255, 128, 1])],
  [{ kind: 1, bits: 16, channels: 1 }, Buffer.from([0, 0, 255, 127, 0, 0, 1, 128])],
  [{ kind: 1, bits: 24, channels: 1 }, Buffer.from([0, 0, 0, 255, 255, 127, 0, 0, 0, 1, 0, 128])],
  [{ kind: 7, bits: 8, channels: 1 }, Buffer.from([255, 128, 255, 0])],
  [{ kind: 6, bits: 8, channels: 1 }, Buffer.from([0xd5, 0xaa, 0xd5, 0x2a])],
])('silence is nought and the loudest is full, however samples are written down: %j', (coding, samples) => {
  const [channel] = facts(Buffer.concat([wavHead(samples.length, coding), samples])).peaks!;
  expect(channel![0]).toBeLessThan(3);
  expect(channel![1]).toBeGreaterThan(245);
  expect(channel![2]).toBeLessThan(3);
  expect(channel![3]).toBeGreaterThan(245);
});

test('a writer that never learned the end is believed as far as the file goes', () => {
  const bytes = Buffer.concat([wavHead(0xffff_ffff), Buffer.alloc(16_000)]);
  expect(facts(bytes).durationMs).toBe(1_000);
});

test('an MP3 is taken as it is; its length is for whoever decodes it', () => {
  expect(facts(anMp3())).toMatchObject({ mime: 'audio/mpeg', durationMs: null, peaks: null });
});

test('what is no whole sound is told in a sentence', () => {
  expect(sentence('')).toBe('The carrier sent an empty recording.');
  expect(sentence('<!DOCTYPE html><title>Sign in</title>')).toBe(
    'The carrier sent a page instead of a sound.',
  );
  expect(sentence('{"code":20404,"message":"not found"}')).toBe('The carrier sent data instead of a sound.');
  expect(sentence('GIF89a and so on and on')).toContain('neither a WAV nor an MP3');
  expect(sentence(aWav(4).subarray(0, 32_000))).toBe('The recording is cut off: 24 % of it came.');
  expect(sentence(wavHead(0))).toBe('The recording is there and has no sound in it.');
  expect(sentence(wavHead(4, { kind: 85, bits: 16, channels: 1 }))).toContain('does not read');
  expect(sentence(wavHead(4).subarray(0, 20))).toContain('no sound after it');
});

test('four hours are looked at on a thread, a portion at a time', async () => {
  const file = join(folder, 'long');
  const bytes = 4 * 3_600 * 8_000 * 2;
  const handle = openSync(file, 'w');
  writeSync(handle, wavHead(bytes));
  // The disk keeps no silence: the file is as long, and takes up nothing.
  ftruncateSync(handle, 44 + bytes);
  closeSync(handle);
  const thread = openSoundThread();
  const before = process.memoryUsage().rss;
  const looked = await thread.look(file, `${file}.peaks`);
  expect(looked.ok && looked.value).toMatchObject({ durationMs: 4 * 3_600_000, channels: 1 });
  expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 ** 2);
  await thread.close();
  rmSync(file);
});
