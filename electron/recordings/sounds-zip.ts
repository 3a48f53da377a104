import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Zip, ZipPassThrough } from 'fflate';
import { UTF8_MARK, csvLine } from '../lists/csv-write.ts';
import { type ExportedCall, exportedCalls } from '../store/call-rows.ts';
import type { ReadDb } from '../store/open.ts';
import { type Recording, recordingOf } from '../store/recordings.ts';

export interface ZipOrder {
  /** The workspace’s folder. */
  readonly folder: string;
  readonly ids: Int32Array;
  readonly to: string;
  /** How many calls were looked at so far. */
  readonly told: (done: number) => void;
}

/** What one file of the plain kind holds. */
const ZIP_BYTES_MAX = 4 * 1024 ** 3 - 64 * 1024 ** 2;
const ZIP_FILES_MAX = 65_000;
const PORTION_BYTES = 1024 * 1024;
const SLICE = 500;

/**
 * The sounds of some calls and an index of all of them, as one file: sounds as they are, because packing them again
 * saves nothing. A sentence where there are too many, or none.
 */
export function zipSounds(db: ReadDb, { folder, ids, to, told }: ZipOrder): string | null {
  const trouble = whyNot(db, ids);
  if (trouble !== null) return trouble;
  const out = openSync(to, 'w');
  try {
    const zip = new Zip((error, portion) => {
      if (error !== null) throw error;
      writeSync(out, portion);
    });
    const index = [csvLine(HEADING)];
    for (let at = 0; at < ids.length; at += SLICE) {
      for (const call of exportedCalls(db, [...ids.subarray(at, at + SLICE)])) {
        const kept = recordingOf(db, call.id);
        const file = kept?.state === 'kept' ? kept.file : null;
        const name = file === null ? '' : nameIn(call, file);
        const isThere = file !== null && addFile(zip, join(folder, file), name, call.startedAt);
        index.push(csvLine(indexLine(call, kept, isThere ? name : '')));
      }
      told(Math.min(ids.length, at + SLICE));
    }
    addText(zip, 'index.csv', UTF8_MARK + index.join(''));
    zip.end();
    return null;
  } finally {
    closeSync(out);
  }
}

function whyNot(db: ReadDb, ids: Int32Array): string | null {
  let files = 0;
  let bytes = 0;
  for (const id of ids) {
    const kept = recordingOf(db, id);
    if (kept?.state !== 'kept') continue;
    files += 1;
    bytes += kept.bytes ?? 0;
  }
  if (files === 0) return 'None of these calls has a recording on this computer. Nothing was written.';
  if (files > ZIP_FILES_MAX || bytes > ZIP_BYTES_MAX)
    return `These are ${files.toLocaleString('en')} recordings of ${(bytes / 1024 ** 3).toFixed(1)} GB; one file holds ${ZIP_FILES_MAX.toLocaleString('en')} and 4 GB. Choose fewer calls, a week at a time.`;
  return null;
}

/** False where the file is not there any more: the index then says so. */
function addFile(zip: Zip, path: string, name: string, at: number): boolean {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return false;
  }
  try {
    const entry = new ZipPassThrough(name);
    entry.mtime = at;
    zip.add(entry);
    for (;;) {
      const portion = Buffer.alloc(PORTION_BYTES);
      const read = readSync(file, portion, 0, portion.length, null);
      entry.push(portion.subarray(0, read), read === 0);
      if (read === 0) return true;
    }
  } finally {
    closeSync(file);
  }
}

function addText(zip: Zip, name: string, text: string): void {
  const entry = new ZipPassThrough(name);
  zip.add(entry);
  entry.push(new TextEncoder().encode(text), true);
}

/** By the clock of the world, and nobody’s name: `2026-11-18 1503 call 12.wav`. */
function nameIn({ id, startedAt }: ExportedCall, file: string): string {
  const [date = '', time = ''] = new Date(startedAt).toISOString().split('T');
  return `${date} ${time.slice(0, 5).replace(':', '')} call ${id}${file.slice(file.lastIndexOf('.'))}`;
}

const HEADING = [
  'File',
  'Call',
  'Began',
  'Contact',
  'Number',
  'Agent',
  'Campaign',
  'Outcome',
  'Seconds',
  'Bytes',
  'SHA-256',
  'Why there is none',
];

function indexLine(call: ExportedCall, kept: Recording | null, name: string): string[] {
  const isThere = name !== '';
  const lost = kept?.state === 'kept' ? 'Its file is gone from this computer.' : null;
  return [
    name,
    String(call.id),
    new Date(call.startedAt).toISOString(),
    call.contact ?? '',
    call.number,
    call.agent ?? '',
    call.campaign ?? '',
    call.outcome ?? '',
    call.seconds === null ? '' : String(call.seconds),
    isThere ? String(kept?.bytes ?? '') : '',
    isThere ? (kept?.sha256 ?? '') : '',
    isThere ? '' : (lost ?? kept?.deletedWhy ?? kept?.trouble ?? call.recording),
  ];
}
