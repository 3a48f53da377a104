import { expect, test } from 'vitest';
import { matchTitle, rank } from './match.ts';

const titles = (query: string, items: string[]) =>
  rank(
    query,
    items.map((title) => ({ title, group: 'Go' })),
  ).flatMap((group) => group.items.map((found) => found.item.title));

test('letters must all be there, in order', () => {
  expect(matchTitle('imp', 'Import a list')).not.toBeNull();
  expect(matchTitle('pmi', 'Import a list')).toBeNull();
});

test('initials find a command before letters scattered through another', () => {
  expect(titles('gc', ['Log a callback', 'Go to calls'])[0]).toBe('Go to calls');
});

test('a run at the start of a word beats one in its middle', () => {
  expect(titles('port', ['Import a list', 'Open port settings'])[0]).toBe('Open port settings');
});

test('the shorter of two equal matches comes first', () => {
  expect(titles('pause', ['Pause after this call', 'Pause'])[0]).toBe('Pause');
});

test('accents and case do not matter', () => {
  expect(matchTitle('celik', 'Ben Çelik')).not.toBeNull();
});

test('the marked characters are places in the title as shown', () => {
  expect(matchTitle('gd', 'Go to Dial')?.hits).toEqual([0, 6]);
  const hits = matchTitle('dial', 'İ Dial')?.hits ?? [];
  expect(hits.map((at) => 'İ Dial'[at]).join('')).toBe('Dial');
});

test('with nothing typed everything is listed as given', () => {
  expect(titles('', ['Zebra', 'Apple'])).toEqual(['Zebra', 'Apple']);
});

test('at most fifty are shown', () => {
  const many = Array.from({ length: 400 }, (_, index) => `Command ${index}`);
  expect(titles('com', many)).toHaveLength(50);
});

test('a keyword finds a command, below one found by its title', () => {
  const items = [
    { title: 'Appearance', group: 'Settings', keywords: ['dark mode'] },
    { title: 'Dark roast', group: 'Other' },
  ];
  const groups = rank('dark', items);
  expect(groups.map((group) => group.group)).toEqual(['Other', 'Settings']);
});
