import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Page, chromium } from '@playwright/test';
import Database from 'better-sqlite3';
import { PRACTICE_HOME } from '../electron/practice.ts';
import { addCampaign } from '../electron/store/campaigns.ts';
import { addContact } from '../electron/store/contacts.ts';
import { addDispositions } from '../electron/store/dispositions.ts';
import { enrol } from '../electron/store/enrolments.ts';
import { type Db, closeStore, openStore } from '../electron/store/open.ts';
import { usualRules } from '../shared/domain/campaign.ts';
import { STANDARD_DISPOSITIONS } from '../shared/domain/disposition.ts';
import type { E164 } from '../shared/domain/phone.ts';
import { instant } from '../shared/lib/instants.ts';
import { percentile } from './practice-house.ts';
import { report } from './report.ts';

/*
 * How fast the desk answers, in the built program and a real browser: an agent files one busy call after the other.
 * The kernel's clock runs at ten times its pace so that the calls come quickly; spans of it are told in real ms.
 */

const CALLS = Number(process.env.DESK_CALLS ?? 110);
const SPEED = 10;
/** After a call that ended by itself digits rest for 400 ms. */
const REST_MS = 450;

/** New York, New Jersey, Massachusetts; `20` is busy, and `22` not in service. */
const AREAS = (
  '212 315 332 347 516 518 585 607 631 646 716 718 845 914 917 929 934 838 680 363 201 551 609 640 732 848 856 ' +
  '862 908 973 617 508 978 781 413 774 857 339 351 203 860 475 959 401 603 802 207 215 267 412 610 717 484 724 ' +
  '814 570 272'
).split(' ');

const dataDir = mkdtempSync(join(tmpdir(), 'parley-bench-'));
prepare();
const serveFile = join(import.meta.dirname, '../out/main/serve.js');
const host = spawn(process.execPath, [
  serveFile,
  '--no-open',
  '--data',
  dataDir,
  '--practice-speed',
  String(SPEED),
]);
const address = await new Promise<string>((found, failed) => {
  let said = '';
  host.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    const link = /http:\/\/127\.0\.0\.1:\d+\/\?ticket=\S+/.exec(said)?.[0];
    if (link !== undefined) found(link);
  });
  host.once('exit', () => failed(new Error(`the browser host ended: ${said}`)));
});
const executablePath = process.env.CHROMIUM_PATH;
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(address);
  await page.getByRole('heading', { name: 'What brings you here?' }).waitFor();
  await page.keyboard.press('3');
  await page.getByRole('button', { name: 'Start dialing' }).waitFor();
  await watch(page);
  await page.keyboard.press('Enter');
  for (let call = 0; call < CALLS; call += 1) await fileBusy(page, call);
  const { acks, turns, zero } = await page.evaluate<Watched>('globalThis.watched');
  tell('an outcome saved to the next dial request, p95', betweenCalls(), 50);
  tell('a key to what it changed on screen, p95', acks, 50);
  tell('an event from the carrier to the screen, p95', onScreen(turns, zero), 100);
} finally {
  await browser.close();
  host.kill('SIGTERM');
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
}

interface Watched {
  /** From each key to the frame that showed something of it, in ms. */
  readonly acks: number[];
  /** When the banner showed that a call had ended, by the page's clock. */
  readonly turns: number[];
  /** One instant by both clocks: the page's, in real ms, and the kernel's. */
  readonly zero: { readonly page: number; readonly kernel: number };
}

function tell(name: string, values: readonly number[], atMost: number): void {
  if (values.length < Math.min(100, CALLS - 1)) throw new Error(`${name}: only ${values.length} samples`);
  const value = percentile(values, 0.95);
  report({ name: `${name} of ${values.length}`, value, unit: 'ms', bar: { of: 'value', atMost } });
}

