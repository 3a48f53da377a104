import { readFileSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../shared/lib/clock.ts';
import { MINUTE_MS } from '../../shared/lib/instants.ts';
import type { Carrier, SoundStream } from '../carriers/carrier.ts';
import { bytesOf, filesOf, makeFolder, soundName } from './folder.ts';
import type { LookedAt, SoundThread } from './sound-thread.ts';

/** What came of one try. */
export type Fetched =
  | { readonly kind: 'here'; readonly file: string; readonly facts: LookedAt }
  /** Trying again later may help. */
  | { readonly kind: 'not-yet'; readonly sentence: string }
  /** Nothing is wrong with the sound; there is no room for it. */
  | { readonly kind: 'no-room'; readonly sentence: string };

export interface FetchParts {
  /** The workspace's folder. */
  readonly folder: string;
  readonly carrier: Carrier;
  readonly thread: SoundThread;
  /** Bytes that sounds may still take up. */
  readonly room: () => number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Nothing came for so long: the connection is dead, whatever it says. */
const SILENCE_MS = MINUTE_MS;

/** So much of the disk is left to everything else. */
const DISK_RESERVE_BYTES = 512 * 1024 * 1024;

const DISK_FULL =
  'The disk is nearly full, so the recording stays at the carrier. Make room on the disk; Parley then fetches it by itself.';
const BUDGET_SPENT =
  'The room set aside for recordings is used up, so this one stays at the carrier. Delete old ones or set aside more; Parley then fetches it by itself.';

/** Brings one sound here: what came of it before is gone on with, and nothing is named whole before it was read. */
export async function fetchSound(parts: FetchParts, callId: number, recordingRef: string): Promise<Fetched> {
  try {
    const trouble = roomTrouble(parts, 0);
    if (trouble !== null) return trouble;
    makeFolder(parts.folder);
    const missing = await bring(parts, callId, recordingRef);
    return missing ?? (await settle(parts, callId));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EDQUOT') return { kind: 'no-room', sentence: DISK_FULL };
    return { kind: 'not-yet', sentence: `The recording could not be kept (${code ?? String(error)}).` };
  }
}

function roomTrouble({ folder, room }: FetchParts, bytes: number): Fetched | null {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < DISK_RESERVE_BYTES + bytes) return { kind: 'no-room', sentence: DISK_FULL };
  return room() <= bytes ? { kind: 'no-room', sentence: BUDGET_SPENT } : null;
}

const NOT_THERE: Fetched = { kind: 'not-yet', sentence: 'The carrier does not have the recording (yet).' };

/** Null when all bytes are here. */
async function bring(parts: FetchParts, callId: number, recordingRef: string): Promise<Fetched | null> {
  const { carrier, folder } = parts;
  const { part, tag } = filesOf(folder, callId);
  if (carrier.openRecording === undefined) {
    const sound = await carrier.recording(recordingRef);
    if (sound === null) return NOT_THERE;
    if (sound.kind === 'unreachable') return { kind: 'not-yet', sentence: sound.sentence };
    return roomTrouble(parts, sound.bytes.length) ?? (await write(part, 0, [sound.bytes], parts));
  }
  const from = bytesOf(part);
  const stream = await carrier.openRecording(recordingRef, { from, tag: from === 0 ? null : tagIn(tag) });
  if (stream === null) return NOT_THERE;
  if (stream.kind === 'unreachable') return { kind: 'not-yet', sentence: stream.sentence };
  const trouble = roomTrouble(parts, (stream.total ?? 0) - stream.from);
  if (trouble !== null) return trouble;
  // Written before the first byte: a part without a tag is never gone on with.
  if (stream.tag === null) rmSync(tag, { force: true });
  else writeFileSync(tag, stream.tag);
  return (await write(part, stream.from, stream.bytes, parts)) ?? whole(part, stream);
}

function tagIn(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Null when the other side had no more to send. Whatever came stays. */
async function write(
  part: string,
  from: number,
  bytes: Bytes,
  { room, clock, signal }: FetchParts,
): Promise<Fetched | null> {
  const file = await open(part, from === 0 ? 'w' : 'r+');
  try {
    let at = from;
    await file.truncate(from);
    try {
      for await (const portion of inTime(bytes, clock, signal)) {
        await file.write(portion, 0, portion.length, at);
        at += portion.length;
        if (at - from > room()) return { kind: 'no-room', sentence: BUDGET_SPENT };
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).syscall === 'write') throw error;
      return {
        kind: 'not-yet',
        sentence: 'The connection broke off. Parley goes on where it was.',
      };
    }
    await file.sync();
    return null;
  } finally {
    await file.close();
  }
}

/** The portions, as long as they come: a stream that stands still, or a Parley that ends, breaks them off. */
async function* inTime(bytes: Bytes, clock: Clock, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const source = Symbol.asyncIterator in bytes ? bytes[Symbol.asyncIterator]() : bytes[Symbol.iterator]();
  try {
    for (;;) {
      const next = await beforeSilence(Promise.resolve(source.next()), clock, signal);
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    // Not waited for: what stands still may never answer.
    void Promise.resolve(source.return?.()).catch(() => {});
  }
}

function beforeSilence<T>(next: Promise<T>, clock: Clock, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new Error('broken off'));
    if (signal.aborted) return giveUp();
    const cancel = clock.after(SILENCE_MS, giveUp);
    signal.addEventListener('abort', giveUp, { once: true });
    next.then(resolve, reject).finally(() => {
      cancel();
      signal.removeEventListener('abort', giveUp);
    });
  });
}

function whole(part: string, { total }: SoundStream): Fetched | null {
  const here = bytesOf(part);
  if (total === null || here === total) return null;
  // More than there should be is another sound: nothing of it can be gone on with.
  if (here > total) rmSync(part, { force: true });
  return { kind: 'not-yet', sentence: `Only ${here} of ${total} bytes of the recording came.` };
}

/** Looks at what is here, and gives it its name. */
async function settle({ folder, thread }: FetchParts, callId: number): Promise<Fetched> {
  const { part, peaks, tag } = filesOf(folder, callId);
  const looked = await thread.look(part, peaks);
  if (!looked.ok) {
    // Going on behind what is no sound would never make it one.
    rmSync(part, { force: true });
    rmSync(tag, { force: true });
    return { kind: 'not-yet', sentence: looked.error };
  }
  const file = soundName(callId, looked.value.mime);
  renameSync(part, join(folder, file));
  rmSync(tag, { force: true });
  return { kind: 'here', file, facts: looked.value };
}
