import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { giveConsent } from '../../electron/store/consents.ts';
import { closeStore, openStore } from '../../electron/store/open.ts';
import { aCampaign, aContact, anEnrolment } from '../../electron/store/testing.ts';
import { usualRules } from '../../shared/domain/campaign.ts';
import type { E164 } from '../../shared/domain/phone.ts';
import { instant } from '../../shared/lib/instants.ts';
import { type StandIn, openStandIn } from '../carrier-stand-in/open.ts';
import { TEN, fastClock } from '../carrier-stand-in/testing-office.ts';
import { showMe } from './desk.ts';
import { expect, test } from './fixtures.ts';

// A campaign of an AI voice through Vapi, from the credentials to a person who takes one of its calls over.

const SPEED = 12;
const ROSA = '+12125550142' as E164;
const PHONE = '+12065550143';

test('an AI campaign runs on Vapi with its own assistant, and a call of it is taken over with one key', async ({
  open,
  dataDir,
}) => {
  const startedAt = Date.now();
  const world = await openStandIn({ seed: 'e2e', clock: fastClock(SPEED, startedAt) });
  world.control.script(ROSA, { kind: 'human', talkMs: null });
  const preload = pathToFileURL(join(import.meta.dirname, 'office-clock.mjs')).href;
  try {
    const { page } = await open('browser host', {
      env: { NODE_OPTIONS: `--import=${preload}`, PARLEY_TEST_CLOCK: `${TEN},${startedAt},${SPEED}` },
    });
    await showMe(page);
    await goTo(page, 'settings?section=workspaces');
    await page.getByRole('textbox', { name: 'Name' }).fill('Acme');
    await page.keyboard.press('Enter');
    await goTo(page, 'settings?section=carriers');
    await setUpVapi(page, world);

    const campaignId = seed(dataDir, world);
    await goTo(page, `campaigns/${campaignId}`);
    await page.getByRole('tab', { name: 'Rules' }).click();
    await page.getByRole('combobox', { name: 'Assistant', exact: true }).click();
    await page.getByRole('option', { name: 'Reminders', exact: true }).click();
    await page.keyboard.press('Control+s');
    await expect(page.getByTestId('save-state')).toHaveText('All saved');
    await page
      .getByRole('button', { name: /^(Start|Resume)/ })
      .first()
      .click();

    await goTo(page, 'live');
    const takeOver = page.getByRole('button', { name: /^Take over/ });
    await expect(takeOver).toBeEnabled({ timeout: 20_000 });
    expect(world.requests.find(({ method, path }) => method === 'POST' && path === '/call')?.body).toContain(
      world.vapi.assistants[1]!.id,
    );
    await page.keyboard.press('l');
    await expect(page.getByText('You are listening')).toBeVisible();
    await page.keyboard.press('t');
    await page.getByLabel('Phone that rings').fill(PHONE);
    await page.keyboard.press('Enter');
    await expect(page.getByText('The AI voice stays until it is picked up.')).toBeVisible();
    await expect.poll(() => world.truth.toNumber(ROSA)[0]?.end).toBe('assistant-forwarded-call');
    expect(world.vapi.controls.at(-1)?.message).toMatchObject({
      type: 'transfer',
      destination: { number: PHONE },
    });
    expect(world.truth.toNumber(ROSA)).toHaveLength(1);
    expect(world.violations).toEqual([]);
  } finally {
    await world.close();
  }
});

async function setUpVapi(page: Page, { vapi }: StandIn): Promise<void> {
  await page.getByRole('button', { name: 'Set up Vapi' }).press('Enter');
  await page.getByLabel('Private key').fill(vapi.privateKey);
  await page.getByRole('textbox', { name: /^Assistant/ }).fill(vapi.assistants[0]!.id);
  await page.getByLabel('Address').fill(vapi.baseUrl);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Set up Vapi' })).toBeHidden();
}

/** A paused campaign with Rosa in it, put beside the program that runs on the workspace. */
function seed(dataDir: string, { vapi }: StandIn): number {
  const folder = readdirSync(join(dataDir, 'workspaces')).find((name) => name !== 'practice')!;
  const opened = openStore(join(dataDir, 'workspaces', folder, 'parley.db'), { now: () => TEN });
  if (!opened.ok) throw new Error(opened.error.sentence);
  const db = opened.value;
  const rules = { ...usualRules('America/New_York'), voice: 'ai' as const };
  const callerId = vapi.phoneNumbers[0]!.number;
  const campaignId = aCampaign(db, { name: 'Reminders', status: 'paused', rules, callerId });
  const numbers = [{ e164: ROSA, kind: 'mobile' as const, zones: ['America/New_York'], isStarred: true }];
  const contactId = aContact(db, { name: 'Rosa Blum', numbers });
  const since = instant(0);
  giveConsent(db, { contactId, kind: 'ai-voice', basis: 'in writing', source: 'form', givenAt: since });
  anEnrolment(db, { campaignId, contactId, dueAt: since });
  closeStore(db);
  return campaignId;
}

async function goTo(page: Page, place: string): Promise<void> {
  const [home] = page.url().split('#');
  await page.goto(`${home}#/${place}`);
}
