import type { Page } from '@playwright/test';
import { expectClean } from './clean.ts';
import { beInCall, showMe, startDialing } from './desk.ts';
import { expect, test } from './fixtures.ts';
import { practiceRecords } from './records.ts';
import { seedCampaign, seedDoubt } from './seed.ts';

// What Parley does by itself, as it shows in the page: on both hosts the same sentences as in the tray.

const ANSWERS = '00';
const FAILS = '22';

test('all calling is paused from the status bar, is said on every screen, and power mode obeys at once', async ({
  open,
  dataDir,
}) => {
  const { page } = await open('browser host');
  await showMe(page);
  await startDialing(page);
  await page.getByRole('contentinfo', { name: 'Status' }).getByRole('button').click();
  const about = page.getByRole('dialog', { name: 'What Parley does by itself' });
  await expect(about).toContainText('Practice: no call under way, 0 today, 1 agent');
  await about.getByRole('button', { name: 'Pause all calling' }).click();
  await page.keyboard.press('Escape');

  const banner = page.getByRole('region', { name: 'All calling is paused' });
  await expect(banner).toContainText(/All calling was paused by You at \d\d:\d\d\./);
  await expect(page.getByRole('region', { name: 'Contact' })).toContainText(
    'All calling was paused by You. Parley dials nobody by itself',
  );
  await page.waitForTimeout(4_500);
  expect(practiceRecords(dataDir).requests()).toEqual([]);
  for (const key of ['2', '4', '5']) {
    await page.keyboard.press(`Control+${key}`);
    await expect(banner).toBeVisible();
  }
  await expectClean(page, 'the live board while paused');

  await page.reload();
  await expect(banner).toBeVisible();
  await banner.getByRole('button', { name: 'Resume all calling' }).click();
  await expect(banner).toBeHidden();
  await expect.poll(() => practiceRecords(dataDir).requests().length, { timeout: 15_000 }).toBe(1);
});

test('a campaign that is done tells so where somebody looks, and leads there', async ({ open, dataDir }) => {
  const { page } = await open('browser host', { speed: 40 });
  await showMe(page);
  const id = seedCampaign(dataDir, 'Spring', 1, ANSWERS);
  await expect(page.getByText('“Spring” is done', { exact: true })).toBeVisible({ timeout: 40_000 });
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page.getByRole('heading', { name: 'Spring', level: 1 })).toBeVisible();
  expect(page.url()).toContain(`/campaigns/${id}`);
  await expect(page.getByText('Done', { exact: true }).first()).toBeVisible();
  await page.getByRole('tab', { name: 'Live' }).click();
  await expect(figure(page, 'Completed')).toContainText('1');
});

test('whoever looks elsewhere is told by the browser, where they let it; what they find later stays on the page', async ({
  open,
  dataDir,
}) => {
  const { page } = await open('browser host', { speed: 40 });
  await showMe(page);
  // A browser asks its owner, and a test has none: what it would show is kept instead.
  await page.evaluate(`
    document.hasFocus = () => false;
    globalThis.shown = [];
    globalThis.Notification = class extends EventTarget {
      static permission = 'granted';
      constructor(title, { body }) { super(); shown.push([title, body, this]); }
      close() {}
    };
  `);
  const id = seedCampaign(dataDir, 'Spring', 1, ANSWERS);
  const shown = () => page.evaluate<string[][]>('shown.map(([title, body]) => [title, body])');
  await expect
    .poll(shown, { timeout: 40_000 })
    .toEqual([['“Spring” is done', expect.stringMatching(/^Everybody in it has been reached/)]]);
  await expect(page.getByText('“Spring” is done', { exact: true })).toBeVisible();
  await page.evaluate(`shown[0][2].dispatchEvent(new Event('click'))`);
  await expect(page.getByRole('heading', { name: 'Spring', level: 1 })).toBeVisible();
  expect(page.url()).toContain(`/campaigns/${id}`);
});

