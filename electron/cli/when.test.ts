import { expect, test } from 'vitest';
import dst from '../../test/fixtures/dst-cases.json' with { type: 'json' };
import { machineClock } from '../../shared/lib/clock.ts';
import { machineRandom } from '../../shared/lib/random.ts';
import { parley } from './parley.ts';

const surroundings = {
  clock: machineClock(),
  random: machineRandom(),
  env: { PARLEY_DATA: '/nowhere/parley' },
  platform: process.platform,
};

/** Years that a routine of today may still be asked about. */
const cases = dst.local.filter(({ date }) => date >= '2010');

test('there are sixty cases at least, gaps and doubled hours among them', () => {
  expect(cases.length).toBeGreaterThanOrEqual(60);
  expect(cases.filter(({ at }) => at.length === 0).length).toBeGreaterThanOrEqual(15);
  expect(cases.filter(({ at }) => at.length === 2).length).toBeGreaterThanOrEqual(10);
});

test.each(cases)(
  'a routine at $time in $zone calls on $date when another program says, and tells what the clocks do to it',
  async ({ zone, date, time, at, moved }) => {
    const asked = ['when', '--cadence', 'daily', '--time', time, '--zone', zone, '--from', date];
    const { code, lines } = await parley([...asked, '--count', '1', '--json'], surroundings);
    expect(code).toBe(0);
    const [planned] = (
      JSON.parse(lines[0]!) as { planned: { date: string; at: string; remark: string | null }[] }
    ).planned;
    // In a gap as far behind it as the time lay in it, of two the first. A day that a country left out is none.
    const isNoDay = zone === 'Pacific/Apia' && date === '2011-12-30';
    expect(planned).toMatchObject({
      date: isNoDay ? '2011-12-31' : date,
      at: new Date((at[0] ?? moved)!).toISOString(),
      remark: isNoDay || at.length === 1 ? null : at.length === 0 ? 'gap' : 'twice',
    });
  },
);
