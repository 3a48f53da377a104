import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { shippedLaw } from '../shared/domain/law/book.ts';
import { openingUnder } from '../shared/domain/law/hours.ts';
import { instant } from '../shared/lib/instants.ts';
import { inFolder } from './store/testing.ts';
import { CLOSURES_FILE, lawIn } from './workspace-law.ts';

const NOON = instant(Date.UTC(2026, 10, 20, 18));
const LOUISIANA = { zones: ['America/Chicago'], countries: ['US'], states: ['US-LA'] };
const closure = {
  id: 'la-storm',
  jurisdiction: 'US-LA',
  from: '2026-11-19',
  until: '2026-11-23',
  citation: 'Proclamation 12',
  note: null,
};

test('a day that a governor closes is closed from the next start on', () => {
  inFolder((folder) => {
    const said: string[] = [];
    const law = () => lawIn(folder, (line) => void said.push(line));
    expect(law()).toBe(shippedLaw);
    expect(openingUnder(law(), LOUISIANA, NOON).open).toBe(true);
    writeFileSync(join(folder, CLOSURES_FILE), JSON.stringify([closure]));
    expect(openingUnder(law(), LOUISIANA, NOON)).toMatchObject({
      open: false,
      opensAt: Date.UTC(2026, 10, 23, 14),
      because: [{ id: 'la-storm' }],
    });
    expect(said).toEqual([]);
  });
});

test.each(['not a list', '{}', JSON.stringify([closure, { ...closure, from: 'tomorrow' }])])(
  'a list of closed days that reads %j is left aside whole, and that is said',
  (text) => {
    inFolder((folder) => {
      const said: string[] = [];
      writeFileSync(join(folder, CLOSURES_FILE), text);
      expect(lawIn(folder, (line) => void said.push(line))).toBe(shippedLaw);
      expect(said).toHaveLength(1);
    });
  },
);
