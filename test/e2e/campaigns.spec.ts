import type { Page } from '@playwright/test';
import { expectClean } from './clean.ts';
import { showMe } from './desk.ts';
import { expect, test } from './fixtures.ts';

// A supervisor at work on campaigns: what is promised before saving is what comes of it.

test('a campaign is built in five steps, started, narrowed with its loss in sight, and explained', async ({
  open,
}) => {
  const { page } = await open('browser host');
  await showMe(page);
  await make(page, 'Spring renewals');

  await addPracticeList(page);
  const ringable = await mayRing(page);
  expect(ringable).toBeGreaterThan(0);
  await next(page, 'What is said, and what comes of it');
  await page
    .getByRole('textbox', { name: 'Words of step 1' })
    .fill('Hello {{first name|there}} from {{title}}.');
  const preview = page.getByRole('region', { name: 'Preview of the script' });
  await expect(preview).toContainText(/Hello \w+ from/);
  await expect(preview).not.toContainText('{{');
  await next(page, 'When, and how often');
  await next(page, 'How calls are made');
  await next(page, 'What will happen');

  const first = page.getByRole('list', { name: 'The first 20 contacts' });
  await expect(first.getByRole('listitem')).toHaveCount(20);
  await expect(first.getByRole('listitem').first()).toContainText('Dana Whitfield');
  await expect(first.getByRole('listitem').first()).toContainText('Never tried: comes first.');
  await expect(page.getByText('25 contacts from Practice list.')).toBeVisible();

  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Spring renewals is running.', { exact: true }).first()).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Overview' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('list', { name: 'What was looked at' })).toContainText(
    'No agent is at work on it',
  );

  await page.getByRole('tab', { name: 'Rules' }).click();
  expect(await mayRing(page)).toBe(ringable);
  await setHours(page, 'Monday', '9', '12');
  await page.getByRole('button', { name: 'Copy Monday to weekdays' }).click();
  const effect = page.getByRole('complementary', { name: 'Who may be rung' });
  await expect(effect).toContainText(`${ringable} lost`);
  await expect(effect).toContainText('Dana Whitfield');
  // Each of them with what the rule says of them.
  await expect(effect).toContainText('Outside the campaign’s hours: it is');
  // Nothing of it holds before it is saved.
  await expect(page.getByTestId('save-state')).toHaveText('Changed, not saved: hours');
  await page.keyboard.press('Control+s');
  await expect(page.getByTestId('save-state')).toHaveText('All saved');
  expect(await mayRing(page)).toBe(0);

  // Whoever comes next is told with the hour at which they may be rung.
  await page.getByRole('tab', { name: 'Overview' }).click();
  const next1 = page
    .getByRole('list', { name: /^The first \d+ contacts$/ })
    .getByRole('listitem')
    .first();
  await expect(next1).toContainText('Outside the campaign’s hours');
  await expect(next1).not.toContainText('now');
  await page.getByRole('tab', { name: 'Why not called' }).click();
  await expect(page.getByRole('heading', { name: '25 of 25 are not called now' })).toBeVisible();
  await page.getByRole('button', { name: /Outside the campaign’s hours/ }).click();
  await page
    .getByRole('list', { name: 'People' })
    .getByRole('button', { name: /Dana Whitfield/ })
    .click();
  const why = page.getByRole('region', { name: 'Why Dana Whitfield is or is not called' });
  await expect(why.getByRole('region', { name: 'Verdict' })).toContainText('Outside the campaign’s hours');
  await expect(why.getByRole('region', { name: 'Verdict' })).toContainText('Next change');
  await expect(why.getByRole('region', { name: 'Holds back' })).toContainText('Campaign hours');
  const passed = why.getByRole('region', { name: 'Passed' });
  for (const rule of ['The number', 'Do-not-call list', 'Attempts in all', 'Legal hours'])
    await expect(passed).toContainText(rule);
});

test('what was changed in a step is there again after going away, and after a reload', async ({ open }) => {
  const { page } = await open('browser host');
  await showMe(page);
  await make(page, 'Autumn survey');
  await addPracticeList(page);
  await next(page, 'What is said, and what comes of it');
  await next(page, 'When, and how often');
  await setHours(page, 'Friday', '9', '15:30');
  await page.getByRole('link', { name: 'Calls' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Calls' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'When, and how often' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Friday, to' })).toHaveValue('15:30');
  await expect(page.getByTestId('save-state')).toHaveText('All saved');
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Friday, to' })).toHaveValue('15:30');
});

test('rules that shut everybody out are told before saving, refused, and taken back', async ({ open }) => {
  const { page } = await open('browser host');
  await showMe(page);
  await openPractice(page, 'Rules');
  for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'])
    await page.getByRole('checkbox', { name: day }).click();
  const effect = page.getByRole('complementary', { name: 'Who may be rung' });
  await expect(effect.getByRole('alert')).toContainText('Campaign hours: 25');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('This is not saved.')).toBeVisible();
  await page.getByRole('button', { name: 'Take back' }).click();
  await expect(page.getByRole('checkbox', { name: 'Monday' })).toBeChecked();
  await expect(page.getByTestId('save-state')).toHaveText('All saved');
});

