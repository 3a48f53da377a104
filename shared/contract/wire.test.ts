import { expect, test } from 'vitest';
import { z } from 'zod';
import { type Line, type PushFrame, ask, askNamed, callNames, clientOf, tell, topicNames } from './wire.ts';

const contract = {
  lamps: {
    light: ask('agent', z.object({ room: z.string() }), z.boolean()),
    dark: ask('anyone', z.undefined(), z.null()),
    changed: tell(z.object({ lit: z.number() })),
  },
  doors: { open: ask('admin', z.undefined(), z.null()) },
};

function aLine() {
  const asked: unknown[][] = [];
  const listeners = new Map<string, (frame: PushFrame) => void>();
  const line: Line = {
    async ask(...call) {
      asked.push(call);
      return { ok: true, value: true };
    },
    listen(topic, listener) {
      listeners.set(topic, listener);
      return () => listeners.delete(topic);
    },
  };
  const push = (topic: string, seq: number, payload: unknown) =>
    listeners.get(topic)?.({ topic, seq, payload });
  return { line, asked, listeners, push };
}

test('the client has every call of the contract under its own name, and no other', async () => {
  const { line, asked } = aLine();
  const client = clientOf(contract, line);
  await client.lamps.light({ room: 'hall' });
  await client.doors.open();
  expect(asked).toEqual([
    ['lamps.light', { room: 'hall' }],
    ['doors.open', undefined],
  ]);
  expect(
    Object.fromEntries(Object.entries(client).map(([group, calls]) => [group, Object.keys(calls)])),
  ).toEqual({
    lamps: ['light', 'dark', 'changed'],
    doors: ['open'],
  });
});

test('a listener is told what it missed something before, and only then', () => {
  const { line, push } = aLine();
  const told: unknown[] = [];
  clientOf(contract, line).lamps.changed(({ lit }, gap) => told.push([lit, gap]));
  // It may begin to listen at any number.
  for (const [seq, lit] of [
    [7, 1],
    [8, 2],
    [10, 3],
    [11, 4],
  ])
    push('lamps.changed', seq!, { lit });
  expect(told).toEqual([
    [1, false],
    [2, false],
    [3, true],
    [4, false],
  ]);
});

test('a kernel that began to count anew is a gap too', () => {
  const { line, push } = aLine();
  const gaps: boolean[] = [];
  clientOf(contract, line).lamps.changed((_payload, gap) => gaps.push(gap));
  for (const seq of [4, 5, 1, 2]) push('lamps.changed', seq, { lit: 0 });
  expect(gaps).toEqual([false, false, true, false]);
});

test('two listeners count for themselves, and one that stopped hears nothing more', () => {
  const { line, listeners } = aLine();
  const stop = clientOf(contract, line).lamps.changed(() => {});
  expect(listeners.size).toBe(1);
  stop();
  expect(listeners.size).toBe(0);
});

test('calls and topics are listed by their full names, each in one list only', () => {
  expect(callNames(contract)).toEqual(['lamps.light', 'lamps.dark', 'doors.open']);
  expect(topicNames(contract)).toEqual(['lamps.changed']);
});

test.each(callNames(contract))('“%s” is found by its name', (call) => {
  expect(askNamed(contract, call)?.kind).toBe('ask');
});

test.each([
  '',
  '.',
  'lamps',
  'lamps.',
  '.light',
  'lamps.light.x',
  'lamps.light.',
  'lamps.changed',
  'Lamps.light',
  'lamps.Light',
  'constructor.name',
  '__proto__.toString',
  'lamps.constructor',
  'lamps.__proto__',
  'toString.call',
  'lamps light',
])('“%s” is no call', (call) => {
  expect(askNamed(contract, call)).toBeNull();
});
