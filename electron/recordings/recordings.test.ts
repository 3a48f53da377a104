import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, statSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterEach, expect, test } from 'vitest';
import type { Verdict } from '../../shared/domain/verdict.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, after } from '../../shared/lib/instants.ts';
import { simulatedClock } from '../../shared/lib/simulated-clock.ts';
import type { Carrier, RecordedSound } from '../carriers/carrier.ts';
import { openSoundOverHttp } from '../carriers/sound-over-http.ts';
import { insertIntent, markAttempt } from '../store/attempts.ts';
import { auditOf } from '../store/audit.ts';
import { callRows } from '../store/call-rows.ts';
import { insertCall, saveStory } from '../store/calls.ts';
import { type Db, closeStore } from '../store/open.ts';
import { recordingOf } from '../store/recordings.ts';
import { NOON, aCampaign, aNumber, aStore, anAttempt } from '../store/testing.ts';
import { makeFolder } from './folder.ts';
import { setKeepingRules, setKeptDaysOfCampaign } from './keeping.ts';
import { type Recordings, openRecordings } from './recordings.ts';
import { zipSounds } from './sounds-zip.ts';
import { aWav } from './testing-sounds.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

interface Place {
  readonly db: Db;
  readonly folder: string;
  readonly clock: ReturnType<typeof simulatedClock>;
  open(sounds: Partial<Carrier>): Recordings;
  /** A call that its carrier has a sound of. */
  call(given?: { campaignId?: number; verdict?: object }): number;
  /** What is shown of it, and why. */
  face(callId: number): [string, string | null];
}

function aPlace(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'parley-recordings-'));
  const file = join(folder, 'parley.db');
  const db = aStore(file);
  const clock = simulatedClock(NOON);
  let nth = 0;
  ends.push(() => {
    closeStore(db);
    rmSync(folder, { recursive: true });
  });
  return {
    db,
    folder,
    clock,
    open(sounds) {
      const carrier = { name: 'simulator', ...sounds } as Carrier;
      const opened = openRecordings({
        db,
        file,
        carrier,
        clock,
        changed: () => {},
        log: (line, error) => expect.unreachable(`${line} ${String(error)}`),
      });
      ends.push(opened.close);
      return opened;
    },
    call({ campaignId, verdict } = {}) {
      const attempt = anAttempt({ to: aNumber(nth), ...(campaignId === undefined ? {} : { campaignId }) });
      insertIntent(db, attempt, (verdict ?? { kind: 'ring' }) as Verdict, 'power');
      markAttempt(db, attempt.id, 'intended', 'sent', { at: NOON });
      markAttempt(db, attempt.id, 'sent', 'accepted', { at: NOON });
      const callRef = `CA${nth++}`;
      const id = insertCall(db, { attempt, carrier: 'simulator', callRef, startedAt: NOON });
      const times = { ringingAt: NOON, answeredAt: NOON, endedAt: after(NOON, 4_000) };
      saveStory(db, id, { status: 'ended', end: 'completed', ...times, recordingRef: `${callRef}.wav` });
      markAttempt(db, attempt.id, 'accepted', 'resolved', { at: NOON });
      return id;
    },
    face(callId) {
      return [callRows(db, [callId])[0]!.recording, recordingOf(db, callId)?.trouble ?? null];
    },
  };
}

const sound = (bytes: Uint8Array<ArrayBuffer>): RecordedSound => ({
  kind: 'sound',
  mime: 'audio/wav',
  bytes,
});

test('a sound is wanted from the moment its carrier names it, and fetched with its print and its peaks', async () => {
  const { open, call, face, db, folder } = aPlace();
  const id = call();
  expect(face(id)).toEqual(['fetching', null]);
  const recordings = open({ recording: async () => sound(aWav()) });
  await recordings.look();
  expect(face(id)).toEqual(['ready', null]);
  const served = recordings.soundOf(id)!;
  expect(readFileSync(served.path)).toEqual(Buffer.from(aWav()));
  expect(served).toMatchObject({ mime: 'audio/wav', bytes: aWav().length });
  expect(recordingOf(db, id)).toMatchObject({ durationMs: 4_000, channels: 2, file: `recordings/${id}.wav` });
  expect(recordings.peaksOf(id)).toMatchObject({ durationMs: 4_000 });
  expect(readdirSync(join(folder, 'recordings')).sort()).toEqual([`${id}.peaks`, `${id}.wav`]);
});

