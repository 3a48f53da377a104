import { expect, test } from 'vitest';
import { usualRules } from '../../../shared/domain/campaign.ts';
import { changeOf, editsInWords, isEmpty, joined, withEdits } from './edits.ts';
import type { CampaignSheet, Rules } from './kinds.ts';

const sheet: CampaignSheet = {
  id: 1,
  version: 4,
  name: 'Spring',
  status: 'draft',
  mode: 'power',
  rules: usualRules('America/New_York') as Rules,
  callerId: '',
  scriptId: null,
  otherScript: null,
  script: [],
  sources: [],
  contacts: 25,
};

test('an edit that is taken back by hand leaves nothing to save', () => {
  const edits = joined(sheet, {}, { rules: { attemptsMax: 9 } });
  expect(isEmpty(edits)).toBe(false);
  expect(isEmpty(joined(sheet, edits, { rules: { attemptsMax: 6 } }))).toBe(true);
});

test('edits made one after the other are all kept', () => {
  const first = joined(sheet, {}, { name: 'Summer', rules: { attemptsMax: 9 } });
  const both = joined(sheet, first, { rules: { dailyLimit: 100 } });
  expect(withEdits(sheet, both)).toMatchObject({
    name: 'Summer',
    rules: { attemptsMax: 9, dailyLimit: 100, order: 'priority' },
  });
});

test('put on top of what somebody else saved, edits change only their own rules', () => {
  const mine = joined(sheet, {}, { rules: { attemptsMax: 9 } });
  const theirs = { ...sheet, version: 5, rules: { ...sheet.rules, dailyLimit: 50 } };
  expect(changeOf(theirs, mine).rules).toMatchObject({ attemptsMax: 9, dailyLimit: 50 });
});

test('what was edited is named in words', () => {
  const edits = joined(
    sheet,
    {},
    {
      script: [{ key: 's1', kind: 'say', title: 'a', text: 'b', branches: [] }],
      rules: { windows: [], endsOn: '2027-01-01' },
    },
  );
  expect(editsInWords(edits)).toBe('script, hours and last day');
});
