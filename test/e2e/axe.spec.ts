import { expectClean, violationsOn } from './clean.ts';
import { beInCall, expectState, showMe } from './desk.ts';
import { expect, test } from './fixtures.ts';

// The first run is one of the screens.
test.use({ isMovedIn: false });

// Every screen as the rules of WCAG 2.2 AA see it, in both themes.

const SCREENS = [
  ['g c', 'Campaigns'],
  ['g i', 'Lists'],
  ['g l', 'Calls'],
  ['g b', 'Live board'],
  ['g r', 'Reports'],
  ['g s', 'Settings'],
] as const;

const SECTIONS = [
  'Keys',
  'Notifications',
  'This computer',
  'People',
  'Workspaces',
  'Storage',
  'Audit trail',
  'About',
] as const;

test('light or dark, nothing stands in anybody’s way on any screen', async ({ open }) => {
  const { page } = await open('browser host', { speed: 10 });
  await expect(page.getByRole('heading', { name: 'What brings you here?' })).toBeVisible();
  await expectClean(page, 'first run');
  await showMe(page);
  await expectClean(page, 'the desk before a session');
  for (const [keys, name] of SCREENS) {
    for (const key of keys.split(' ')) await page.keyboard.press(key);
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    await expectClean(page, name);
  }
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectClean(page, 'the palette');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectClean(page, 'the sheet of keys');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('somebody else');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Who is working?' })).toBeVisible();
  await expectClean(page, 'signing in');
});

test('light or dark, nothing stands in anybody’s way in the settings', async ({ open }) => {
  const { page } = await open('browser host');
  await showMe(page);
  await page.keyboard.press('Control+7');
  for (const section of SECTIONS) {
    await page.getByRole('tab', { name: section }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('tabpanel', { name: section })).toBeVisible();
    await expectClean(page, `Settings, ${section}`);
  }
});

test('light or dark, nothing stands in anybody’s way in a call', async ({ open }) => {
  const { page } = await open('browser host', { speed: 4 });
  await beInCall(page);
  await expectClean(page, 'connected');
  await page.keyboard.press('b');
  await page.keyboard.type('tomorrow 9');
  await expectClean(page, 'a callback in words');
  await page.keyboard.press('Escape');
  await page.keyboard.press('h');
  await expectState(page, 'Wrap-up');
  await expectClean(page, 'wrap-up');
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await expect(page.getByRole('row', { name: /Priya Raman/ })).toBeVisible();
  await expectClean(page, 'a list of calls with one in it');
});

test('the look at a screen finds what it is meant to find', async ({ open }) => {
  const { page } = await open('browser host');
  await expect(page.getByRole('heading', { name: 'What brings you here?' })).toBeVisible();
  const tiny = '<button style="width: 9px; height: 9px; padding: 0"></button>';
  const row = `<div style="display: flex">${tiny}${tiny}</div>`;
  await page.evaluate(`document.querySelector('main').insertAdjacentHTML('beforeend', '${row}')`);
  const found = await violationsOn(page);
  expect(found.map(({ id }) => id)).toEqual(expect.arrayContaining(['button-name', 'target-size']));
});
