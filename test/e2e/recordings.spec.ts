import type { Page } from '@playwright/test';
import { expectClean } from './clean.ts';
import { showMe } from './desk.ts';
import { expect, test } from './fixtures.ts';
import { seedCalls } from './long-record.ts';
import { seedSound } from './sounds.ts';

// What was said is heard, by keyboard alone: a real sound of the simulator, in a real browser.

test('a supervisor hears a call, goes by its words, and says something about a moment of it', async ({
  open,
  dataDir,
}) => {
  const { page } = await open('browser host');
  await showMe(page);
  seedCalls(dataDir, 3);
  seedSound(dataDir);
  const heard = page.waitForResponse(/\/recordings\/\d+/);
  const drawer = await openTheCall(page);
  const wave = drawer.getByRole('slider', { name: 'Place in the recording' });
  await expect(wave).toHaveAttribute('aria-valuetext', '0 seconds of 20 seconds');
  await expect(wave).toHaveAttribute('aria-disabled', 'false');
  expect([200, 206]).toContain((await heard).status());

  await page.keyboard.press('w');
  await expect(wave).toBeFocused();
  await page.keyboard.press('Space');
  await expect(drawer.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect(wave).toHaveAttribute('aria-valuenow', '1');
  await page.keyboard.press('Space');
  await expect(drawer.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await expect(wave).toHaveAttribute('aria-valuetext', '15 seconds of 20 seconds');

  await drawer.getByRole('button', { name: 'Play from Them, 00:02' }).focus();
  await page.keyboard.press('Enter');
  const line = drawer.locator('li[aria-current=true]');
  await expect(line).toContainText('refund policy');
  await expect(drawer.getByRole('button', { name: 'Pause' })).toBeVisible();
  await page.keyboard.press('.');
  await expect(drawer.getByRole('button', { name: 'Speed 1.25' })).toBeVisible();

  await page.keyboard.press('c');
  await page.keyboard.type('They ask before we offer.');
  await page.keyboard.press('Enter');
  await expect(drawer.getByRole('list', { name: 'Comments' })).toContainText('They ask before we offer.');
  await expectClean(page, 'a call with its sound');
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
});

test('the desktop hears it by the app’s own address; deleted, its reason stays', async ({
  open,
  dataDir,
}) => {
  const { page } = await open('desktop');
  await showMe(page);
  seedCalls(dataDir, 3);
  seedSound(dataDir);
  await page.emulateMedia({ colorScheme: 'dark' });
  const drawer = await openTheCall(page);
  const wave = drawer.getByRole('slider', { name: 'Place in the recording' });
  await expect(wave).toHaveAttribute('aria-disabled', 'false');
  await page.keyboard.press('w');
  await page.keyboard.press('Space');
  await expect(wave).toHaveAttribute('aria-valuenow', '1');
  await drawer.getByRole('button', { name: 'Delete the recording…' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Why it is deleted' }).fill('They asked for it.');
  await page.getByRole('button', { name: 'Delete the recording', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(drawer).toContainText('The recording was deleted. They asked for it.');
});

async function openTheCall(page: Page) {
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await expect(page.getByRole('heading', { level: 1, name: 'Calls' })).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('"refund policy"');
  await page.keyboard.press('Enter');
  const grid = page.getByRole('grid', { name: /refund policy/ });
  await expect(grid).toHaveAttribute('aria-rowcount', '2');
  await expect(grid).toBeFocused();
  await page.keyboard.press('Enter');
  return page.getByRole('complementary', { name: 'Call' });
}
