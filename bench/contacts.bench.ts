import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openResults } from '../electron/contacts/results.ts';
import { contactRows } from '../electron/store/contact-results.ts';
import { type Db, closeStore } from '../electron/store/open.ts';
import { aStore } from '../electron/store/testing.ts';
import { type ContactSort, USUAL_SORT } from '../shared/domain/contact-filter.ts';
import { assert } from '../shared/lib/assert.ts';
import { instant } from '../shared/lib/instants.ts';
import { fillContacts } from './contacts-fill.ts';
import { medianMs, report } from './report.ts';

/* A million contacts on the screen: finding them, putting them in order, and any page of them. */

const ROWS = 1_000_000;
const RUNS = 3;
const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'));
const file = join(folder, 'contacts.db');
const home = { now: instant(Date.UTC(2026, 10, 18, 17)), zone: 'America/New_York', callingCode: '1' };

const db: Db = aStore(file);
fillContacts(db, ROWS);
db.$client.pragma('wal_checkpoint(TRUNCATE)');
const results = openResults(db, file);

/** The same ids by a question as one would write it by hand, on a connection that does nothing else. */
async function bare(sql: string): Promise<number> {
  return medianMs(RUNS, () => db.$client.prepare(sql).pluck().all());
}

async function asked(
  name: string,
  filter: string,
  sort: ContactSort,
  plain: string,
  atMost: number,
): Promise<void> {
  let count = 0;
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  const value = await medianMs(RUNS, async () => {
    const result = await results.open(filter, sort, home);
    count = result.ids.length;
    results.close(result.id);
  });
  delays.disable();
  worst = Math.max(worst, delays.percentile(99) / 1e6);
  const baseline = await bare(plain);
  const counted = (db.$client.prepare(plain).pluck().all() as number[]).length;
  assert(count === counted, `${name}: ${count} found, and ${counted} by hand`);
  report({
    name: `${name}, ${count.toLocaleString('en')} found`,
    value,
    unit: 'ms',
    baseline,
    bar: { of: 'value', atMost },
  });
}

/** How late the main thread is on this machine while it has nothing to do at all. */
async function idleDelayMs(): Promise<number> {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  delays.disable();
  return delays.percentile(99) / 1e6;
}

let worst = 0;
const BY_NAME = 'ORDER BY c.name, c.id';
const SELECT = 'SELECT c.id FROM contacts c';
const COMPANY: ContactSort = { key: 'company', direction: 'descending' };

await asked('everybody by name', '', USUAL_SORT, `${SELECT} ${BY_NAME}`, 300);
await asked(
  'everybody by company, from the end',
  '',
  COMPANY,
  `${SELECT} ORDER BY c.company DESC, c.name DESC, c.id DESC`,
  300,
);
await asked('filter: a list', 'list:"List 3"', USUAL_SORT, `${SELECT} WHERE c.list_id = 3 ${BY_NAME}`, 300);
await asked(
  'filter: all but a list',
  '-list:"List 3"',
  USUAL_SORT,
  `${SELECT} WHERE c.list_id <> 3 ${BY_NAME}`,
  300,
);
await asked(
  'filter: never called',
  'never-called',
  USUAL_SORT,
  `${SELECT} WHERE NOT EXISTS (SELECT 1 FROM attempts a WHERE a.contact_id = c.id) ${BY_NAME}`,
  300,
);
await asked(
  'filter: a place',
  'place:portland',
  USUAL_SORT,
  `${SELECT} WHERE c.place LIKE '%portland%' ${BY_NAME}`,
  300,
);
await asked(
  'filter: the beginning of a number',
  'number:+155500',
  USUAL_SORT,
  `${SELECT} WHERE c.id IN (SELECT contact_id FROM contact_numbers WHERE e164 LIKE '+155500%') ${BY_NAME}`,
  300,
);
const FOUND = (words: string) =>
  `${SELECT} WHERE c.id IN (SELECT rowid FROM contact_search WHERE contact_search MATCH '${words}') ${BY_NAME}`;
await asked('full text: two words', 'tanaka quin', USUAL_SORT, FOUND('"tanaka"* "quin"*'), 100);
await asked('full text: a mail host', 'mail12', USUAL_SORT, FOUND('"mail12"*'), 100);
await asked('full text: a common word', 'tanaka', USUAL_SORT, FOUND('"tanaka"*'), 100);
report({
  name: 'main thread meanwhile, p99 of its delay',
  value: worst,
  unit: 'ms',
  baseline: await idleDelayMs(),
  bar: { of: 'value', atMost: 20 },
});

const { id, ids } = await results.open('', USUAL_SORT, home);
const page = (from: number) => contactRows(db, [...results.get(id)!.ids.subarray(from, from + 100)]);
const offset = db.$client.prepare(`${SELECT} ${BY_NAME} LIMIT 100 OFFSET ?`).pluck();
for (const [name, from] of [
  ['first', 0],
  ['middle', ROWS / 2],
  ['last', ROWS - 100],
] as const) {
  const value = await medianMs(50, () => page(from));
  const baseline = await medianMs(RUNS, () => offset.all(from));
  assert(page(from).length === 100, 'a whole page');
  report({
    name: `the ${name} page of a hundred, beside OFFSET`,
    value,
    unit: 'ms',
    baseline,
    bar: { of: 'value', atMost: 30 },
  });
}
assert(ids.length === ROWS, 'everybody is in the result');

await results.stop();
closeStore(db);
rmSync(folder, { recursive: true, force: true });
