import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Clock } from '../../shared/lib/clock.ts';
import { HOUR_MS, type Instant, MINUTE_MS, SECOND_MS, after } from '../../shared/lib/instants.ts';
import type { Carrier } from '../carriers/carrier.ts';
import { openNap } from '../dialer/nap.ts';
import { appendAudit } from '../store/audit.ts';
import { type Db, withTransaction } from '../store/open.ts';
import { agedRecordings } from '../store/recording-ages.ts';
import {
  type WantedRecording,
  deleteRecording,
  failRecording,
  holdBackRecording,
  keepRecording,
  keptBytes,
  missRecording,
  postponeRecording,
  recordingOf,
  retryRecording,
  wantedOf,
  wasRecordingAllowed,
} from '../store/recordings.ts';
import { type Fetched, fetchSound } from './fetch-sound.ts';
import { bytesOf, callsWithFiles, filesOf, removeFiles } from './folder.ts';
import { keepingAges, keepingRules, whyGone } from './keeping.ts';
import type { KeptPeaks } from './look-at-sound.ts';
import { openSoundThread } from './sound-thread.ts';

/** A sound that is here, for whoever hands it over. */
export interface ServedSound {
  readonly path: string;
  readonly mime: string;
  readonly bytes: number;
  /** Changes with the sound. */
  readonly tag: string;
}

/** The sounds of a workspace's calls: fetched as soon as they are ready, kept, heard, and deleted. */
export interface Recordings {
  /** Something was told of a call: perhaps a sound is ready. */
  wake(): void;
  /** Null where it is not here. A file that is gone is fetched anew. */
  soundOf(callId: number): ServedSound | null;
  /** Null where only decoding it would tell. */
  peaksOf(callId: number): KeptPeaks | null;
  /** Deletes a sound for good; that there was one, who deleted it and why stays. False where there is none. */
  remove(callId: number, why: string, byAgent: number | null): boolean;
  /** Asks once more for one that was given up. */
  retry(callId: number): boolean;
  /** What is kept, and for how long, was set anew: whatever is too old by it goes now. */
  keepAnew(): void;
  /** Fetches all that is due, and deletes what is too old. */
  look(): Promise<void>;
  close(): Promise<void>;
}

export interface RecordingsParts {
  readonly db: Db;
  /** The workspace's database; sounds lie beside it. */
  readonly file: string;
  readonly carrier: Carrier;
  readonly clock: Clock;
  /** Left out, nothing is fetched by itself. */
  readonly keepsRecordings?: boolean;
  /** The sound of a call came, went, or could not be had. */
  readonly changed: (callIds: readonly number[]) => void;
  readonly log: (line: string, error?: unknown) => void;
}

const LOOK_MS = 5 * SECOND_MS;
const TOO_OLD_MS = HOUR_MS;
/** Deleted in one go, file by file; nobody is to be held up by a year of them. */
const OLD_AT_ONCE = 100;
const AT_ONCE = 2;
/** How long to leave it alone after each try that failed; after the last it is given up. A day and a half in all. */
const BACK_OFF_MS = [5, 15, 60, 180, 600, 1_800, 3_600, 3 * 3_600, 6 * 3_600, 24 * 3_600].map(
  (seconds) => seconds * SECOND_MS,
);
/** How often it is looked whether there is room again. */
const ROOM_MS = 5 * MINUTE_MS;

const NOT_OURS =
  'The carrier recorded this call although Parley had decided that it must not be: the sound was not fetched.';

