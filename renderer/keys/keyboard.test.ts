import { expect, test } from 'vitest';
import { createKeyboard } from './keyboard.ts';
import type { Binding } from './registry.ts';

function aKeyboard() {
  const ran: string[] = [];
  const told: string[] = [];
  const waiting = new Set<() => void>();
  const keyboard = createKeyboard({
    isMac: false,
    later: (then) => {
      waiting.add(then);
      return () => void waiting.delete(then);
    },
  });
  keyboard.whenBlocked((why) => told.push(why));
  const bind = (keys: string, over: Partial<Binding> = {}): Binding => ({
    id: keys,
    keys,
    title: keys,
    run: () => ran.push(keys),
    ...over,
  });
  const timeOut = () => {
    for (const then of waiting) then();
  };
  return { keyboard, bind, ran, told, timeOut };
}

test('a sequence runs once both keys are pressed', () => {
  const { keyboard, bind, ran } = aKeyboard();
  keyboard.put({}, { scope: 'global', order: 1, bindings: [bind('g d')] });
  expect(keyboard.press({ key: 'g' }, 'nothing')).toBe(true);
  expect(keyboard.press({ key: 'd' }, 'nothing')).toBe(true);
  expect(ran).toEqual(['g d']);
});

test('a first key left alone is forgotten', () => {
  const { keyboard, bind, ran, timeOut } = aKeyboard();
  keyboard.put({}, { scope: 'global', order: 1, bindings: [bind('g d'), bind('d')] });
  keyboard.press({ key: 'g' }, 'nothing');
  timeOut();
  keyboard.press({ key: 'd' }, 'nothing');
  expect(ran).toEqual(['d']);
});

test('resting on the first key does not lose the sequence', () => {
  const { keyboard, bind, ran } = aKeyboard();
  keyboard.put({}, { scope: 'global', order: 1, bindings: [bind('g d')] });
  keyboard.press({ key: 'g' }, 'nothing');
  keyboard.press({ key: 'g', repeat: true }, 'nothing');
  keyboard.press({ key: 'd' }, 'nothing');
  expect(ran).toEqual(['g d']);
});

test('holding Shift between the two keys does not break the sequence', () => {
  const { keyboard, bind, ran } = aKeyboard();
  keyboard.put({}, { scope: 'global', order: 1, bindings: [bind('g ?')] });
  keyboard.press({ key: 'g' }, 'nothing');
  keyboard.press({ key: 'Shift', shiftKey: true }, 'nothing');
  keyboard.press({ key: '?', shiftKey: true }, 'nothing');
  expect(ran).toEqual(['g ?']);
});

test('a key that may not act says why and is not passed to the browser', () => {
  const { keyboard, bind, told, ran } = aKeyboard();
  keyboard.put(
    {},
    { scope: 'call-state', order: 1, bindings: [bind('h', { whyNot: 'Nothing to hang up.' })] },
  );
  expect(keyboard.press({ key: 'h' }, 'nothing')).toBe(true);
  expect(told).toEqual(['Nothing to hang up.']);
  expect(ran).toEqual([]);
});

test('a layer that is gone is no longer heard', () => {
  const { keyboard, bind, ran } = aKeyboard();
  const id = {};
  keyboard.put(id, { scope: 'screen', order: 1, bindings: [bind('n')] });
  keyboard.remove(id);
  expect(keyboard.press({ key: 'n' }, 'nothing')).toBe(false);
  expect(ran).toEqual([]);
});
