import { AxeBuilder } from '@axe-core/playwright';
import { type Page, expect } from '@playwright/test';

/** Nothing on the page breaks the rules of WCAG 2.2 AA; what does is told with its place. */
export async function expectClean(page: Page, place: string, only?: readonly string[]): Promise<void> {
  const told = (await violationsOn(page, only)).map(
    ({ id, help, nodes }) =>
      `${place}: ${id} (${help}) at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
  expect.soft(told).toEqual([]);
}

/** Where only some rules are asked for, those alone. */
export async function violationsOn(page: Page, only?: readonly string[]) {
  // The size of targets (2.5.8) is among what WCAG 2.2 added, and is left out unless asked for.
  const rules = { 'target-size': { enabled: true } };
  // Legacy mode spares a blank page for each look; what it cannot see into, frames of other sites, we have none of.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  return (await (only === undefined ? axe.options({ rules }) : axe.withRules([...only])).analyze())
    .violations;
}
