import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import type { CarrierEvent, Placed, SimulatedCarrier } from '../../electron/carriers/carrier.ts';
import { assert } from '../../shared/lib/assert.ts';

export const VERBS = ['place', 'find', 'fetch', 'control'] as const;

/** A question on the wire, one a line. */
export interface Asked {
  readonly id: number;
  readonly verb: (typeof VERBS)[number];
  readonly args: readonly unknown[];
}

export type Answered = { readonly id: number; readonly value: unknown } | { readonly event: CarrierEvent };

const GAVE_UP: Placed = { kind: 'unclear', sentence: 'We stopped waiting for the carrier.' };

/** The carrier as a process sees it that may die at any moment: at the other end of a wire. */
export async function remoteCarrier(path: string, as: SimulatedCarrier): Promise<SimulatedCarrier> {
  const socket = connect(path);
  const waiting = new Map<number, (value: unknown) => void>();
  const listeners = new Set<(event: CarrierEvent) => void>();
  let lastId = 0;
  createInterface({ input: socket }).on('line', (line) => {
    const told = JSON.parse(line) as Answered;
    if ('event' in told) for (const listener of listeners) listener(told.event);
    else {
      waiting.get(told.id)?.(told.value);
      waiting.delete(told.id);
    }
  });
  await new Promise((done, failed) => socket.once('connect', () => done(null)).once('error', failed));

  const ask = <T>(verb: Asked['verb'], ...args: readonly unknown[]): Promise<T> => {
    const id = ++lastId;
    assert(!socket.destroyed, 'the carrier’s process is there');
    socket.write(`${JSON.stringify({ id, verb, args } satisfies Asked)}\n`);
    return new Promise((done) => waiting.set(id, done as (value: unknown) => void));
  };

  return {
    ...as,
    place: (request, signal) =>
      Promise.race([
        ask<Placed>('place', request),
        new Promise<Placed>((done) => signal.addEventListener('abort', () => done(GAVE_UP), { once: true })),
      ]),
    find: (attempt) => ask('find', attempt),
    fetch: (callRef) => ask('fetch', callRef),
    control: (callRef, action) => ask('control', callRef, action),
    listen(onEvent) {
      listeners.add(onEvent);
      return () => void listeners.delete(onEvent);
    },
    async close() {
      socket.destroy();
    },
  };
}
