import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { Result, RuleObject } from 'axe-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface AxeWish {
  /** Where only some rules are asked for, those alone. */
  readonly only?: readonly string[];
  readonly rules?: RuleObject;
}

/**
 * What axe holds against a page as it stands. We ask for violations alone: to list every element that passed takes
 * longer than to look at them.
 */
export async function violationsOn(page: Page, { only, rules }: AxeWish = {}): Promise<readonly Result[]> {
  // A reload takes axe away with everything else.
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(source);
  const options = {
    resultTypes: ['violations'],
    // Styles of other sites would be fetched to look at them, and we have none.
    preload: false,
    ...(only ? { runOnly: [...only] } : { rules: rules ?? {} }),
  };
  return page.evaluate<Result[]>(
    `axe.run(document, ${JSON.stringify(options)}).then((found) => found.violations)`,
  );
}