test('what is no sound is tried again, later and later, and then given up with the reason', async () => {
  const { open, call, face, clock } = aPlace();
  const id = call();
  let asked = 0;
  const recordings = open({
    recording: async () => {
      asked += 1;
      return sound(Buffer.from('<html>Sign in</html>'));
    },
  });
  await recordings.look();
  expect(face(id)).toEqual(['fetching', 'The carrier sent a page instead of a sound.']);
  await recordings.look();
  expect(asked).toBe(1);
  for (let hour = 0; hour < 40; hour++) {
    await clock.advance(HOUR_MS);
    await recordings.look();
  }
  expect(face(id)).toEqual(['failed', 'The carrier sent a page instead of a sound.']);
  expect(asked).toBeLessThanOrEqual(11);
  expect(recordings.retry(id)).toBe(true);
  expect(face(id)[0]).toBe('fetching');
});

test('a sound that the carrier made against our decision is not fetched', async () => {
  const { open, call, face } = aPlace();
  const id = call({ verdict: { recording: { isAllowed: false } } });
  const recordings = open({ recording: async () => expect.unreachable('it was asked for') });
  await recordings.look();
  expect(face(id)[0]).toBe('held-back');
  expect(face(id)[1]).toContain('must not be');
  expect(recordings.soundOf(id)).toBeNull();
});

test('a sound that breaks off is gone on with where it was, also by the next Parley; another sound begins anew', async () => {
  const { open, call, face, folder, clock } = aPlace();
  const wav = Buffer.from(aWav(20));
  const server = await aServer(wav);
  const overHttp: Partial<Carrier> = {
    openRecording: (_ref, part) => openSoundOverHttp({ url: server.url, headers: {}, waitMs: 5_000 }, part),
  };
  const id = call();
  server.breakAfter = 100_000;
  const part = join(folder, 'recordings', `${id}.part`);
  server.isHeard = () => existsSync(part) && statSync(part).size >= 1_000;
  const first = open(overHttp);
  await first.look();
  expect(face(id)).toEqual(['fetching', 'The connection broke off. Parley goes on where it was.']);
  await first.close();
  server.breakAfter = null;
  await clock.advance(MINUTE_MS);
  const second = open(overHttp);
  await second.look();
  expect(face(id)).toEqual(['ready', null]);
  expect(server.asked.map(({ range }) => range)).toEqual([
    undefined,
    expect.stringMatching(/^bytes=\d{4,}-$/),
  ]);
  expect(readFileSync(second.soundOf(id)!.path).equals(wav)).toBe(true);

  const other = call();
  writeFileSync(join(folder, 'recordings', `${other}.part`), randomBytes(1_000));
  writeFileSync(join(folder, 'recordings', `${other}.tag`), '"an older one"');
  await second.look();
  expect(readFileSync(second.soundOf(other)!.path).equals(wav)).toBe(true);
});

test('with no room left sounds stay at the carrier, and come by themselves once there is some', async () => {
  const { open, call, face, db, clock } = aPlace();
  const id = call();
  setKeepingRules(db, { keptDays: null, budgetBytes: 10_000 });
  const recordings = open({ recording: async () => sound(aWav()) });
  await recordings.look();
  expect(face(id)[1]).toContain('The room set aside for recordings is used up');
  setKeepingRules(db, { keptDays: null, budgetBytes: 1e9 });
  await clock.advance(10 * MINUTE_MS);
  await recordings.look();
  expect(face(id)).toEqual(['ready', null]);
});

test('sounds go when their time is over, a campaign may keep its own for longer, and the reason stays', async () => {
  const { open, call, face, db, folder, clock } = aPlace();
  const campaignId = aCampaign(db);
  const [usual, longer] = [call(), call({ campaignId })];
  setKeepingRules(db, { keptDays: 30, budgetBytes: 1e9 });
  setKeptDaysOfCampaign(db, campaignId, 90);
  const recordings = open({ recording: async () => sound(aWav()) });
  await recordings.look();
  await clock.advance(31 * DAY_MS);
  await recordings.look();
  expect([face(usual)[0], face(longer)[0]]).toEqual(['deleted', 'ready']);
  expect(recordingOf(db, usual)!.deletedWhy).toBe('It was kept for 30 days, as this workspace has set.');
  expect(readdirSync(join(folder, 'recordings')).some((name) => name.startsWith(`${usual}.`))).toBe(false);
  expect(auditOf(db, 'call', String(usual), 9).rows[0]).toMatchObject({ action: 'recording.deleted' });
  expect(recordings.remove(longer, 'They asked for it.', null)).toBe(true);
  expect(recordings.remove(longer, 'They asked for it.', null)).toBe(false);
});

