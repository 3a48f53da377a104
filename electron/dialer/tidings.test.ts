import { afterEach, expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS, SECOND_MS, after } from '../../shared/lib/instants.ts';
import { addCallback, closeCallback } from '../store/callbacks.ts';
import { enrolmentById } from '../store/enrolments.ts';
import { setSetting } from '../store/settings.ts';
import { KernelHome } from '../testing-kernel.ts';
import { CONCURRENT } from './background-one.ts';
import { changeNotices } from './tidings.ts';

let home: KernelHome;
afterEach(async () => {
  await home.end();
});

function promise(campaignId: number, inMs: number): number {
  const [enrolmentId] = home.fill(campaignId, 1, '21');
  return addCallback(home.db, {
    contactId: enrolmentById(home.db, enrolmentId!)!.contactId,
    campaignId,
    agentId: null,
    dueAt: after(home.clock.now(), inMs),
    note: '',
    madeByAttempt: null,
    createdAt: home.clock.now(),
  });
}

const kinds = () => home.tidings.map(({ kind }) => kind);

test('a promise that falls due while nobody is free is told once, by initials and without a number', async () => {
  home = new KernelHome();
  promise(home.campaign({ voice: 'agent' }), 10 * MINUTE_MS);
  await home.clock.advance(10 * MINUTE_MS);
  expect(home.tidings).toEqual([]);
  await home.clock.advance(HOUR_MS);
  expect(home.tidings).toEqual([
    {
      kind: 'callback-due',
      title: 'A promised callback is due',
      body: 'M. L. was promised a call by now, and nobody is free to make it. Start a session, or dial by hand.',
      path: '/dial',
    },
  ]);
});

test('whoever wants names gets them, and several promises are one notice', async () => {
  home = new KernelHome();
  changeNotices(home.db, { names: 'full' });
  const id = home.campaign({ voice: 'agent' });
  promise(id, 10 * MINUTE_MS);
  promise(id, 10 * MINUTE_MS);
  await home.clock.advance(12 * MINUTE_MS);
  expect(home.tidings).toHaveLength(1);
  expect(home.tidings[0]!.title).toBe('2 promised callbacks are due');
  expect(home.tidings[0]!.body).toMatch(/^Maria Lopez \d+ and others were promised/);
});

test('nothing is told of a promise that somebody free will keep, or that was kept', async () => {
  home = new KernelHome();
  const id = home.campaign({ voice: 'agent' });
  home.kernel.desk.start(home.agent(), id, 'preview');
  promise(id, 10 * MINUTE_MS);
  closeCallback(home.db, promise(id, 10 * MINUTE_MS), 'kept', home.clock.now());
  await home.clock.advance(HOUR_MS);
  expect(home.tidings).toEqual([]);
});

test('a campaign without an agent keeps its promises by itself, unless all calling is paused', async () => {
  home = new KernelHome();
  const id = home.campaign();
  home.kernel.pauseAll(home.agent());
  promise(id, 5 * MINUTE_MS);
  await home.clock.advance(10 * MINUTE_MS);
  expect(kinds()).toEqual(['callback-due']);
});

test('a carrier in trouble is told after ten seconds, and not again every few', async () => {
  home = new KernelHome();
  home.world.unreachable(true);
  await home.clock.advance(5 * SECOND_MS);
  expect(home.tidings).toEqual([]);
  await home.clock.advance(9 * MINUTE_MS);
  expect(kinds()).toEqual(['carrier-trouble']);
  expect(home.kernel.standing()).toMatchObject({
    state: 'trouble',
    troubles: [{ kind: 'carrier', sentence: expect.stringContaining('cannot be reached') }],
  });
  home.world.unreachable(false);
  await home.clock.advance(MINUTE_MS);
  expect(home.kernel.standing().troubles).toEqual([]);
});

test('a full disk is told, and its trouble is gone once it has let us write again', async () => {
  home = new KernelHome();
  setSetting(home.db, 'workspace', CONCURRENT, 20);
  home.fill(home.campaign(), 20, '21');
  const { $client } = home.db;
  $client.exec('CREATE TABLE filler (text TEXT)');
  const pages = $client.pragma('page_count', { simple: true }) as number;
  $client.pragma(`max_page_count = ${pages}`);
  // What is left of the last page fills up soon; then SQLite refuses, as it would on a full disk.
  let isFull = false;
  for (let nth = 0; nth < 500 && !isFull; nth += 1)
    try {
      $client.prepare('INSERT INTO filler VALUES (?)').run('x'.repeat(2_000));
    } catch {
      isFull = true;
    }
  expect(isFull).toBe(true);
  home.kernel.background.wake();
  await home.clock.advance(30 * SECOND_MS);
  // Half-filled pages take a few more intents. Nobody is rung without one.
  const intents = () => $client.prepare<[], { n: number }>('SELECT count(*) AS n FROM attempts').get()!.n;
  expect(home.rung.length).toBe(intents());
  expect(home.rung.length).toBeLessThan(20);
  expect(kinds()).toContain('storage-trouble');
  expect(home.tidings.find(({ kind }) => kind === 'storage-trouble')?.body).toMatch(/^The disk is full\./);
  expect(home.kernel.standing().troubles.map(({ kind }) => kind)).toContain('storage');

  $client.pragma('max_page_count = 1073741823');
  await home.clock.advance(3 * MINUTE_MS);
  expect(home.rung).toHaveLength(20);
  expect(home.kernel.standing().troubles).toEqual([]);
});

test('a campaign that paused itself is told with the reason, and switched off it is not', async () => {
  home = new KernelHome();
  const id = home.campaign();
  home.fill(id, 20, '22');
  home.kernel.background.wake();
  await home.clock.advance(10 * MINUTE_MS);
  expect(home.tidings).toMatchObject([
    { kind: 'campaign-paused', title: '“Spring” was paused', path: `/campaigns/${id}` },
  ]);
  expect(home.kernel.standing().troubles).toMatchObject([{ kind: 'campaign', path: `/campaigns/${id}` }]);

  await home.stop();
  home.tidings.length = 0;
  home.begin();
  changeNotices(home.db, { notices: { 'campaign-paused': false } });
  await home.clock.advance(HOUR_MS);
  expect(kinds()).not.toContain('campaign-paused');
});
