import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Going, PlayerSheet } from '../../shared/contract/recordings.ts';
import type { Report } from '../../shared/contract/reports.ts';
import { instant } from '../../shared/lib/instants.ts';
import { keepPeaks, lookAtSound } from '../recordings/look-at-sound.ts';
import { aWav } from '../recordings/testing-sounds.ts';
import { type TestHouse, aHouse } from './testing-house.ts';

/** Ten in the morning in New York, on a Wednesday. */
const TEN = instant(Date.UTC(2026, 10, 18, 15));

let home: TestHouse;
afterEach(() => home.end());

/** A call of this morning, and its sound where it lies when it was fetched. */
function aHeardCall({ db }: TestHouse): number {
  const folder = join(db.$client.name, '..');
  db.$client.exec(`
    INSERT INTO attempts (id, to_e164, from_number, carrier, mode, state, intended_at, closed_at)
      VALUES ('a', '+12125550100', '+12125550199', 'simulator', 'power', 'resolved', ${TEN}, ${TEN});
    INSERT INTO calls (id, attempt_id, carrier, call_ref, direction, from_number, to_number, status, ending, is_held,
        answered_by, started_at, answered_at, ended_at, seconds)
      VALUES (77, 'a', 'simulator', 'C77', 'outbound', '', '', 'ended', 'completed', 0, 'human', ${TEN}, ${TEN + 5_000},
        ${TEN + 9_000}, 4);`);
  mkdirSync(join(folder, 'recordings'), { recursive: true });
  const file = join(folder, 'recordings/77.wav');
  writeFileSync(file, aWav());
  const looked = lookAtSound(file);
  if (!looked.ok) throw new Error(looked.error);
  keepPeaks(join(folder, 'recordings/77.peaks'), looked.value);
  const { bytes, sha256 } = looked.value;
  db.$client
    .prepare(
      `INSERT INTO recordings (call_id, state, file, mime, bytes, sha256, tries, fetched_at, duration_ms, channels)
       VALUES (77, 'kept', 'recordings/77.wav', 'audio/wav', ?, ?, 0, 1, 4000, 2)`,
    )
    .run(bytes, sha256);
  return 77;
}

test('a call is heard by an address of ours, by whoever sits there and nobody behind a locked screen', async () => {
  home = await aHouse(TEN);
  const callId = aHeardCall(home);
  const sheet = await home.get<PlayerSheet>('recordings.player', { callId });
  expect(sheet).toMatchObject({ face: 'ready', durationMs: 4_000, mime: 'audio/wav', comments: [] });
  expect(sheet.url).toMatch(/^\/recordings\/77\?v=[0-9a-f]{12}$/);
  expect(JSON.stringify(sheet)).not.toContain(home.dataDir);
  expect(home.house.sound('/recordings/77')).toMatchObject({ bytes: aWav().length });
  expect(home.house.sound('/recordings/78')).toBeNull();
  expect(home.house.sound('/recordings/../parley.db')).toBeNull();

  const said = await home.get<PlayerSheet>('recordings.comment', { callId, atMs: 1_500, text: 'Well said.' });
  expect(said.comments).toMatchObject([{ atMs: 1_500, text: 'Well said.', isMine: true }]);
  const gone = await home.get<PlayerSheet>('recordings.removeComment', { id: said.comments[0]!.id });
  expect(gone.comments).toEqual([]);

  // Asking what would go deletes nothing.
  const wish = { keptDays: 30, protectedDays: null, budgetBytes: 1024 ** 3, campaigns: [] };
  expect(await home.get<Going>('recordings.going', wish)).toMatchObject({
    now: 1,
    sentences: [expect.stringMatching(/^1 recording of 1 \(1 MB\) is deleted at once/)],
  });
  expect(home.house.sound('/recordings/77')).not.toBeNull();

  const deleted = await home.get<PlayerSheet>('recordings.remove', { callId, why: 'They asked for it.' });
  expect(deleted).toMatchObject({ face: 'deleted', url: null });
  expect(deleted.sentence).toBe('The recording was deleted. They asked for it.');
  expect(home.house.sound('/recordings/77')).toBeNull();
  expect(await home.no('recordings.retry', { callId })).toContain('conflict');
});

test('a report counts what was called, and refuses what it cannot make in a sentence', async () => {
  home = await aHouse(TEN);
  aHeardCall(home);
  const question = {
    from: '2026-11-18',
    to: '2026-11-18',
    zone: 'America/New_York',
    campaignId: null,
    agentId: null,
    by: 'day',
  };
  const report = await home.get<Report>('reports.read', question);
  expect(report.totals).toMatchObject({ dials: 1, answered: 1, talks: 1, talkMs: 4_000 });
  expect(report.filter).toBe('-inbound after:2026-11-18 before:2026-11-19');
  const { name, text } = await home.get<{ name: string; text: string }>('reports.csv', question);
  expect(name).toBe('report-2026-11-18-to-2026-11-18.csv');
  expect(text).toContain('2026-11-18,1,1,1,0,4\r\n');
  expect(await home.no('reports.read', { ...question, zone: 'Mars/Olympus' })).toContain('time zone');
  expect(await home.no('reports.read', { ...question, to: '2026-11-01' })).toContain('ends before');
  expect(await home.no('reports.read', { ...question, from: '2026-02-30' })).toContain('is no day');
});