test('a file that somebody took away is fetched anew', async () => {
  const { open, call, face } = aPlace();
  const id = call();
  const recordings = open({ recording: async () => sound(aWav()) });
  await recordings.look();
  rmSync(recordings.soundOf(id)!.path);
  expect(recordings.soundOf(id)).toBeNull();
  expect(face(id)).toEqual(['fetching', 'Its file is gone from this computer. It is fetched anew.']);
  await recordings.look();
  expect(recordings.soundOf(id)).not.toBeNull();
});

test('chosen sounds leave in one file with an index that says where one is missing, and why', async () => {
  const { open, call, db, folder } = aPlace();
  const [here, gone] = [call(), call()];
  const recordings = open({ recording: async () => sound(aWav()) });
  await recordings.look();
  recordings.remove(gone, 'They asked for it.', null);
  const to = join(folder, 'out.zip');
  const order = { folder, to, told: () => {} };
  expect(zipSounds(db, { ...order, ids: Int32Array.of(gone) })).toContain('None of these calls');
  expect(zipSounds(db, { ...order, ids: Int32Array.of(here, gone) })).toBeNull();
  const files = unzipSync(readFileSync(to));
  const name = `2026-11-18 1200 call ${here}.wav`;
  expect(Object.keys(files)).toEqual([name, 'index.csv']);
  expect(Buffer.from(files[name]!).equals(Buffer.from(aWav()))).toBe(true);
  const index = new TextDecoder().decode(files['index.csv']);
  expect(index).toContain(`${name},${here},2026-11-18T12:00:00.000Z`);
  expect(index).toMatch(new RegExp(`\\r\\n,${gone},.*They asked for it\\.`));
});

test('what a crash left between the store and the disk is cleared away at the next start', async () => {
  const { call, db, folder, clock } = aPlace();
  const id = call();
  db.$client.exec("UPDATE recordings SET state = 'deleted', file = NULL");
  const stray = join(folder, 'recordings', `${id}.wav`);
  const parts = { db, file: join(folder, 'parley.db'), clock, changed: () => {}, log: () => {} };
  const carrier = { name: 'simulator' } as Carrier;
  makeFolder(folder);
  writeFileSync(stray, aWav());
  await openRecordings({ ...parts, carrier, keepsRecordings: true }).close();
  expect(existsSync(stray)).toBe(false);
});

/** A line that breaks before anything was kept leaves nothing to go on from. */
function breakOnceHeard(response: ServerResponse, isHeard: () => boolean): void {
  if (isHeard()) response.destroy();
  else setTimeout(() => breakOnceHeard(response, isHeard), 10);
}

/** A carrier's shelf of one sound, which gives ranges and breaks off where it is told to. */
async function aServer(sound: Buffer) {
  const asked: { readonly range: string | undefined }[] = [];
  const shelf = { url: '', asked, breakAfter: null as number | null, isHeard: () => true };
  const server: Server = createServer((request, response) => {
    const { range, 'if-range': ifRange } = request.headers;
    asked.push({ range });
    const from = ifRange === '"this one"' ? Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0) : 0;
    response.writeHead(from === 0 ? 200 : 206, {
      'Content-Type': 'audio/wav',
      'Content-Length': sound.length - from,
      ETag: '"this one"',
      ...(from === 0 ? {} : { 'Content-Range': `bytes ${from}-${sound.length - 1}/${sound.length}` }),
    });
    const { breakAfter } = shelf;
    if (breakAfter === null) response.end(sound.subarray(from));
    else
      response.write(sound.subarray(from, from + breakAfter), () => breakOnceHeard(response, shelf.isHeard));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(
    () => void server.close(),
    () => server.closeAllConnections(),
  );
  shelf.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/sound`;
  return shelf;
}
