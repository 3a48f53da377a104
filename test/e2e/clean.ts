import { AxeBuilder } from '@axe-core/playwright';
import { type Page, expect } from '@playwright/test';

/** Nothing on the page breaks the rules of WCAG 2.2 AA; what does is told with its place. */
export async function expectClean(page: Page, place: string): Promise<void> {
  const told = (await violationsOn(page)).map(
    ({ id, help, nodes }) =>
      `${place}: ${id} (${help}) at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
  expect.soft(told).toEqual([]);
}

export async function violationsOn(page: Page) {
  // The size of targets (2.5.8) is among what WCAG 2.2 added, and is left out unless asked for.
  const rules = { 'target-size': { enabled: true } };
  // Legacy mode spares a blank page for each look; what it cannot see into, frames of other sites, we have none of.
  return (await new AxeBuilder({ page }).setLegacyMode().options({ rules }).analyze()).violations;
}
