import { expect, test } from 'vitest';
import { STANDARD_DISPOSITIONS } from '../../shared/domain/disposition.ts';
import { addDispositions, dispositionIn, dispositionsOf } from './dispositions.ts';
import { aCampaign, aStore } from './testing.ts';

test('an outcome asked for alone is offered exactly where it is among all of them', () => {
  const db = aStore();
  const [own, other] = [aCampaign(db), aCampaign(db)];
  addDispositions(db, null, STANDARD_DISPOSITIONS);
  const [first, second] = STANDARD_DISPOSITIONS;
  // One of the campaign's own takes the digit of everybody's first; the second has none.
  addDispositions(db, own, [
    { ...first!, id: 'own-first' },
    { ...second!, id: 'own-second', digit: '' },
  ]);
  const ids = [...STANDARD_DISPOSITIONS.map(({ id }) => id), 'own-first', 'own-second', 'nowhere'];
  for (const campaignId of [own, other, null]) {
    const all = dispositionsOf(db, campaignId);
    for (const id of ids)
      expect(dispositionIn(db, campaignId, id)).toEqual(all.find((kind) => kind.id === id) ?? null);
  }
  expect(dispositionIn(db, own, first!.id)).toBeNull();
  expect(dispositionIn(db, other, first!.id)).not.toBeNull();
});
