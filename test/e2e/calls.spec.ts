import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expectClean } from './clean.ts';
import { showMe } from './desk.ts';
import { expect, test } from './fixtures.ts';
import { seedCalls, seedDeadLetter } from './long-record.ts';

// Calls by keyboard alone: found, looked at from the wish to the next call, corrected; and many of them like few.

test('a supervisor finds a call by its words and reads all of it without a pointer', async ({
  open,
  dataDir,
}) => {
  const { page } = await open('browser host');
  await showMe(page);
  seedCalls(dataDir, 3);
  await goToCalls(page);
  await page.keyboard.press('/');
  await page.keyboard.type('outcome:');
  await expect(page.getByRole('option', { name: /outcome:none/ })).toBeVisible();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('>2m "refund policy"');
  await page.keyboard.press('Enter');
  const grid = page.getByRole('grid', { name: /refund policy/ });
  await expect(grid).toHaveAttribute('aria-rowcount', '2');
  await expect(grid.locator('mark')).toHaveText('refund policy');
  await expect(grid).toBeFocused();
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('complementary', { name: 'Call' });
  await expect(drawer).toContainText('Completed');
  await expect(drawer.getByRole('row', { name: /Answered/ })).toContainText('+ 8.0 s');
  await expect(drawer).toContainText('answered, answered by human');
  await expect(drawer.locator('mark')).toHaveText('refund policy');
  await expect(drawer).toContainText('Every rule, and what it saw');
  await expectClean(page, 'one call');

  await page.keyboard.press('o');
  const dialog = page.getByRole('dialog', { name: 'Change the outcome' });
  await dialog.getByRole('combobox', { name: 'Outcome' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('Not int');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Save' }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(drawer).toContainText('Changed the outcome from Qualified to “Not interested”.');
  await page.keyboard.press('e');
  const note = page.getByRole('textbox', { name: 'Note' });
  await note.focus();
  await page.keyboard.type('Has moved. ');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).focus();
  await page.keyboard.press('Enter');
  await expect(drawer).toContainText('Wrote the note anew.');
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  await expect(page.getByRole('grid')).toBeFocused();
});

test('a filter that matches nothing says which part leaves out the most', async ({ open, dataDir }) => {
  const { page } = await open('browser host');
  await showMe(page);
  seedCalls(dataDir, 5);
  await goToCalls(page);
  await page.keyboard.press('/');
  await page.keyboard.type('status:completed agent:Nobody');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Without “agent:Nobody” there are 5 calls.')).toBeVisible();
  await page.getByRole('button', { name: 'Drop agent:Nobody' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '6');
  await page.keyboard.press('/');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('>2x');
  await expect(page.getByText(/Write it like >2m/)).toBeVisible();
});

test('an event nobody could act on is shown with its reason, and can be tried again', async ({
  open,
  dataDir,
}) => {
  const { page } = await open('browser host');
  await showMe(page);
  seedDeadLetter(dataDir);
  await goToCalls(page);
  await page.getByRole('tab', { name: /Events set aside/ }).click();
  await expect(page.getByText('No call and no attempt of ours belongs to this event.')).toBeVisible();
  await page.getByRole('button', { name: 'View what was told' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('"status": "ringing"')).toBeVisible();
  await expectClean(page, 'events set aside');
  await page.getByRole('button', { name: 'Try again' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/It still cannot be acted on, and is kept/).first()).toBeVisible();
});

test('many calls are gone through by keyboard, and leave in a file as they are', async ({
  open,
  dataDir,
}) => {
  const { page } = await open('browser host');
  await showMe(page);
  seedCalls(dataDir, 30_000);
  await goToCalls(page);
  const grid = page.getByRole('grid', { name: 'Calls' });
  await expect(grid).toHaveAttribute('aria-rowcount', '30001');
  await grid.focus();
  await page.keyboard.press('End');
  await expect(page.getByRole('row').filter({ hasText: 'Person 1 of many' })).toBeVisible();
  for (let nth = 0; nth < 20; nth++) await page.keyboard.press('PageUp');
  await page.keyboard.press('Home');
  await expectClean(page, 'calls');
  await page.keyboard.press('/');
  await page.keyboard.type('agent:Bea');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '10001');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export all' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'As CSV' }).press('Enter');
  const file = await (await download).path();
  expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(10_001);
});

async function goToCalls(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await expect(page.getByRole('heading', { level: 1, name: 'Calls' })).toBeVisible();
}
