import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { Inflate } from 'fflate';
import { type Result, ok, refused } from '../../shared/lib/result.ts';

/** One file inside of a ZIP file. */
export interface ZipEntry {
  readonly name: string;
  /** Stored as it is, or deflated; nothing else is read. */
  readonly isDeflated: boolean;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Where its own header begins. */
  readonly at: number;
}

/** What one entry may unpack to. A few kilobytes can be made to unpack to a disk full of nothing. */
export const UNPACKED_BYTES_MAX = 2 * 1024 * 1024 * 1024;
const ENTRIES_MAX = 10_000;
const END_BYTES = 22;
const COMMENT_MAX = 65_535;
const CHUNK_BYTES = 64 * 1024;

/** What a ZIP file says that it holds, from the directory at its end. */
export function zipEntries(file: string): Result<readonly ZipEntry[], string> {
  const { size } = statSync(file);
  const tailBytes = Math.min(size, END_BYTES + COMMENT_MAX);
  const tail = bytesAt(file, size - tailBytes, tailBytes);
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end === -1 || end + END_BYTES > tail.length) return refused(NOT_WHOLE);
  const count = tail.readUInt16LE(end + 10);
  const bytes = tail.readUInt32LE(end + 12);
  const from = tail.readUInt32LE(end + 16);
  if (count > ENTRIES_MAX || from + bytes > size) return refused(NOT_WHOLE);
  return entriesIn(bytesAt(file, from, bytes), count);
}

function entriesIn(directory: Buffer, count: number): Result<readonly ZipEntry[], string> {
  const entries: ZipEntry[] = [];
  for (let at = 0; entries.length < count; ) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50) return refused(NOT_WHOLE);
    const method = directory.readUInt16LE(at + 10);
    const [name, extra, comment] = [28, 30, 32].map((field) => directory.readUInt16LE(at + field));
    if ((directory.readUInt16LE(at + 8) & 1) === 1) return refused(LOCKED);
    if (method !== 0 && method !== 8) return refused(NOT_WHOLE);
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + name!),
      isDeflated: method === 8,
      packedBytes: directory.readUInt32LE(at + 20),
      bytes: directory.readUInt32LE(at + 24),
      at: directory.readUInt32LE(at + 42),
    });
    at += 46 + name! + extra! + comment!;
  }
  return ok(entries);
}

export interface Unpacked {
  readonly bytes: Uint8Array;
  /** How many of the packed bytes have been read for it. */
  readonly packedBytes: number;
}

/** An entry, unpacked some at a time. Throws a `ZipTrouble` where it is damaged, or far too large. */
export function* unpacked(file: string, entry: ZipEntry, bytesMax = UNPACKED_BYTES_MAX): Generator<Unpacked> {
  const handle = openSync(file, 'r');
  try {
    const head = Buffer.alloc(30);
    readSync(handle, head, 0, 30, entry.at);
    if (head.readUInt32LE(0) !== 0x04034b50) throw new ZipTrouble(NOT_WHOLE);
    const from = entry.at + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
    let [read, out] = [0, 0];
    let ready: Uint8Array[] = [];
    const inflate = new Inflate((bytes) => ready.push(bytes));
    while (read < entry.packedBytes) {
      const chunk = new Uint8Array(Math.min(CHUNK_BYTES, entry.packedBytes - read));
      const got = readSync(handle, chunk, 0, chunk.length, from + read);
      if (got === 0) throw new ZipTrouble(NOT_WHOLE);
      read += got;
      const isLast = read >= entry.packedBytes;
      if (entry.isDeflated) inflated(inflate, chunk.subarray(0, got), isLast);
      else ready.push(chunk.subarray(0, got));
      for (const bytes of ready) {
        out += bytes.length;
        if (out > bytesMax) throw new ZipTrouble(BOMB);
        if (bytes.length > 0) yield { bytes, packedBytes: read };
      }
      ready = [];
    }
  } finally {
    closeSync(handle);
  }
}

function inflated(inflate: Inflate, chunk: Uint8Array, isLast: boolean): void {
  try {
    inflate.push(chunk, isLast);
  } catch {
    throw new ZipTrouble(NOT_WHOLE);
  }
}

/** What is wrong with a ZIP file, as a sentence. */
export class ZipTrouble extends Error {}

export const NOT_WHOLE =
  'This is a ZIP file or an Excel workbook, and it is damaged or not whole. Nothing was imported. Open it in Excel, save it again, or save the list as CSV (UTF-8), and drop that.';
const LOCKED =
  'This workbook is locked with a password. Nothing was imported. Save it without one, or save the list as CSV (UTF-8), and drop that.';
const BOMB =
  'This workbook unpacks to more than 2 GB, which no list is. Nothing was imported. Save the sheet as CSV (UTF-8) and drop that.';

function bytesAt(file: string, from: number, bytes: number): Buffer {
  const handle = openSync(file, 'r');
  try {
    const read = Buffer.alloc(Math.max(0, bytes));
    readSync(handle, read, 0, read.length, Math.max(0, from));
    return read;
  } finally {
    closeSync(handle);
  }
}