/** Eyes in the page: each key until the next painted change, each turn to wrap-up, and both clocks at one moment. */
function watch(page: Page): Promise<void> {
  return page.evaluate(`(async () => {
    const socket = new WebSocket('ws://' + location.host + '/wire');
    await new Promise((open) => socket.addEventListener('open', open, { once: true }));
    let best = Infinity;
    let zero = null;
    for (let id = 1; id <= 40; id += 1) {
      const asked = performance.now();
      const answered = new Promise((go) => socket.addEventListener('message', function hear({ data }) {
        const frame = JSON.parse(data);
        if (frame.id !== id) return;
        socket.removeEventListener('message', hear);
        go(frame.answer.value.now);
      }));
      socket.send(JSON.stringify({ id, call: 'app.hello' }));
      const now = await answered;
      const trip = performance.now() - asked;
      if (trip < best) [best, zero] = [trip, { page: asked + trip / 2, kernel: now }];
    }
    socket.close();
    const watched = { acks: [], turns: [], zero };
    globalThis.watched = watched;
    let pressedAt = null;
    let word = '';
    const painted = (then) => requestAnimationFrame(() => setTimeout(() => then(performance.now()), 0));
    const seen = () => {
      if (pressedAt !== null) {
        const from = pressedAt;
        pressedAt = null;
        painted((at) => watched.acks.push(at - from));
      }
      const is = document.querySelector('section[aria-label="State"] p')?.textContent ?? '';
      if (is === word) return;
      word = is;
      if (is === 'Wrap-up') painted((at) => watched.turns.push(at));
    };
    addEventListener('keydown', ({ timeStamp }) => (pressedAt = timeStamp), { capture: true });
    addEventListener('focusin', seen, { capture: true });
    const all = { subtree: true, childList: true, characterData: true, attributes: true };
    new MutationObserver(seen).observe(document.body, all);
  })()`);
}

/** A note is begun and left, then the outcome is filed: three keys, each with something to see. */
async function fileBusy(page: Page, call: number): Promise<void> {
  // The page's policy lets nobody wait within it by a string of code.
  while ((await page.evaluate<number>('globalThis.watched.turns.length')) <= call)
    await page.waitForTimeout(20);
  await page.waitForTimeout(REST_MS);
  await page.keyboard.press('n');
  await page.keyboard.press('Escape');
  await page.waitForTimeout(60);
  await page.keyboard.press('0');
  await page.waitForTimeout(60);
}

/** From the outcome on disk to the next request to the carrier, by the kernel's own clock. */
function betweenCalls(): number[] {
  return asked<{ span: number }>(`
    SELECT (SELECT min(sent_at) FROM attempts WHERE sent_at >= filed.filed_at) - filed.filed_at AS span
    FROM outcomes AS filed WHERE undone_at IS NULL ORDER BY filed_at LIMIT ${CALLS - 1}`).map(
    ({ span }) => span / SPEED,
  );
}

/** From the word of the call's end, as it arrived here, to the frame that showed it. */
function onScreen(turns: readonly number[], zero: Watched['zero']): number[] {
  const ends = asked<{ at: number }>(`
    SELECT min(received_at) AS at FROM inbox WHERE attempt_id IN (SELECT attempt_id FROM outcomes)
      AND json_extract(body, '$.facts.status') = 'ended' GROUP BY attempt_id ORDER BY at`);
  return ends.map(({ at }, nth) => turns[nth]! - (zero.page + (at - zero.kernel) / SPEED));
}

function asked<T>(sql: string): T[] {
  const db = new Database(join(dataDir, 'workspaces/practice/parley.db'), { readonly: true });
  try {
    return db.prepare<[], T>(sql).all();
  } finally {
    db.close();
  }
}

/** A workspace with people who are all on the phone, and no lead-in between them. */
function prepare(): void {
  const folder = join(dataDir, 'workspaces/practice');
  mkdirSync(folder, { recursive: true });
  const card = { name: 'Practice', kind: 'practice', home: PRACTICE_HOME };
  writeFileSync(join(folder, 'workspace.json'), JSON.stringify(card));
  const opened = openStore(join(folder, 'parley.db'), { now: () => instant(Date.now()) });
  if (!opened.ok) throw new Error(opened.error.sentence);
  fill(opened.value);
  closeStore(opened.value);
}

function fill(db: Db): void {
  addDispositions(db, null, STANDARD_DISPOSITIONS);
  const always = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: 0, to: 24 * 60 }));
  const rules = { ...usualRules(PRACTICE_HOME.zone), windows: always, leadInMs: 0, wrapUpMs: 0 };
  const told = {
    name: 'Busy',
    status: 'active',
    mode: 'power',
    callerId: '+12125550199',
    scriptId: null,
  } as const;
  const campaignId = addCampaign(db, { ...told, rules, createdAt: instant(0) });
  const numbers = AREAS.flatMap((area) => ['20', '22'].map((end) => `+1${area}55501${end}` as E164));
  const nobody = {
    listId: null,
    company: '',
    title: '',
    place: '',
    email: '',
    fields: {},
    createdAt: instant(0),
  };
  for (const [nth, e164] of numbers.entries()) {
    const phone = { e164, kind: 'mobile', zones: [PRACTICE_HOME.zone], isStarred: true } as const;
    const contactId = addContact(db, { ...nobody, name: `Contact ${nth}`, numbers: [phone] });
    enrol(db, campaignId, [contactId], { dueAt: instant(nth) });
  }
}
