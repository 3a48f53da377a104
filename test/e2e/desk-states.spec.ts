import { join } from 'node:path';
import { type ViteDevServer, createServer } from 'vite';
import { expectClean } from './clean.ts';
import { beInCall } from './desk.ts';
import { expect, test } from './fixtures.ts';

// The first run is one of the states.
test.use({ isMovedIn: false });

// The desk in each of its states, standing still: the same screens as in the program, on answers that never change.

const STATES = (
  'start start-none ready done preview lead-in dialing ringing connected machine hold consulting wrap-up wrap-up-short ' +
  'callback form paused recovered trouble carrier-lost slept handed-over by-hand'
).split(' ');

/** What opens on a key. */
const OPENED: readonly (readonly [state: string, keys: readonly string[], what: string])[] = [
  ['connected', ['/', 'p', 'r', 'i', 'c', 'e'], 'objections'],
  ['connected', ['k'], 'the keypad'],
  ['connected', ['t'], 'whom to hand over to'],
  ['preview', ['Alt+y'], 'the own day'],
  ['preview', ['x'], 'the reasons to skip'],
  ['paused', ['p'], 'the reasons to pause'],
  ['wrap-up', ['n'], 'the notes in hand'],
];

test.describe.configure({ mode: 'serial' });

let server: ViteDevServer;
let address = '';

test.beforeAll(async () => {
  const configFile = join(import.meta.dirname, '../../renderer/screens/dial/gallery.vite.config.ts');
  server = await createServer({ configFile, logLevel: 'error', server: { port: 0, strictPort: false } });
  await server.listen();
  address = server.resolvedUrls!.local[0]!;
});

test.afterAll(() => server.close());

test('nothing stands in anybody’s way in any state of the desk, light or dark', async ({ page }) => {
  test.setTimeout(240_000);
  const show = async (state: string) => {
    await page.goto(`${address}screens/dial/gallery.html?state=${state}`);
    await expect(page.getByRole('heading', { level: 1, name: 'Dial' })).toBeAttached({ timeout: 30_000 });
  };
  for (const state of STATES) {
    await show(state);
    await expectClean(page, state);
  }
  for (const [state, keys, what] of OPENED) {
    await show(state);
    await page.waitForTimeout(450);
    for (const key of keys) await page.keyboard.press(key);
    await expectClean(page, `${state}, ${what}`);
  }
});

test('a screen reader is told each state once, the name before the number, and of a burst the last', async ({
  open,
}) => {
  const { page } = await open('browser host', { speed: 4 });
  await expect(page.getByRole('heading', { name: 'What brings you here?' })).toBeVisible();
  await page.evaluate(`
    globalThis.said = [];
    document.ariaNotify = (text) => globalThis.said.push(text);
  `);
  const said = () => page.evaluate<string[]>('globalThis.said');
  const expectSaid = (words: RegExp) =>
    expect
      .poll(async () => (await said()).some((text) => words.test(text)), { message: String(words) })
      .toBe(true);
  await beInCall(page);
  await expectSaid(/^Ringing, Priya Raman$|^Dialing Priya Raman, attempt 1 of 6$/);
  await expectSaid(/^Connected, Priya Raman$/);
  await page.keyboard.press('o');
  await expectSaid(/^On hold$/);
  await page.keyboard.press('o');
  await expectSaid(/^Off hold$/);
  await page.keyboard.press('Control+Shift+S');
  await expectSaid(/^Connected, Priya Raman, for .+, (not )?recording, not muted, /);
  await page.keyboard.press('p');
  await expectSaid(/^Pausing after this call: Break$/);
  await page.keyboard.press('h');
  await expectSaid(/^Wrap-up, \d+ seconds$/);
  await page.keyboard.press('6');
  await expectSaid(/^Paused: Break$/);
  await page.waitForTimeout(400);
  await page.keyboard.press('Enter');
  await expectSaid(/^Next: /);
  const all = await said();
  expect(all.filter((text, nth) => text === all[nth - 1])).toEqual([]);
  expect(all.filter((text) => /^\+?\d/.test(text))).toEqual([]);
  expect(all.filter((text) => text === 'Connected, Priya Raman')).toHaveLength(1);
});
