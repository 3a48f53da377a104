import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checksumOf, ZONES_FILE } from '../../electron/zone-data.ts';
import { withOldClocks } from '../../shared/lib/zones/testing-zones.ts';
import { expectClean } from './clean.ts';
import { showMe } from './desk.ts';
import { expect, test } from './fixtures.ts';

// Clocks that are out of date: calls begin later and end earlier, and whoever wonders finds out why.

test('zone data that miss a law are doubted: hours are cut short, and every place that tells of them says so', async ({
  open,
  dataDir,
}) => {
  const { version: release, ...rest } = withOldClocks('2026z');
  const sha256 = checksumOf({ version: release, ...rest });
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(
    join(dataDir, ZONES_FILE),
    JSON.stringify({ format: 'parley-zones-1', release, sha256, ...rest }),
  );
  const { page } = await open('browser host');
  await showMe(page);
  await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('hours cut short');
  const to = (hash: string) => page.goto(page.url().replace(/#.*/, hash));
  await to('#/settings?section=about');
  await expect(page.getByText(/The time zone data \(2026z\) are out of date/).first()).toBeVisible();
  await to('#/settings?section=rules');
  await expect(page.getByText(/calls begin an hour later and end an hour earlier/).first()).toBeVisible();
  await expectClean(page, 'calling rules in doubt');
  await to('#/campaigns/1?tab=why');
  await page.getByRole('list', { name: 'Reasons' }).getByRole('button').first().click();
  await page.getByRole('list', { name: 'People' }).getByRole('button').first().click();
  await expect(page.getByRole('region', { name: /^Why .* is or is not called$/ })).toContainText(
    'out of date',
  );
});
