import type { Page } from '@playwright/test';
import { openStandIn } from '../carrier-stand-in/open.ts';
import { expectClean } from './clean.ts';
import { showMe } from './desk.ts';
import { expect, test } from './fixtures.ts';

// Settings › Carriers, by keys, with carriers of this machine behind it.

test('a carrier is set up by keys: what is wrong is told and not kept, and one’s own phone rings once', async ({
  open,
}) => {
  const world = await openStandIn({ seed: 'e2e' });
  try {
    const { page } = await open('browser host');
    await showMe(page);
    await goTo(page, 'workspaces');
    await page.getByRole('textbox', { name: 'Name' }).fill('Acme');
    await page.keyboard.press('Enter');
    await goTo(page, 'carriers');
    await expect(page.getByText('calls of this workspace reach nobody')).toBeVisible();
    await expectClean(page, 'carriers');

    await page.getByRole('button', { name: 'Set up Twilio' }).press('Enter');
    await page.getByLabel('Account SID').fill(world.twilio.sid);
    await page.getByLabel('Auth token').fill('not-the-token-0000');
    await page.getByText('More settings').press('Enter');
    await page.getByLabel('Address').fill(world.twilio.baseUrl);
    await page.keyboard.press('Enter');
    await expect(page.getByText('Twilio does not accept these')).toBeVisible();
    await page.getByLabel('Auth token').fill(world.twilio.authToken);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Set up Twilio' })).toBeHidden();
    await expect(page.getByText('41.87 USD')).toBeVisible();
    await expect(page.getByText(world.twilio.authToken)).toHaveCount(0);

    await page.getByRole('button', { name: 'Choose the numbers of Twilio' }).press('Enter');
    await page.getByRole('checkbox').first().press('Space');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Numbers of Twilio', exact: true })).toBeHidden();
    await page.getByRole('button', { name: 'Test call through Twilio' }).press('Enter');
    await page.getByLabel('Your own phone').fill('(212) 555-0199');
    await page.keyboard.press('Enter');
    await expect(page.getByText('(212) 555-0199 rings in a moment.')).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.getByText('nobody was rung again')).toBeVisible();
    expect(world.truth.toNumber('+12125550199')).toHaveLength(1);
    expect(world.violations).toEqual([]);
  } finally {
    await world.close();
  }
});

async function goTo(page: Page, section: string): Promise<void> {
  const [home] = page.url().split('#');
  await page.goto(`${home}#/settings?section=${section}`);
}