export function openRecordings(parts: RecordingsParts): Recordings {
  const { db, file, carrier, clock, keepsRecordings = false, changed, log } = parts;
  const folder = dirname(file);
  const stopping = new AbortController();
  const nap = openNap(clock);
  const thread = openSoundThread();
  let used = keptBytes(db);
  let lookedForOldAt: Instant | null = null;
  const room = () => keepingRules(db).budgetBytes - used;
  const fetching = { folder, carrier, clock, thread, room, signal: stopping.signal };

  const note = (callId: number, tries: number, came: Fetched) => {
    const now = clock.now();
    // Erased, or taken back, while it was on its way.
    if (recordingOf(db, callId)?.state !== 'wanted') return removeFiles(folder, callId);
    if (came.kind === 'here') {
      keepRecording(db, callId, { file: came.file, fetchedAt: now, ...came.facts });
      used += came.facts.bytes;
    } else if (came.kind === 'no-room') {
      postponeRecording(db, callId, came.sentence, after(now, ROOM_MS));
    } else {
      const waitMs = BACK_OFF_MS[tries];
      failRecording(db, callId, came.sentence, waitMs === undefined ? null : after(now, waitMs));
      if (waitMs === undefined) removeFiles(folder, callId);
    }
    return changed([callId]);
  };
  const fetchOne = async ({ callId, recordingRef, tries }: WantedRecording) => {
    if (wasRecordingAllowed(db, callId) === false) {
      holdBackRecording(db, callId, NOT_OURS);
      return changed([callId]);
    }
    if (recordingRef === null)
      return note(callId, tries, { kind: 'not-yet', sentence: 'The carrier has not said where it is.' });
    const came = await fetchSound(fetching, callId, recordingRef);
    // What was broken off by our own end is no try: the next start goes on with it.
    if (!stopping.signal.aborted) note(callId, tries, came);
    return undefined;
  };
  const fetchDue = async () => {
    while (!stopping.signal.aborted) {
      const due = wantedOf(db, carrier.name, clock.now(), AT_ONCE);
      if (due.length === 0) return;
      await Promise.all(due.map(fetchOne));
    }
  };
  const remove = (callId: number, why: string, byAgent: number | null) => {
    const kept = recordingOf(db, callId);
    const at = clock.now();
    const isDeleted = withTransaction(db, () => {
      if (!deleteRecording(db, callId, why, at)) return false;
      const after = { why, bytes: kept?.bytes ?? 0, sha256: kept?.sha256 ?? '' };
      const line = { at, agentId: byAgent, action: 'recording.deleted', subject: 'call' };
      appendAudit(db, { ...line, subjectId: String(callId), before: null, after });
      return true;
    });
    if (!isDeleted) return false;
    used -= kept?.bytes ?? 0;
    // After a crash in between, the next start takes files away that no row keeps.
    removeFiles(folder, callId);
    changed([callId]);
    return true;
  };
  const removeOld = () => {
    const now = clock.now();
    if (lookedForOldAt !== null && now < after(lookedForOldAt, TOO_OLD_MS)) return;
    const old = agedRecordings(db, keepingAges(db), now, OLD_AT_ONCE);
    for (const each of old) remove(each.callId, whyGone(each), null);
    // Where there were as many as are looked at in one go, the next look goes on.
    lookedForOldAt = old.length < OLD_AT_ONCE ? now : null;
  };
  const look = async () => {
    removeOld();
    await fetchDue();
  };

  if (keepsRecordings) removeStrays(db, folder);
  const running = keepsRecordings ? run() : Promise.resolve();
  return {
    wake: nap.wakeAll,
    soundOf(callId) {
      const kept = recordingOf(db, callId);
      if (kept?.state !== 'kept' || kept.file === null) return null;
      const path = join(folder, kept.file);
      const bytes = bytesOf(path);
      if (bytes === kept.bytes) return { path, mime: kept.mime ?? '', bytes, tag: kept.sha256 ?? '' };
      used -= kept.bytes ?? 0;
      const what = existsSync(path) ? 'was changed by another program' : 'is gone from this computer';
      missRecording(db, callId, `Its file ${what}. It is fetched anew.`, clock.now());
      changed([callId]);
      nap.wakeAll();
      return null;
    },
    peaksOf(callId) {
      try {
        return JSON.parse(readFileSync(filesOf(folder, callId).peaks, 'utf8')) as KeptPeaks;
      } catch {
        return null;
      }
    },
    remove,
    retry(callId) {
      const isWanted = retryRecording(db, callId, clock.now());
      if (isWanted) changed([callId]);
      nap.wakeAll();
      return isWanted;
    },
    keepAnew() {
      lookedForOldAt = null;
      nap.wakeAll();
    },
    look,
    async close() {
      stopping.abort();
      nap.wakeAll();
      await thread.close();
      await running;
    },
  };

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await look();
      } catch (error) {
        log('recordings could not be looked after; it is tried again', error);
      }
      if (!stopping.signal.aborted) await nap.pause(LOOK_MS);
    }
  }
}

/** Files that no row keeps or waits for: what a crash left behind between the store and the disk. */
function removeStrays(db: Db, folder: string): void {
  for (const callId of callsWithFiles(folder)) {
    const state = recordingOf(db, callId)?.state;
    if (state !== 'kept' && state !== 'wanted') removeFiles(folder, callId);
  }
}
