import { expect, test } from 'vitest';
import { makeCodec } from './codec.ts';

const codec = makeCodec();
const through = (value: unknown) => codec.decode(codec.encode(value));

test('whatever structured clone carries arrives as it was', () => {
  const value = {
    none: undefined,
    nothing: null,
    numbers: [0, -0, Number.NaN, Infinity, -Infinity, 1.5],
    big: 12345678901234567890n,
    date: new Date(1_700_000_000_000),
    pattern: /a+b/gi,
    map: new Map<unknown, unknown>([['key', { inner: [1, 2] }]]),
    set: new Set(['a', { b: 1 }]),
    bytes: new Uint8Array([0, 1, 255]),
    floats: new Float64Array([1.25, -3]),
    buffer: new Uint8Array([9, 8]).buffer,
    text: 'Zoë \u{1F4DE} "quoted" \u2028',
  };
  expect(through(value)).toEqual(value);
  expect(Object.hasOwn(through(value) as object, 'none')).toBe(true);
});

test('an object met twice is one object on the other side, even inside itself', () => {
  const shared = { name: 'shared' };
  const loop: Record<string, unknown> = { first: shared, second: shared };
  loop.self = loop;
  const arrived = through(loop) as typeof loop;
  expect(arrived.self).toBe(arrived);
  expect(arrived.first).toBe(arrived.second);
});

test('errors keep their kind, message and cause', () => {
  const arrived = through(new TypeError('no line', { cause: { code: 31005 } })) as TypeError;
  expect(arrived).toBeInstanceOf(TypeError);
  expect(arrived.message).toBe('no line');
  expect(arrived.cause).toEqual({ code: 31005 });
});

test('functions, symbols and promises are refused in the words of Electron', () => {
  for (const value of [() => 1, Symbol('s'), Promise.resolve(), { deep: [() => 1] }]) {
    expect(() => codec.encode(value)).toThrow('An object could not be cloned.');
  }
});

test('a key named __proto__ stays data', () => {
  const arrived = through(JSON.parse('{"__proto__": {"admin": true}}')) as { admin?: boolean };
  expect(arrived.admin).toBeUndefined();
  expect(Object.keys(arrived)).toEqual(['__proto__']);
});

test('a Buffer arrives as the bytes it shows, not as the pool behind it', () => {
  const arrived = through(Buffer.from('hello')) as Uint8Array;
  expect(Object.getPrototypeOf(arrived)).toBe(Uint8Array.prototype);
  expect(arrived.buffer.byteLength).toBe(5);
});
