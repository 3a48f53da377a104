// Pictures of the desk in each of its states, light and dark, for docs/guide: `node scripts/picture-guide.mjs`.
// What follows are the names of states, where only some are wanted. Each picture is of the gallery, not of a call.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { createServer } from 'vite';
import { ensureChromium } from './chromium.mjs';
import { root, runMainOnModernNode } from './lib/machine.mjs';
import { smallPng } from './lib/small-png.mjs';

const GUIDE = join(root, 'docs', 'guide');
const CONFIG = join(root, 'renderer', 'screens', 'dial', 'gallery.vite.config.ts');
const SIZE = { width: 1280, height: 800 };
/** They are kept with the sources. */
const BYTES_MAX = 120_000;

/** The states of the desk in the order of a shift: the picture’s name, the gallery’s state, and a key or two. */
const PICTURES = [
  { name: 'start', state: 'start' },
  { name: 'previewing', state: 'preview' },
  { name: 'lead-in', state: 'lead-in' },
  { name: 'dialing', state: 'dialing' },
  { name: 'ringing', state: 'ringing' },
  { name: 'connected', state: 'connected' },
  { name: 'objections', state: 'connected', keys: ['/', 'p', 'r', 'i', 'c', 'e'] },
  { name: 'on-hold', state: 'hold' },
  { name: 'transfer', state: 'connected', keys: ['t'] },
  { name: 'handed-over', state: 'handed-over' },
  { name: 'wrap-up', state: 'wrap-up' },
  { name: 'callback', state: 'callback' },
  { name: 'outcome-form', state: 'form' },
  { name: 'own-day', state: 'preview', keys: ['Alt+y'] },
  { name: 'paused', state: 'paused' },
  { name: 'trouble', state: 'trouble' },
  { name: 'carrier-lost', state: 'carrier-lost' },
  { name: 'slept', state: 'slept' },
  { name: 'nobody-to-ring', state: 'ready' },
];

runMainOnModernNode(main);

async function main(wanted) {
  const chosen = PICTURES.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  if (chosen.length === 0) {
    console.error(
      `There is no picture of that name. There are: ${PICTURES.map(({ name }) => name).join(', ')}.`,
    );
    return 2;
  }
  mkdirSync(GUIDE, { recursive: true });
  const server = await createServer({
    configFile: CONFIG,
    logLevel: 'error',
    server: { port: 0, strictPort: false },
  });
  await server.listen();
  const browser = await openChromium();
  try {
    const { port } = server.httpServer.address();
    const sizes = [];
    for (const colorScheme of ['light', 'dark'])
      sizes.push(...(await takeAll(browser, `http://127.0.0.1:${port}`, colorScheme, chosen)));
    return tell(sizes);
  } finally {
    await browser.close();
    await server.close();
  }
}

async function openChromium() {
  const executablePath = await ensureChromium({ say: console.log });
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({ executablePath, args: isRoot ? ['--no-sandbox'] : [] });
}

/** One theme after the other in a page of its own, in a zone that does not depend on who takes the pictures. */
async function takeAll(browser, address, colorScheme, chosen) {
  const context = await browser.newContext({
    viewport: SIZE,
    colorScheme,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const sizes = [];
  for (const { name, state, keys = [] } of chosen) {
    await page.goto(`${address}/screens/dial/gallery.html?state=${state}`);
    await page.getByRole('heading', { level: 1, name: 'Dial' }).waitFor({ state: 'attached' });
    await page.waitForTimeout(600);
    for (const key of keys) await page.keyboard.press(key);
    await page.waitForTimeout(keys.length > 0 ? 600 : 0);
    const file = smallPng(await page.screenshot());
    writeFileSync(join(GUIDE, `${name}-${colorScheme}.png`), file);
    sizes.push({ name: `${name}-${colorScheme}.png`, bytes: file.length });
  }
  await context.close();
  return sizes;
}

function tell(sizes) {
  for (const { name, bytes } of sizes) console.log(`${name.padEnd(28)} ${Math.round(bytes / 1000)} kB`);
  const large = sizes.filter(({ bytes }) => bytes > BYTES_MAX);
  if (large.length > 0) console.error(`${large.length} are larger than ${BYTES_MAX / 1000} kB.`);
  return large.length === 0 ? 0 : 1;
}
