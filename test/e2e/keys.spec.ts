import { startPreview } from './desk.ts';
import { expect, test } from './fixtures.ts';

test('a person gives a key of their own to what they do, everywhere it is named, and takes it back', async ({
  open,
}) => {
  const { page } = await open('browser host');
  await startPreview(page);
  await page.keyboard.press('?');
  const row = page.getByRole('dialog', { name: 'Keys' });
  const change = row.getByRole('button', { name: /the keys for Dial a number/ });
  await change.focus();
  await page.keyboard.press('Enter');
  await expect(row.getByText('Press the new keys, or Esc')).toBeVisible();
  // P pauses: taken keys are refused in a sentence, and the choice goes on.
  await page.keyboard.press('p');
  await expect(row.getByText(/P already does/)).toBeVisible();
  await page.keyboard.press('y');
  await expect(row.getByText('Press the new keys, or Esc')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(row).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Dial a number/ })).toContainText('Y');
  await page.keyboard.press('d');
  await expect(page.getByRole('textbox', { name: 'Number' })).toHaveCount(0);
  await page.keyboard.press('y');
  await expect(page.getByRole('textbox', { name: 'Number' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('textbox', { name: 'Number' })).toHaveCount(0);
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await page.getByRole('tab', { name: 'Keys' }).focus();
  await page.keyboard.press('Enter');
  const back = page.getByRole('button', { name: 'Back to the built-in keys (1 change)' });
  await expect(back).toBeVisible();
  await page.reload();
  await back.press('Enter');
  await expect(back).toHaveCount(0);
});
