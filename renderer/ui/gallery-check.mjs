// Looks at the gallery in Chromium: axe with everything opened in turn, and pictures of each theme and density.
// Start it with `node renderer/ui/gallery-check.mjs [folder for pictures]`.
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from '@playwright/test';
import { createServer } from 'vite';

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
  const axe = new AxeBuilder({ page });
  // Lists, menus and tooltips live at the end of the body, as the authoring practices have it, outside any landmark.
  if (FLOATING.has(name)) axe.disableRules(['region']);
  const found = await axe.analyze();
  for (const { id, impact, nodes } of found.violations) {
    fail(
      `${scheme} ${name}: ${id} (${impact})\n${nodes.map((node) => `   ${node.html}\n   ${node.failureSummary}`).join('\n')}`,
    );
  }
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
const contrast = await open('dark', 'regular', { forcedColors: 'active', reducedMotion: 'reduce' });
await picture(contrast, 'forced-colours');
await browser.close();
await server.close();
console.log(violations === 0 ? 'No violations.' : `${violations} problems.`);
process.exitCode = violations === 0 ? 0 : 1;