test('a campaign whose calls fail pauses itself and shows which failed, when, and what happens next', async ({
  open,
  dataDir,
}) => {
  const { page } = await open('browser host', { speed: 40 });
  await showMe(page);
  seedCampaign(dataDir, 'Spring', 10, FAILS);
  await expect(page.getByText('“Spring” was paused', { exact: true })).toBeVisible({ timeout: 40_000 });
  await page.getByRole('button', { name: 'Show' }).click();
  const why = page.getByRole('region', { name: 'Why it paused itself' });
  await expect(why).toContainText('Paused by itself: too many calls failed');
  await expect(why).toContainText(/One call is tried by itself at|One call is being tried now/);
  await why.getByText(/failed calls in ten minutes/).click();
  await expect(why.getByRole('listitem').first()).toContainText(/\d\d:\d\d/);
  await expectClean(page, 'a campaign that paused itself');
});

test('a call nobody knows the fate of is shown as being checked, since when and what that means', async ({
  open,
  dataDir,
}) => {
  const { page } = await open('browser host');
  await showMe(page);
  seedDoubt(dataDir, '+12125550177', Date.now());
  const sentence =
    /Asking the carrier since .+ whether this call was placed\. The number stays locked until we know\./;
  await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('1 call being checked');
  await page.keyboard.press('Control+4');
  await expect(page.getByRole('region', { name: 'Being checked' })).toContainText(sentence);
  await page.keyboard.press('Control+5');
  await expect(page.getByRole('region', { name: 'What Parley does by itself' })).toContainText(sentence);
  await expectClean(page, 'the live board with a call in doubt');
});

test('what this computer tells is chosen kind by kind, and what is switched off is not told', async ({
  open,
  dataDir,
}) => {
  const { page } = await open('browser host', { speed: 40 });
  await showMe(page);
  await page.keyboard.press('Control+7');
  await page.getByRole('tab', { name: 'Notifications' }).click();
  const done = page.getByRole('switch', { name: 'A campaign is done' });
  await expect(done).toBeChecked();
  await done.click();
  await expect(done).not.toBeChecked();
  await expectClean(page, 'the settings for notices');
  await page.getByRole('tab', { name: 'This computer' }).click();
  await expect(page.getByText(/In a browser Parley cannot open by itself/)).toBeVisible();
  await expectClean(page, 'the settings for this computer');

  seedCampaign(dataDir, 'Spring', 1, ANSWERS);
  await page.keyboard.press('Control+2');
  const row = page.getByRole('row', { name: /Spring/ });
  await expect(row).toContainText('Done', { timeout: 40_000 });
  await expect(page.getByText('“Spring” is done', { exact: true })).toBeHidden();
});

function figure(page: Page, name: string) {
  return page.locator('dl[aria-label="Calls by their state"] > div').filter({ hasText: name });
}

test('a supervisor sees a call on the live board, with what is said, and ends it by keys', async ({
  open,
}) => {
  const { page } = await open('browser host', { speed: 4 });
  await beInCall(page);
  await page.keyboard.press('g');
  await page.keyboard.press('b');
  const calls = page.getByRole('grid', { name: 'Calls under way' });
  await expect(calls.getByRole('row', { name: /Connected.*Priya Raman/ })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Agents at work' })).toContainText('Priya Raman');
  await expectClean(page, 'the live board in a call');
  await page.keyboard.press('f');
  await expect(page.getByText('Frozen as it was at')).toBeVisible();
  await page.keyboard.press('f');
  await page.keyboard.press('n');
  await expect(calls.getByRole('row', { name: /Priya Raman/ })).toHaveCount(0);
  await page.keyboard.press('n');
  await page.keyboard.press('e');
  await expect(page.getByRole('alertdialog', { name: 'End the call with Priya Raman?' })).toBeVisible();
  await page.getByRole('button', { name: 'End the call' }).press('Enter');
  await expect(page.getByText('No call is under way.')).toBeVisible();
  await expect(page.getByRole('table', { name: 'Agents at work' })).toContainText('Wrap-up');
});
