import { expect, test } from 'vitest';
import { levelOf, livePlayer, mixOf } from './live-sound.ts';

const asText = (...samples: number[]) =>
  btoa(String.fromCharCode(...new Uint8Array(Int16Array.from(samples).buffer)));

test('both sides of a talk are heard at once, and half a frame at the end is nothing', () => {
  expect([...mixOf({ samples: asText(16_384, 0, -32_768, -32_768), channels: 2 })]).toEqual([0.25, -1]);
  expect([...mixOf({ samples: asText(16_384, 8_192, 1), channels: 2 })]).toEqual([0.375]);
  expect([...mixOf({ samples: asText(-16_384), channels: 1 })]).toEqual([-0.5]);
  expect(mixOf({ samples: '', channels: 2 })).toHaveLength(0);
});

test('silence has no level, and the loudest sound the whole of it', () => {
  expect(levelOf(new Float32Array(100))).toBe(0);
  expect(levelOf(new Float32Array(100).fill(1))).toBeCloseTo(1, 5);
  expect(levelOf(new Float32Array())).toBe(0);
});

test('parts follow one another without a gap, and what comes too late is left out', () => {
  const started: number[] = [];
  const audio = {
    currentTime: 10,
    destination: {},
    createBuffer: (_channels: number, length: number, rate: number) => ({
      duration: length / rate,
      copyToChannel() {},
    }),
    createBufferSource: () => ({ connect() {}, start: (at: number) => void started.push(at) }),
    close: async () => {},
  };
  const player = livePlayer(audio as unknown as AudioContext);
  const part = { sampleRate: 16_000, channels: 1, samples: '' };
  const half = new Float32Array(8_000);
  const played = [1, 2, 3].map(() => player.play(part, half));
  expect(played).toEqual([true, true, false]);
  expect(started).toEqual([10.15, 10.65]);
  // A gap in what comes is a new beginning.
  audio.currentTime = 20;
  player.play(part, half);
  expect(started.at(-1)).toBe(20.15);
});
