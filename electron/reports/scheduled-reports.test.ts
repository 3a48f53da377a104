import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterEach, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, after } from '../../shared/lib/instants.ts';
import { simulatedClock } from '../../shared/lib/simulated-clock.ts';
import { NOON, aCampaign, aStore, anAttempt } from '../store/testing.ts';
import { insertIntent } from '../store/attempts.ts';
import { insertCall } from '../store/calls.ts';
import { openReports } from './reports.ts';
import { openScheduledReports } from './scheduled-reports.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** NOON is on the 18th at 12:00 UTC. */
const EARLY = {
  name: 'Morning <b>figures</b>',
  range: 'yesterday',
  by: 'day',
  campaignId: null,
  agentId: null,
  formats: ['csv', 'xlsx', 'pdf'],
  rhythm: 'daily',
  weekday: 1,
  day: 1,
  minute: 8 * 60,
  zone: 'UTC',
  isOn: true,
} as const;

function aPlace() {
  const folder = mkdtempSync(join(tmpdir(), 'parley-reports-'));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  const db = aStore();
  const clock = simulatedClock(NOON);
  aCampaign(db, { name: 'Spring <sale> & more' });
  const attempt = anAttempt();
  insertIntent(db, attempt, { kind: 'ring' });
  insertCall(db, { attempt, carrier: 'simulator', callRef: 'c', startedAt: after(NOON, HOUR_MS) });
  const pages: string[] = [];
  const printPage = async (html: string) => {
    pages.push(html);
    return Buffer.from('%PDF-1.7');
  };
  const open = () => {
    const reports = openReports(db, ':memory:');
    const parts = { db, clock, reports, zone: 'UTC', printPage, changed() {}, log() {} };
    return openScheduledReports(parts);
  };
  return { folder, clock, open, pages };
}

test('a report that was missed while Parley was closed is made at the next start, of its own day, and says so', async () => {
  const { folder, clock, open, pages } = aPlace();
  const first = open();
  const { id } = first.save(null, { ...EARLY, folder })!;
  await first.look();
  expect([readdirSync(folder), first.lastOf(id)]).toEqual([[], null]);
  await clock.advance(20 * HOUR_MS + MINUTE_MS);
  await first.look();
  expect(first.lastOf(id)).toMatchObject({ isGood: true, sentence: 'Made at its time: CSV, Excel, PDF.' });
  const stem = 'Morning b figures b 2026-11-18 to 2026-11-18';
  expect(readdirSync(folder).sort()).toEqual(['csv', 'pdf', 'xlsx'].map((kind) => `${stem}.${kind}`));
  expect(readFileSync(join(folder, `${stem}.csv`), 'utf8')).toContain('\r\n2026-11-18,1,0,0,0,0\r\n');
  const sheets = unzipSync(readFileSync(join(folder, `${stem}.xlsx`)));
  const third = new TextDecoder().decode(sheets['xl/worksheets/sheet3.xml']);
  expect(third).toMatch(/<row r="2"[^>]*>.*<v>1<\/v><\/c><c [^>]*><v>0<\/v>/);
  expect(pages[0]).toContain('Calls from 2026-11-18 to 2026-11-18');
  expect(pages[0]).not.toMatch(/<script|<b>|src=/);
  await first.look();
  expect(pages).toHaveLength(1);

  await clock.advance(3 * DAY_MS + HOUR_MS);
  const second = open();
  await second.look();
  expect(second.lastOf(id)?.sentence).toBe(
    'It was due 2026-11-22 08:00, when Parley was closed or asleep, and was made at 2026-11-22 09:01: CSV, Excel, PDF. 2 before it were left out.',
  );
  expect(existsSync(join(folder, 'Morning b figures b 2026-11-21 to 2026-11-21.csv'))).toBe(true);
});

test('a folder that is gone is told in a sentence, and tried again until it is there', async () => {
  const { folder, clock, open } = aPlace();
  const reports = open();
  const gone = join(folder, 'a disk that was unplugged');
  const { id } = reports.save(null, { ...EARLY, formats: ['csv'], folder: gone })!;
  await clock.advance(20 * HOUR_MS);
  await reports.look();
  expect(reports.lastOf(id)).toMatchObject({
    isGood: false,
    sentence: 'The folder is not there any more, so the report was not written. Choose another folder.',
  });
  mkdirSync(gone);
  await reports.look();
  expect(readdirSync(gone)).toEqual([]);
  await clock.advance(15 * MINUTE_MS);
  await reports.look();
  expect(reports.lastOf(id)).toMatchObject({ isGood: true });
  expect(readdirSync(gone)).toHaveLength(1);
  reports.remove(id);
  expect([reports.all(), reports.lastOf(id)]).toEqual([[], null]);
});
