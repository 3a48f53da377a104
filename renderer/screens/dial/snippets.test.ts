import { expect, test } from 'vitest';
import { USUAL_SNIPPETS, expanded, offered } from './snippets.ts';

const end = (text: string) => expanded(text, text.length, USUAL_SNIPPETS);

test('a name after a semicolon becomes its words, where it stands', () => {
  expect(end(';vm')).toEqual({ text: 'Left a message on the voicemail.', caret: 32 });
  expect(end('Tried twice. ;NA')?.text).toBe('Tried twice. No answer.');
  const middle = 'Hello ;vm and more';
  expect(expanded(middle, 9, USUAL_SNIPPETS)).toEqual({
    text: 'Hello Left a message on the voicemail. and more',
    caret: 38,
  });
});

test('a semicolon in a sentence, and a name nobody gave, stay as they are', () => {
  expect(end('yes; vm')).toBeNull();
  expect(end('a;vm')).toBeNull();
  expect(end(';nobody')).toBeNull();
});

test('after a semicolon the names are offered, fewer with each letter', () => {
  expect(offered('so ;', 4, USUAL_SNIPPETS)).toHaveLength(USUAL_SNIPPETS.length);
  expect(offered('so ;m', 5, USUAL_SNIPPETS).map(({ name }) => name)).toEqual(['mail']);
  expect(offered('so', 2, USUAL_SNIPPETS)).toEqual([]);
});
