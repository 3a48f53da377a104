import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { isOpen } from '../../shared/domain/attempt.ts';
import { MESSAGE_WAV_BYTES_MAX, TOO_LONG, readMessage } from '../../shared/domain/message.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Random } from '../../shared/lib/random.ts';
import { type Result, ok, refused } from '../../shared/lib/result.ts';
import { uuidAt } from '../../shared/lib/uuid.ts';
import { soundIn } from '../dialer/recorded-message.ts';
import { bytesOf } from '../recordings/folder.ts';
import type { ServedSound } from '../recordings/recordings.ts';
import { attemptById } from '../store/attempts.ts';
import { callOfAttempt } from '../store/calls.ts';
import {
  type Message,
  addMessage,
  lastMessageId,
  messageById,
  messagesOf,
  removeMessage,
} from '../store/messages.ts';
import { type Db, withTransaction } from '../store/open.ts';

/** The sounds that are left on machines, or played by campaigns: sent in pieces, kept beside the database, handed out. */
export interface Messages {
  /** Takes a piece of a sound; null begins a new one. Answers with the word for what is there so far. */
  take(to: string | null, part: Buffer): Result<string, string>;
  /** Keeps what was sent, once it was read from end to end. */
  keep(to: string, name: string, byAgent: number | null): Result<Message, string>;
  /** The sound of a message; null where it is not here. */
  soundOf(id: number): ServedSound | null;
  /** The same for a carrier, by the word its call was given: only while that call lives. */
  soundForCall(soundId: string): ServedSound | null;
  remove(id: number): boolean;
}

export interface MessagesParts {
  readonly db: Db;
  /** The workspace’s database; sounds lie beside it. */
  readonly file: string;
  readonly clock: Clock;
  readonly random: Random;
}

/** Sounds on their way in at a time; an older one that nobody finished makes room. */
const UNDER_WAY_MAX = 4;

const UNKNOWN = 'Parley does not have this sound any more. Nothing was kept. Choose or record it once more.';
const DISK =
  'The sound could not be written to the disk. Nothing was kept. Make room on the disk, then save it again.';

export function openMessages({ db, file, clock, random }: MessagesParts): Messages {
  const folder = join(dirname(file), 'messages');
  const underWay = new Map<string, Buffer[]>();
  const pathOf = (id: number) => join(folder, `${id}.wav`);
  const soundOf = (id: number): ServedSound | null => {
    const message = messageById(db, id);
    const path = pathOf(id);
    if (message === null || bytesOf(path) !== message.bytes) return null;
    return { path, mime: 'audio/wav', bytes: message.bytes, tag: message.sha256 };
  };

  if (file !== ':memory:') removeStrays(db, folder);
  return {
    take(to, part) {
      const word = to ?? uuidAt(clock.now(), random);
      const parts = to === null ? [] : underWay.get(to);
      if (parts === undefined) return refused(UNKNOWN);
      parts.push(part);
      underWay.set(word, parts);
      if (lengthOf(parts) > MESSAGE_WAV_BYTES_MAX) {
        underWay.delete(word);
        return refused(TOO_LONG);
      }
      for (const old of underWay.keys()) if (underWay.size > UNDER_WAY_MAX) underWay.delete(old);
      return ok(word);
    },
    keep(to, name, byAgent) {
      const parts = underWay.get(to);
      if (parts === undefined) return refused(UNKNOWN);
      const bytes = Buffer.concat(parts);
      const read = readMessage(bytes);
      if (!read.ok) return read;
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const { durationMs, peak } = read.value;
      const facts = { name, sha256, bytes: bytes.length, durationMs, peak };
      try {
        const id = withTransaction(db, () => {
          const added = addMessage(db, { ...facts, madeAt: clock.now(), madeBy: byAgent });
          // Inside: a row without its file would be a message that nobody hears.
          writeWhole(folder, pathOf(added), bytes);
          return added;
        });
        underWay.delete(to);
        return ok(messageById(db, id)!);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
        return refused(DISK);
      }
    },
    soundOf,
    soundForCall(soundId) {
      const named = soundIn(soundId);
      if (named === null || !isAlive(db, named.attemptId)) return null;
      return soundOf(named.messageId);
    },
    remove(id) {
      const isGone = removeMessage(db, id, clock.now());
      if (isGone) rmSync(pathOf(id), { force: true });
      return isGone;
    },
  };
}

/** Its attempt is open, or its call is not over: from then on the address leads nowhere. */
function isAlive(db: Db, attemptId: string): boolean {
  const attempt = attemptById(db, attemptId);
  if (attempt === null) return false;
  const call = callOfAttempt(db, attemptId);
  return call === null ? isOpen(attempt.state) : call.status !== 'ended';
}

function lengthOf(parts: readonly Buffer[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}

/** There whole or not at all, whatever happens in the middle. */
function writeWhole(folder: string, path: string, bytes: Buffer): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const part = `${path}.part`;
  const file = openSync(part, 'w', 0o600);
  try {
    writeSync(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(part, path);
}

/**
 * Files that no row keeps: what a crash left behind between the store and the disk. One with a number that no row had yet is
 * perhaps being kept by another process at this moment, and is written over by the next message otherwise.
 */
function removeStrays(db: Db, folder: string): void {
  let names: string[] = [];
  try {
    names = readdirSync(folder);
  } catch {
    return;
  }
  const kept = new Set(messagesOf(db).map(({ id }) => id));
  const last = lastMessageId(db);
  for (const name of names) {
    const id = Number(/^(\d+)\.wav$/.exec(name)?.[1] ?? Number.NaN);
    if (id <= last && !kept.has(id)) rmSync(join(folder, name), { force: true });
  }
}