test('the second of two who change a campaign is told, and may put theirs on top', async ({ open }) => {
  const { page } = await open('browser host');
  await showMe(page);
  await openPractice(page, 'Rules');
  await page.getByRole('textbox', { name: 'Attempts on each contact' }).fill('9');
  await page.keyboard.press('Tab');
  await expect(page.getByTestId('save-state')).toHaveText('Changed, not saved: attempts');

  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.getByRole('button', { name: 'Take back' }).click();
  await setHours(other, 'Monday', '8', '18');
  await other.keyboard.press('Control+s');
  await expect(other.getByTestId('save-state')).toHaveText('All saved');
  await other.close();

  await page.getByRole('button', { name: 'Save changes' }).click();
  const question = page.getByRole('dialog', { name: 'Somebody else changed this campaign' });
  await expect(question).toContainText('the rules');
  await question.getByRole('button', { name: 'Put mine on top' }).click();
  await expect(page.getByTestId('save-state')).toHaveText('All saved');
  await expect(page.getByRole('textbox', { name: 'Attempts on each contact' })).toHaveValue('9');
  await expect(page.getByRole('textbox', { name: 'Monday, to' })).toHaveValue('18:00');
});

test('a campaign is stopped in words that say what happens to calls, deleted, and brought back', async ({
  open,
}) => {
  const { page } = await open('browser host');
  await showMe(page);
  await goToCampaigns(page);
  await page.getByRole('button', { name: 'More for Practice' }).click();
  await page.getByRole('menuitem', { name: 'Stop…' }).click();
  const question = page.getByRole('dialog', { name: 'Stop Practice?' });
  await expect(question).toContainText('Let calls under way end');
  await expect(question).toContainText('Hang up at once');
  await question.getByRole('button', { name: 'Stop after the calls' }).click();
  await expect(page.getByRole('row', { name: /Practice/ })).toContainText('Paused');
  await page.getByRole('button', { name: 'More for Practice' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(page.getByRole('button', { name: 'Start from this' })).toHaveCount(3);
  await expect(page.getByText('Practice was deleted.', { exact: true }).first()).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('row', { name: /Practice/ })).toContainText('Paused');
});

test('every segment of the bar opens the contacts behind it, as many as it counts', async ({ open }) => {
  const { page } = await open('browser host');
  await showMe(page);
  await openPractice(page, 'Why not called');
  const segments = page.getByRole('list', { name: 'Reasons' }).getByRole('button');
  await expect(segments.first()).toBeVisible();
  const count = await segments.count();
  for (let nth = 0; nth < count; nth++) {
    const words = (await segments.nth(nth).textContent()) ?? '';
    const behind = Number(/(\d+)$/.exec(words)?.[1]);
    await segments.nth(nth).click();
    await expect(page.getByRole('list', { name: 'People' }).getByRole('listitem')).toHaveCount(behind);
    await page.keyboard.press('Escape');
  }
});

/** Practice in the list of campaigns, and what its menu offers. */
async function practiceRow(page: Page) {
  await showMe(page);
  await goToCampaigns(page);
  const pick = async (item: string) => {
    await page.getByRole('button', { name: 'More for Practice', exact: true }).click();
    await page.getByRole('menuitem', { name: item, exact: true }).click();
  };
  return { row: page.getByRole('row', { name: /^Practice / }), pick };
}

test('a campaign is completed, and can be taken back', async ({ open }) => {
  const { page } = await open('browser host');
  const { row, pick } = await practiceRow(page);
  await pick('Complete');
  await expect(row).toContainText('Done');
  await expect(page.getByText('Practice is completed. Calls under way go on.').first()).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(row).toContainText('Paused');
});

test('a campaign that is done is archived, and can be taken back', async ({ open }) => {
  const { page } = await open('browser host');
  const { row, pick } = await practiceRow(page);
  await pick('Complete');
  await expect(row).toContainText('Done');
  await pick('Archive');
  await expect(page.getByText('Practice is in the archive.', { exact: true }).first()).toBeVisible();
  await expect(row).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(row).toContainText('Done');
});

test('a campaign is copied', async ({ open }) => {
  const { page } = await open('browser host');
  const { pick } = await practiceRow(page);
  await pick('Duplicate');
  await expect(page.getByRole('heading', { level: 1, name: 'Practice (copy)' })).toBeVisible();
});

test('a day that a supervisor closes in the calling rules holds everybody back at once, until it is opened', async ({
  open,
}) => {
  const { page } = await open('browser host');
  await showMe(page);
  const to = (hash: string) => page.goto(page.url().replace(/#.*/, hash));
  await to('#/settings?section=rules');
  await expect(page.getByRole('list', { name: 'Rules: The United States' })).toContainText(
    '47 CFR 64.1200(c)(1)',
  );
  await expectClean(page, 'the calling rules');
  await page.getByRole('button', { name: 'Close days…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Close days' });
  await dialog.getByRole('combobox', { name: 'Place' }).click();
  await page.keyboard.type('The United States');
  await page.keyboard.press('Enter');
  await dialog.getByRole('textbox', { name: /Proclamation/ }).fill('Day of mourning');
  await expectClean(page, 'closing days');
  await dialog.getByRole('button', { name: 'Close these days' }).click();
  await expect(page.getByRole('list', { name: 'Closed days' })).toContainText('until further notice');
  await openPractice(page, 'Why not called');
  await expect(page.getByRole('heading', { name: '25 of 25 are not called now' })).toBeVisible();
  await expect(page.getByText('calls are forbidden until further notice').first()).toBeVisible();
  await to('#/settings?section=rules');
  await page.getByRole('button', { name: 'Open The United States again' }).click();
  await expect(page.getByText('No day is closed at the moment.')).toBeVisible();
  await to('#/settings?section=outcomes');
  await expect(page.getByRole('table', { name: 'Outcomes' })).toContainText('Qualified');
  await expectClean(page, 'the outcomes');
});

test('an address that names no tab, no step or no campaign leads somewhere all the same', async ({
  open,
}) => {
  const { page } = await open('browser host');
  await showMe(page);
  const to = (hash: string) => page.goto(page.url().replace(/#.*/, hash));
  await to('#/campaigns/1?tab=nonsense');
  await expect(page.getByRole('tab', { name: 'Overview' })).toHaveAttribute('aria-selected', 'true');
  await to('#/campaigns/1/setup?step=9');
  await expect(page.getByRole('heading', { level: 1, name: 'Practice' })).toBeVisible();
  await to('#/campaigns/none');
  await expect(page.getByText('This campaign could not be read.')).toBeVisible();
});

test('light or dark, nothing stands in anybody’s way while a campaign is made', async ({ open }) => {
  const { page } = await open('browser host');
  await showMe(page);
  await goToCampaigns(page);
  await page.keyboard.press('n');
  await expect(page.getByRole('dialog', { name: 'New campaign' })).toBeVisible();
  await expectClean(page, 'a new campaign');
  await page.keyboard.press('Escape');
  await make(page, 'Looked at');
  await addPracticeList(page);
  for (const step of ['People', 'Script', 'Rules', 'Pace', 'Review']) {
    const button = page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: step });
    await button.click();
    await expect(button).toHaveAttribute('aria-current', 'step');
    await expectClean(page, `step ${step}`);
  }
});

test('light or dark, nothing stands in anybody’s way on a campaign’s page', async ({ open }) => {
  const { page } = await open('browser host');
  await showMe(page);
  await page.goto(page.url().replace(/#.*/, '#/campaigns/1'));
  for (const tab of ['Overview', 'Live', 'Why not called', 'People', 'Script', 'Rules']) {
    await page.getByRole('tab', { name: tab }).click();
    await expect(page.getByRole('tabpanel', { name: tab })).toBeVisible();
    await expectClean(page, `tab ${tab}`);
  }
});

async function goToCampaigns(page: Page): Promise<void> {
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await expect(page.getByRole('heading', { level: 1, name: 'Campaigns' })).toBeFocused();
  await expect(page.getByRole('row', { name: /Practice/ })).toBeVisible();
}

/** By keys from the list: the first row, its page, a tab. */
async function openPractice(page: Page, tab: string): Promise<void> {
  await goToCampaigns(page);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Practice' })).toBeVisible();
  await page.getByRole('tab', { name: tab }).click();
}

async function make(page: Page, name: string): Promise<void> {
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await expect(page.getByRole('heading', { level: 1, name: 'Campaigns' })).toBeFocused();
  await page.keyboard.press('n');
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

async function addPracticeList(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'List' }).click();
  await page.getByRole('option', { name: /Practice list/ }).click();
  await page.getByRole('button', { name: 'Add 25' }).click();
  await expect(page.getByText('25 contacts in all.')).toBeVisible();
  await expect(page.getByTestId('effect-after')).not.toHaveText('0');
}

async function next(page: Page, title: string): Promise<void> {
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 2, name: title })).toBeFocused();
}

/** The count beside the rules, once it stands still. */
async function mayRing(page: Page): Promise<number> {
  const effect = page.getByRole('complementary', { name: 'Who may be rung' });
  await expect(effect).toContainText('Nobody gained, nobody lost');
  return Number(await page.getByTestId('effect-after').textContent());
}

async function setHours(page: Page, day: string, from: string, to: string): Promise<void> {
  await page.getByRole('textbox', { name: `${day}, from` }).fill(from);
  await page.getByRole('textbox', { name: `${day}, to` }).fill(to);
  await page.keyboard.press('Tab');
}
