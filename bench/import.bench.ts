import { fork } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messyList } from '../test/fixtures/make-messy-list.ts';
import { insertIntent } from '../electron/store/attempts.ts';
import { type Db, closeStore, withTransaction } from '../electron/store/open.ts';
import { aStore, anAttempt } from '../electron/store/testing.ts';
import { report } from './report.ts';

/*
 * A messy list from the file to the workspace and out again, on the thread that does it, against the same
 * contacts and numbers written bare into the same tables with the same indexes; and meanwhile what a dial waits
 * for its own write. ROWS=1000000 for the whole of it.
 */

const ROWS = Number(process.env['ROWS'] ?? 200_000);
/** How often the call path writes while the import goes on. */
const DIAL_EVERY_MS = 20;

interface Done {
  readonly checkMs: number;
  readonly commitMs: number;
  readonly undoMs: number;
  readonly added: number;
  readonly removed: number;
  readonly memory: number;
}

const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'));

/** The messy list, but with as many different numbers as it has people: area code 555 is nobody’s. */
function writeList(path: string): void {
  const handle = openSync(path, 'w');
  let nth = 0;
  for (const line of messyList({ rows: ROWS, doubles: 0 })) {
    // Every fifth person was there before.
    const who = nth % 5 === 4 ? Math.floor(nth / 2) : nth;
    const made = `555${2_000_000 + who}`;
    writeSync(
      handle,
      line.replace(/[2-9]\d\d55501\d\d/, made).replace(/\(?[2-9]\d\d\)?[ .-]+555[ .-]01\d\d/, made),
    );
    nth += 1;
  }
  closeSync(handle);
}

/** The same rows as the import would make of them, written with nothing but prepared statements. */
function bareMs(added: number): number {
  const db = aStore(join(folder, 'bare.db'));
  const contact = db.$client.prepare(`INSERT INTO contacts
    (list_id, name, company, title, place, email, fields, created_at, import_id) VALUES (NULL, ?, ?, '', ?, ?, ?, 0, 1)`);
  const number = db.$client.prepare(`INSERT INTO contact_numbers
    (contact_id, e164, kind, zones, is_starred, is_usable, places) VALUES (?, ?, 'mobile', '[]', 1, 1, ?)`);
  const fields = JSON.stringify({ 'Renewal date': '2026-12-24', Notes: 'says "call later"' });
  const startedAt = performance.now();
  withTransaction(db, () => {
    for (let i = 0; i < added; i++) {
      const { lastInsertRowid } = contact.run(
        `José Muñoz ${i % 97}`,
        'Globex',
        'Springfield, IL 62701',
        `person${i}@globex.example`,
        fields,
      );
      number.run(lastInsertRowid, `+1555${2_000_000 + i}`, 'America/Chicago|US|US-IL');
    }
  });
  const ms = performance.now() - startedAt;
  closeStore(db);
  return ms;
}

async function imported(): Promise<void> {
  const file = join(folder, 'parley.db');
  const list = join(folder, 'list.csv');
  writeList(list);
  const db = aStore(file);
  const waits: Record<string, number[]> = { check: [], commit: [], undo: [] };
  let step = '';
  const dial = setInterval(() => {
    if (step !== '') waits[step]?.push(dialMs(db));
  }, DIAL_EVERY_MS);
  const worker = fork(join(import.meta.dirname, 'import-load.ts'), [file, list, join(folder, 'staged.db')]);
  const done = await new Promise<Done>((resolve, reject) => {
    worker.on('message', (word: { begins: string } | { done: Done }) => {
      if ('begins' in word) step = word.begins;
      else resolve(word.done);
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the import ended with ${code}`)));
  });
  clearInterval(dial);
  closeStore(db);

  const { checkMs, commitMs, undoMs, added, removed, memory } = done;
  const baseline = bareMs(added);
  const name = `${ROWS} rows`;
  report({ name: `${name}, checked`, value: checkMs, unit: 'ms', baseline });
  report({ name: `${name}, ${added} contacts in`, value: commitMs, unit: 'ms', baseline });
  report({
    name: `${name}, file to workspace`,
    value: checkMs + commitMs,
    unit: 'ms',
    baseline,
    bar: { of: 'ratio', atMost: 8 },
  });
  report({ name: `${name}, ${removed} contacts out`, value: undoMs, unit: 'ms', baseline });
  report({
    name: 'memory of the import',
    value: memory / 1024 / 1024,
    unit: 'MB',
    bar: { of: 'value', atMost: 350 },
  });
  for (const [during, all] of Object.entries(waits)) {
    report({
      name: `a dial’s write during ${during}, p95 of ${all.length}`,
      value: p95(all),
      unit: 'ms',
      bar: { of: 'value', atMost: 10 },
    });
  }
}

/** What a dial writes before a carrier hears of it. */
function dialMs(db: Db): number {
  const attempt = anAttempt();
  const startedAt = performance.now();
  insertIntent(db, attempt, { kind: 'ring' } as never);
  return performance.now() - startedAt;
}

function p95(all: readonly number[]): number {
  return all.toSorted((a, b) => a - b)[Math.floor(all.length * 0.95)] ?? 0;
}

try {
  await imported();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
