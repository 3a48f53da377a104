import { createHash } from 'node:crypto';
import type { Clock } from '../../shared/lib/clock.ts';
import type { CarrierEvent, SimulatedCarrier } from '../carriers/carrier.ts';

/** The lines a result carries; of the others only their hash is kept. */
const LINES_MAX = 100;
/** Characters: a hash takes longer to begin with a line than to go through it. */
const HASHED_AT_ONCE = 20_000;

/** What happened in a rehearsal, line by line. Same seed, same lines, byte for byte. */
export interface RehearsalLog {
  write(line: string): void;
  kept(): { readonly log: string[]; readonly logLines: number; readonly logHash: string };
}

export function openLog(clock: Clock, heard: (line: string) => void): RehearsalLog {
  const hash = createHash('sha256');
  const log: string[] = [];
  let logLines = 0;
  let unhashed = '';
  const hashAll = () => {
    hash.update(unhashed);
    unhashed = '';
  };
  return {
    write(text) {
      const line = `${new Date(clock.now()).toISOString()} ${text}`;
      unhashed += `${line}\n`;
      if (unhashed.length >= HASHED_AT_ONCE) hashAll();
      if (log.length < LINES_MAX) log.push(line);
      logLines += 1;
      heard(line);
    },
    kept() {
      hashAll();
      return { log, logLines, logHash: hash.copy().digest('hex') };
    },
  };
}

/** The same carrier, with every request and every turn of a call written down. It reaches nobody either. */
export function watched(carrier: SimulatedCarrier, write: (line: string) => void): SimulatedCarrier {
  const nth = new Map<string, number>();
  return {
    ...carrier,
    async place(request, signal) {
      const call = nth.size + 1;
      nth.set(request.attemptId, call);
      write(`call ${call}: ${request.to} is asked for`);
      const placed = await carrier.place(request, signal);
      if (placed.kind !== 'placed') write(`call ${call}: ${placed.kind}, ${placed.sentence}`);
      return placed;
    },
    listen: (onEvent) =>
      carrier.listen((told) => {
        const line = inWords(told);
        const call = told.attemptId === null ? undefined : nth.get(told.attemptId);
        if (line !== null && call !== undefined) write(`call ${call}: ${line}`);
        onEvent(told);
      }),
  };
}

/** Null for what says nothing of the call's course. */
function inWords({ event: { facts } }: CarrierEvent): string | null {
  if (facts.status === 'ended') {
    const seconds = facts.seconds === undefined ? '' : ` after ${facts.seconds} s`;
    return `${facts.end ?? 'ended'}${seconds}`;
  }
  if (facts.status === 'queued') return null;
  if (facts.status !== undefined) return facts.status;
  if (facts.answeredBy !== undefined) return `sounds like ${facts.answeredBy}`;
  return facts.costMicros === undefined ? null : `costs ${facts.costMicros} millionths`;
}
