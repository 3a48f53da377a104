import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { messyList } from '../fixtures/make-messy-list.ts';
import { expectClean } from './clean.ts';
import { showMe } from './desk.ts';
import { expect, test } from './fixtures.ts';

// A list comes in from a file: dropped, mapped, checked row by row, put in, and taken back.

const ROWS = 400;

test('a messy list comes in by keyboard alone, is mended, enrolled, and taken back', async ({
  open,
  dataDir,
}) => {
  // Four steps, each with a thread of its own to wait for.
  test.slow();
  const { page } = await open('browser host');
  await showMe(page);
  await willChoose(page, join(dataDir, 'march_renewals.csv'), [...messyList({ rows: ROWS })].join(''));
  await goToImport(page);
  await page.keyboard.press('o');

  // Drop: what the file is.
  await expect(page.getByRole('heading', { name: 'Is this how the file reads?' })).toBeFocused();
  await expect(page.getByRole('combobox', { name: 'Encoding' })).toContainText('UTF-8');
  await expect(page.getByRole('combobox', { name: 'Cells are parted by' })).toContainText('Comma');
  await expect(page.getByRole('table', { name: /first 50 rows/ }).getByRole('row')).toHaveCount(51);
  await page.keyboard.press('Control+Enter');

  // Map: guesses, arrows between rows, type to choose.
  await expect(page.getByRole('heading', { name: 'What the columns are' })).toBeFocused();
  await expect(column(page, 'Mobile')).toContainText('Phone number');
  await expect(column(page, 'E-mail')).toContainText('E-mail');
  await column(page, 'First Name').focus();
  await page.keyboard.press('ArrowDown');
  await expect(column(page, 'Last Name')).toBeFocused();
  await column(page, 'Notes').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('leave');
  await page.keyboard.press('Enter');
  await expect(column(page, 'Notes')).toContainText('Leave out');
  await expect(page.getByRole('textbox', { name: 'Name of the list' })).toHaveValue('march renewals');
  await page.getByRole('checkbox', { name: /^Practice/ }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Control+Enter');

  // Check: every row has a verdict, and the groups add up.
  const summary = page.getByRole('heading', { name: /can go in/ });
  await expect(summary).toBeFocused({ timeout: 30_000 });
  const before = await countIn(summary);
  const groups = page.getByRole('navigation', { name: 'Groups of rows' });
  await groups.getByRole('button', { name: /Bad number: scientific notation/ }).focus();
  await page.keyboard.press('Enter');
  const rows = page.getByRole('region', { name: 'Bad number: scientific notation' });
  await expect(rows).toContainText('cannot be recovered');
  // Mended where it stands: the row goes from its group to those that go in.
  await rows.getByRole('textbox').first().focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('(503) 555-0199');
  await page.keyboard.press('Enter');
  await expect.poll(() => countIn(summary)).toBe(before + 1);
  // Left out, all alike.
  await groups.getByRole('button', { name: /^Repaired: spreadsheet marks/ }).focus();
  await page.keyboard.press('Enter');
  const leaveOut = page.getByRole('button', { name: 'Leave all out' });
  await leaveOut.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Take all back in' })).toBeVisible();
  await expect.poll(() => countIn(summary)).toBeLessThan(before);
  const going = await countIn(summary);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).focus();
  await page.keyboard.press('Enter');
  expect((await download).suggestedFilename()).toBe('march_renewals-wrapping.csv');

  // Commit, and undo.
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(`${going} contacts in from march_renewals.csv`)).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByText('They are in Practice.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText(`${going + 25} contacts on 2 lists`)).toBeVisible();
  await page.goBack();
  await page.keyboard.press('Control+z');
  await expect(page.getByText('Nothing of it is left.')).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press('Escape');
  await expect(page.getByText('25 contacts on 1 list')).toBeVisible();
});

test('a fault in a file is told with its line, and quotes can be read as text', async ({ open, dataDir }) => {
  const { page } = await open('browser host');
  await showMe(page);
  const text = 'Name,Phone,Size\nAda,212-555-0101,"12\nBo,212-555-0102,14\n';
  await willChoose(page, join(dataDir, 'inches.csv'), text);
  await goToImport(page);
  await page.keyboard.press('o');
  await expect(page.getByText(/A quote opens on line 2/)).toBeVisible();
  await page.getByRole('button', { name: 'Read quotes as text' }).click();
  await expect(page.getByRole('table', { name: /first 2 rows/ })).toContainText('"12');
});

test('rows that are pasted are read like a file', async ({ open }) => {
  const { page } = await open('browser host');
  await showMe(page);
  await goToImport(page);
  // As text, because this side of the test knows nothing of the page’s own things.
  await page.evaluate(`{
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'Name\\tPhone\\nAda Byron\\t212-555-0101\\n');
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }`);
  await expect(page.getByRole('table', { name: /first 1 row/ })).toContainText('Ada Byron');
});

test('light or dark, nothing stands in anybody’s way in an import', async ({ open, dataDir }) => {
  test.slow();
  const { page } = await open('browser host');
  await showMe(page);
  await willChoose(page, join(dataDir, 'march.csv'), [...messyList({ rows: 200 })].join(''));
  await goToImport(page);
  const look = async (name: string) => {
    await expectClean(page, name);
    if (process.env['SHOTS'] !== undefined)
      await page.screenshot({ path: join(process.env['SHOTS'], `${name}.png`) });
  };
  await look('drop');
  await page.keyboard.press('o');
  await expect(page.getByRole('table', { name: /first 50 rows/ })).toBeVisible();
  await look('preview');
  await page.keyboard.press('Control+Enter');
  await expect(column(page, 'Mobile')).toBeVisible();
  await look('map');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: /can go in/ })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('table').getByRole('row').nth(1)).toBeVisible();
  await look('check');
  await page.getByRole('button', { name: 'Fix all alike…' }).click();
  await look('fix');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/contacts in from march.csv/)).toBeVisible({ timeout: 30_000 });
  await look('over');
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Imports' }).click();
  await expect(page.getByRole('row', { name: /march.csv/ })).toBeVisible();
  await look('imports');
});

async function goToImport(page: Page): Promise<void> {
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await expect(page.getByRole('heading', { level: 1, name: 'Lists' })).toBeFocused();
  await page.keyboard.press('i');
  await expect(page.getByText('Drop a list here')).toBeVisible();
}

/**
 * What the system’s own window will answer. Said long before it opens: the browser has to be told to keep that
 * window shut, and a key pressed at once would be quicker.
 */
async function willChoose(page: Page, path: string, text: string): Promise<void> {
  writeFileSync(path, text);
  page.once('filechooser', (chooser) => void chooser.setFiles(path));
  await page.evaluate('null');
}

function column(page: Page, name: string) {
  return page.getByRole('combobox', { name: `What ${name} is` });
}

async function countIn(heading: ReturnType<Page['getByRole']>): Promise<number> {
  return Number(/^[\d,]+/.exec((await heading.textContent()) ?? '')?.[0].replaceAll(',', ''));
}
