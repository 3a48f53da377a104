// Looks at the gallery in Chromium: axe with everything opened in turn, and pictures of each theme and density.
// Start it with `node renderer/ui/gallery-check.mjs [folder for pictures]`.
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { chromium } from '@playwright/test';
import { createServer } from 'vite';
import { violationsOn } from '../../test/axe.ts';

const folder = process.argv[2];
const server = await createServer({ configFile: resolve(import.meta.dirname, 'gallery.vite.config.ts') });
await server.listen();
const isRoot = process.getuid?.() === 0;
const browser = await chromium.launch({
  ...(process.env.CHROMIUM ? { executablePath: process.env.CHROMIUM } : {}),
  args: isRoot ? ['--no-sandbox'] : [],
});

const OVERLAYS = {
  nothing: async () => undefined,
  menu: (page) => page.getByRole('button', { name: 'More', exact: true }).click(),
  popover: (page) => page.getByRole('button', { name: 'Why this order?' }).click(),
  select: (page) => page.getByRole('combobox', { name: 'Zone' }).click(),
  combobox: (page) => page.getByRole('combobox', { name: 'Person' }).click(),
  tooltip: (page) => page.getByRole('button', { name: 'Start' }).focus(),
  toast: (page) => page.keyboard.press('s'),
  dialog: (page) => page.getByRole('button', { name: 'Dialog' }).click(),
  alert: (page) => page.getByRole('button', { name: 'Alert' }).click(),
  beside: (page) => page.getByRole('button', { name: 'Beside' }).click(),
  over: (page) => page.getByRole('button', { name: 'Over' }).click(),
  palette: (page) => page.keyboard.press('Control+k'),
  keys: (page) => page.keyboard.press('?'),
};

const FLOATING = new Set(['menu', 'select', 'combobox', 'tooltip', 'keys']);
let violations = 0;

async function open(scheme, density, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    colorScheme: scheme,
    ...options,
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => fail(`page error: ${error.message}`));
  page.on('console', (message) => message.type() === 'error' && fail(`console: ${message.text()}`));
  await page.goto('http://127.0.0.1:5199/ui/gallery.html');
  await page.getByRole('heading', { name: 'Parts' }).waitFor();
  await page.evaluate((value) => (document.documentElement.dataset.density = value), density);
  await page.waitForTimeout(400);
  return page;
}

function fail(words) {
  violations += 1;
  console.error(words);
}

async function picture(page, name) {
  if (folder !== undefined) await page.screenshot({ path: resolve(folder, `${name}.png`) });
}

async function check(page, scheme, name) {
  // Lists, menus and tooltips live at the end of the body, as the authoring practices have it, outside any landmark.
  const rules = FLOATING.has(name) ? { region: { enabled: false } } : {};
  for (const { id, impact, nodes } of await violationsOn(page, { rules })) {
    fail(
      `${scheme} ${name}: ${id} (${impact})\n${nodes.map((node) => `   ${node.html}\n   ${node.failureSummary}`).join('\n')}`,
    );
  }
}

/** The keys, walked through as a person would press them. */
async function works() {
  const page = await open('light', 'regular');
  const keyboard = page.keyboard;
  const sees = (words, locator) => locator.waitFor({ timeout: 2000 }).catch(() => fail(`not seen: ${words}`));
  const gone = (words, locator) =>
    locator.waitFor({ state: 'hidden', timeout: 2000 }).catch(() => fail(`still there: ${words}`));
  const status = (text) => page.locator('footer').getByText(text);

  await keyboard.press('h');
  await sees('why H does nothing', status('Nothing to hang up.'));
  await keyboard.press('s');
  await sees('the toast', page.getByText('No answer saved.'));
  await keyboard.press('Control+z');
  await gone('the undone toast', page.getByText('No answer saved.'));
  await keyboard.press('Control+z');
  await sees('why there is no undo', status('Nothing to undo.'));

  await page.getByLabel('Campaign', { exact: true }).first().focus();
  await keyboard.press('s');
  await gone('a toast from typing', page.getByText('No answer saved.'));

  await page.getByRole('button', { name: 'Dialog' }).click();
  const reason = page.getByLabel('Reason');
  await sees('the dialog', reason);
  if (!(await reason.evaluate((field) => field === document.activeElement)))
    fail('the dialog does not focus its field');
  await keyboard.press('Escape');
  await gone('the dialog', reason);
  if (
    !(await page.getByRole('button', { name: 'Dialog' }).evaluate((node) => node === document.activeElement))
  ) {
    fail('the focus did not go back to the button');
  }

  await keyboard.press('Control+k');
  await keyboard.type('gtl');
  const first = page.getByRole('option').first();
  await sees('the calls command', page.getByRole('option', { name: 'Go to Calls' }));
  if (!(await first.textContent()).includes('Go to Calls')) fail('gtl does not find Go to Calls first');
  await keyboard.press('Enter');
  await gone('the palette', first);
  await keyboard.press('Control+k');
  await keyboard.type('hang');
  await keyboard.press('Enter');
  await sees('a command at rest stays open', page.getByRole('option', { name: 'Hang up' }));
  await page.context().close();
}

if (folder !== undefined) mkdirSync(folder, { recursive: true });
for (const scheme of ['light', 'dark']) {
  for (const density of ['compact', 'regular', 'relaxed']) {
    const page = await open(scheme, density);
    await picture(page, `${scheme}-${density}`);
    await page.context().close();
  }
  for (const [name, show] of Object.entries(OVERLAYS)) {
    const page = await open(scheme, 'regular');
    await show(page);
    await page.waitForTimeout(700);
    await picture(page, `${scheme}-with-${name}`);
    await check(page, scheme, name);
    await page.context().close();
  }
}
await works();
const contrast = await open('dark', 'regular', { forcedColors: 'active', reducedMotion: 'reduce' });
await picture(contrast, 'forced-colours');
await browser.close();
await server.close();
console.log(violations === 0 ? 'No violations.' : `${violations} problems.`);
process.exitCode = violations === 0 ? 0 : 1;
