import { MESSAGE_RATE, messageSamples, messageWav } from '../../shared/domain/message.ts';
import { expectClean } from './clean.ts';
import { showMe } from './desk.ts';
import { expect, test } from './fixtures.ts';

// A message for voicemails: a real file, unpacked, trimmed and heard in a real browser.

/** Four seconds of a quiet tone. */
const TONE = Buffer.from(
  messageWav(
    messageSamples(
      Float32Array.from(
        { length: 4 * MESSAGE_RATE },
        (_, at) => 0.1 * Math.sin((at * 880 * Math.PI) / MESSAGE_RATE),
      ),
      false,
    ),
  ),
);

test('a file becomes a message: trimmed, as loud as a line carries, and heard again from the list', async ({
  open,
}) => {
  const { page } = await open('browser host');
  await showMe(page);
  const [home] = page.url().split('#');
  await page.goto(`${home}#/settings?section=messages`);
  await page.getByRole('button', { name: 'Add a message' }).click();
  const dialog = page.getByRole('dialog');
  const file = dialog.getByLabel('Sound file');
  await file.setInputFiles({
    name: 'a page.wav',
    mimeType: 'audio/wav',
    buffer: Buffer.from('<!doctype html>'),
  });
  await expect(dialog.getByRole('alert')).toContainText('This is no sound that Parley can read.');
  await file.setInputFiles({ name: 'Call us back.wav', mimeType: 'audio/wav', buffer: TONE });
  await expect(dialog).toContainText('00:04 long. Loudest moment: −20 dB as it came, −3 dB as it is kept.');
  await dialog.getByRole('textbox', { name: 'Ends at' }).fill('2.53');
  await dialog.getByRole('textbox', { name: 'Name' }).focus();
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('Call us back');
  await expect(dialog).toContainText('00:02 long');
  await expectClean(page, 'a message that is made');
  await dialog.getByRole('button', { name: 'Keep it' }).click();
  const row = page.getByRole('row', { name: /Call us back/ });
  await expect(row).toContainText('00:02');
  const heard = page.waitForResponse(/\/recordings\/messages\/1/);
  await row.getByRole('button', { name: 'Listen to Call us back' }).click();
  expect([200, 206]).toContain((await heard).status());
  await expect(row.getByRole('button', { name: 'Stop Call us back' })).toBeVisible();
});
