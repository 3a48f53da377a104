import { type Page, expect } from '@playwright/test';

// What an agent does and sees, in the names the screen gives them. Everything here is done by keys.

/** The desk of practice; on a first run by keyboard, past the question of what brings somebody here. */
export async function showMe(page: Page): Promise<void> {
  const question = page.getByRole('heading', { name: 'What brings you here?' });
  const desk = page.getByRole('heading', { name: 'Ready when you are' });
  await expect(question.or(desk)).toBeVisible();
  if (await question.isVisible()) await page.keyboard.press('3');
  await expect(desk).toBeVisible();
}

/** Starts the campaign in hand. Power dials the first contact by itself after three seconds. */
export async function startDialing(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'Start dialing' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(state(page)).toBeVisible();
}

/** The banner: what is going on, with whom. */
export function state(page: Page) {
  return page.getByRole('region', { name: 'State' });
}

export function note(page: Page) {
  return page.getByRole('textbox', { name: 'Notes' });
}

export async function expectState(page: Page, words: string | RegExp): Promise<void> {
  await expect(state(page)).toContainText(words, { timeout: 20_000 });
}

/** The window of the call in which digits are not yet outcomes is short; a person presses again. */
export async function untilHeard(page: Page, key: string, heard: () => Promise<boolean>): Promise<void> {
  await expect(async () => {
    if (!(await heard())) await page.keyboard.press(key);
    expect(await heard()).toBe(true);
  }).toPass({ timeout: 10_000, intervals: [600, 1000] });
}

/** Somebody who answers after four seconds and talks until they are hung up on: in time for any test. */
export const PATIENT = { typed: '+1 206 555 0102', e164: '+12065550102', name: 'Priya Raman' } as const;

/** A session in preview, in which nobody is dialed by itself. */
export async function startPreview(page: Page): Promise<void> {
  await showMe(page);
  const preview = page.getByRole('radio', { name: 'Preview' });
  await preview.focus();
  await page.keyboard.press('Space');
  await expect(preview).toBeChecked();
  await page.getByRole('button', { name: 'Start dialing' }).focus();
  await page.keyboard.press('Enter');
  await expectState(page, 'Dana Whitfield');
}

/** Rings the patient one by hand, and waits until she is on the line. */
export async function beInCall(page: Page): Promise<void> {
  await startPreview(page);
  await page.keyboard.press('d');
  await page.getByRole('textbox', { name: 'Number' }).fill(PATIENT.typed);
  await expect(page.getByRole('dialog').getByText(/may be rung/i)).toBeVisible();
  await page.keyboard.press('Enter');
  await expectState(page, 'Connected');
  await expectState(page, PATIENT.name);
}
