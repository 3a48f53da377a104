import { expect, test } from 'vitest';
import { fillIn } from '../../../../shared/domain/script.ts';
import { FIELDS, insertedAt } from './merge-fields.ts';

test('a field goes in at the caret, parted from the word before it', () => {
  expect(insertedAt('Hello, this is us', 5, '{{name}}')).toEqual({
    value: 'Hello {{name}}, this is us',
    caret: 14,
  });
  expect(insertedAt('', null, '{{name}}')).toEqual({ value: '{{name}}', caret: 8 });
});

test('every field on offer is one that a script understands', () => {
  for (const { field } of FIELDS) expect(fillIn(field, new Map())).toMatchObject([{ kind: 'gap' }]);
});
