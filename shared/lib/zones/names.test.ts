import { expect, test } from 'vitest';
import { zoneTrouble, zonesIn } from './names.ts';
import { hasClock, zoneNames } from './offsets.ts';

test('a place with clocks of its own is no trouble, by its old name neither', () => {
  for (const zone of [
    'America/New_York',
    'Asia/Calcutta',
    'US/Eastern',
    'America/Argentina/Ushuaia',
    'UTC',
  ]) {
    expect(zoneTrouble(zone)).toBeNull();
  }
});

test.each([
  ['EST', 'America/New_York'],
  ['PST', 'America/Los_Angeles'],
  ['CET', 'Europe/Paris'],
  ['Eastern', 'America/New_York'],
  ['eastern time', 'America/New_York'],
  ['Mountain Standard Time', 'America/Denver'],
  ['EST5EDT', 'America/New_York'],
  ['GMT', 'Europe/London'],
  ['new york', 'America/New_York'],
  ['america/los angeles', 'America/Los_Angeles'],
])('“%s” is answered with the place that is meant: %s', (typed, meant) => {
  expect(zoneTrouble(typed)).toContain(meant);
});

test.each(['+05:00', 'UTC+2', 'GMT-5', '-0800', 'Etc/GMT+5', 'UTC −3'])(
  'the distance “%s” is refused, because clocks change and distances do not',
  (typed) => {
    expect(zoneTrouble(typed)).toContain('changes with the season');
  },
);

test.each(['', '   ', 'Mars/Olympus_Mons', 'somewhere'])('“%s” is told what a zone looks like', (typed) => {
  expect(zoneTrouble(typed)).toContain('America/New_York');
});

test('every zone that is suggested exists', () => {
  for (const typed of [
    'est',
    'ct',
    'mt',
    'pt',
    'akst',
    'hst',
    'ast',
    'nst',
    'bst',
    'wet',
    'eet',
    'msk',
    'ist',
    'jst',
    'aest',
    'acst',
    'awst',
    'nzst',
    'arizona',
  ]) {
    const [suggested] = /[A-Z][a-z]+\/\w+/.exec(zoneTrouble(typed) ?? '') ?? ['none'];
    expect(hasClock(suggested)).toBe(true);
  }
});

test('a country has all its zones, and what is no country has none', () => {
  expect(zonesIn('US')).toContain('Pacific/Honolulu');
  expect(zonesIn('CA')).toContain('America/St_Johns');
  expect(zonesIn('GB')).toEqual(['Europe/London']);
  expect(zonesIn('XK')).toEqual(['Europe/Belgrade']);
  expect(zonesIn('ZZ')).toEqual([]);
  const names = new Set(zoneNames());
  for (const country of ['US', 'CA', 'FR', 'AU', 'RU', 'BR', 'AC', 'TA']) {
    for (const zone of zonesIn(country)) expect(names.has(zone)).toBe(true);
  }
});
