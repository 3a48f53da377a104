import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { failOver } from '../electron/carriers/fail-over.ts';
import { vapiCarrier } from '../electron/carriers/vapi/vapi.ts';
import { bringIn } from '../electron/history/past.ts';
import { closeStore, openStore } from '../electron/store/open.ts';
import { aContact } from '../electron/store/testing.ts';
import type { E164 } from '../shared/domain/phone.ts';
import { machineClock } from '../shared/lib/clock.ts';
import { instant } from '../shared/lib/instants.ts';
import { report } from './report.ts';

/*
 * A year of calls fetched from Vapi’s stand-in, which holds each answer against its document as it sends it, and
 * written with their transcripts, scores and contacts, on a file that is synced at each commit. Beside it the pages
 * alone: fetched, and thrown away.
 */

const CALLS = Number(process.env.PARLEY_HISTORY_CALLS ?? 6_000);
const RANGE = { from: instant(Date.UTC(2025, 0, 1)), to: instant(Date.UTC(2026, 0, 1)) };
const NUMBERS = Array.from({ length: 90 }, (_, nth) => `+120255501${String(10 + nth)}` as E164);

const clock = machineClock();
const books = new Worker(new URL('./past-books.ts', import.meta.url), {
  workerData: { count: CALLS, ...RANGE, numbers: NUMBERS },
});
const [{ key, baseUrl }] = (await once(books, 'message')) as [{ key: string; baseUrl: string }];
const vapi = vapiCarrier({ key, baseUrl, clock, requestsPerMinute: 99_999 });
const carrier = failOver([{ kind: 'vapi', title: 'Vapi', carrier: vapi, serves: ['voice'], numbers: [] }]);

const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'));
const opened = openStore(join(folder, 'workspace.db'), { now: () => clock.now() });
if (!opened.ok) throw new Error(opened.error.sentence);
const db = opened.value;
for (const e164 of NUMBERS)
  aContact(db, { numbers: [{ e164, kind: 'mobile', zones: ['America/New_York'], isStarred: true }] });

const plainAt = performance.now();
let plain = 0;
for (let cursor: string | null = 'vapi:'; cursor !== null; ) {
  const page = await carrier.history(RANGE, cursor);
  if ('kind' in page) throw new Error(page.sentence);
  plain += page.calls.length;
  cursor = page.next;
}
const plainPerSecond = (plain * 1_000) / (performance.now() - plainAt);

let longestMs = 0;
let lookedAt = performance.now();
const watch = setInterval(() => {
  longestMs = Math.max(longestMs, performance.now() - lookedAt - 5);
  lookedAt = performance.now();
}, 5);
const parts = { db, carrier, clock, country: 'US', moved: () => {} };
const begunAt = performance.now();
const past = await bringIn(parts, 'vapi', { ...RANGE, withSounds: false }, new AbortController().signal);
const seconds = (performance.now() - begunAt) / 1_000;
clearInterval(watch);
if (past?.state !== 'done' || past.added !== CALLS || past.matched !== CALLS)
  throw new Error(`the past came in wrong: ${JSON.stringify(past)}`);

report({
  name: 'old calls fetched and written',
  value: CALLS / seconds,
  unit: 'calls/s',
  baseline: plainPerSecond,
  bar: { of: 'value', atLeast: 1_000 },
});
report({ name: 'longest pause of the thread meanwhile', value: longestMs, unit: 'ms' });

books.postMessage('end');
await once(books, 'exit');
await carrier.close();
closeStore(db);
rmSync(folder, { recursive: true, force: true });
