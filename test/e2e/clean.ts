import { type Page, expect } from '@playwright/test';
import type { Result } from 'axe-core';
import { violationsOn as askAxe } from '../axe.ts';

/** A theme is colours: the page is the same one in the dark, and these are the rules that look at colours. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block'];

/** Nothing on the page breaks the rules of WCAG 2.2 AA, in light or dark; what does is told with its place. */
export async function expectClean(page: Page, place: string, only?: readonly string[]): Promise<void> {
  expect.soft(tellOf(await violationsOn(page, only), place)).toEqual([]);
  const colours = only === undefined ? OF_COLOUR : only.filter((rule) => OF_COLOUR.includes(rule));
  if (colours.length === 0) return;
  await inTheDark(page, async () => {
    expect.soft(tellOf(await violationsOn(page, colours), `${place}, dark`)).toEqual([]);
  });
}

function tellOf(violations: readonly Result[], place: string): string[] {
  return violations.map(
    ({ id, help, nodes }) =>
      `${place}: ${id} (${help}) at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}

async function inTheDark(page: Page, look: () => Promise<void>): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' });
  await settled(page);
  await look();
  await page.emulateMedia({ colorScheme: 'light' });
  await settled(page);
}

/** Colours that fade from one theme to the other are in neither. */
function settled(page: Page): Promise<unknown> {
  return page.evaluate(`Promise.all(document.getAnimations()
    .filter((each) => each.effect.getTiming().iterations !== Infinity)
    .map((each) => each.finished.catch(() => null)))`);
}

/** The size of targets (2.5.8) is among what WCAG 2.2 added, and is left out unless asked for. */
export function violationsOn(page: Page, only?: readonly string[]): Promise<readonly Result[]> {
  return askAxe(page, only ? { only } : { rules: { 'target-size': { enabled: true } } });
}
