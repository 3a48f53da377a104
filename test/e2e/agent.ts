import { type Page, expect } from '@playwright/test';

/* An agent with eyes and ten fingers, quick enough for a clock in a hurry. What is not done by a key is not done. */

/** What the banner says: the word on the plate, and everything beside it. */
export interface Face {
  readonly word: string;
  readonly text: string;
}

/** Looks as often as this; a person does no better than a fifth of a second. */
const LOOK_EVERY_MS = 20;

/** Nothing on the page takes a pointer any more, and any that comes all the same is counted. */
export async function withoutMouse(page: Page): Promise<() => Promise<number>> {
  await page.addStyleTag({ content: '* { pointer-events: none !important }' });
  await page.evaluate(`
    globalThis.pointed = 0;
    for (const kind of ['pointerdown', 'mousedown', 'touchstart'])
      addEventListener(kind, () => (globalThis.pointed += 1), { capture: true });
  `);
  return () => page.evaluate<number>('globalThis.pointed');
}

/** Null while no session runs. */
export function faceOf(page: Page): Promise<Face | null> {
  return page.evaluate<Face | null>(`(() => {
    const banner = document.querySelector('section[aria-label="State"]');
    if (banner === null) return null;
    return { word: banner.querySelector('p').textContent, text: banner.textContent };
  })()`);
}

/** Looks until what is sought is there, and hands it over. */
export async function until<T>(what: string, look: () => Promise<T | null | false>, ms = 20_000): Promise<T> {
  const deadline = performance.now() + ms;
  for (;;) {
    const found = await look();
    if (found !== null && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`not seen within ${ms} ms: ${what}`);
    await new Promise((go) => void setTimeout(go, LOOK_EVERY_MS));
  }
}

export function seeWord(page: Page, word: string): Promise<Face> {
  return until(word, async () => {
    const face = await faceOf(page);
    return face?.word === word ? face : null;
  });
}

/** Presses, and again after a moment where the key still rested. */
export async function pressUntil(page: Page, key: string, heard: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 20; tries += 1) {
    if (await heard()) return;
    await page.keyboard.press(key);
    const soon = performance.now() + 350;
    while (performance.now() < soon) {
      if (await heard()) return;
      await new Promise((go) => void setTimeout(go, LOOK_EVERY_MS));
    }
  }
  throw new Error(`${key} was never heard`);
}

/** Presses until the banner is no longer what it was. */
export async function pressAndSeeItTurn(page: Page, key: string, word: string): Promise<void> {
  await pressUntil(page, key, async () => (await faceOf(page))?.word !== word);
}

export async function typeNote(page: Page, words: string): Promise<void> {
  const note = page.getByRole('textbox', { name: 'Notes' });
  await page.keyboard.press('n');
  await expect(note).toBeFocused();
  await page.keyboard.type(words);
  await page.keyboard.press('Escape');
  await expect(note).not.toBeFocused();
}
