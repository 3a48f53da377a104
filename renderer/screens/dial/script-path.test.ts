import { expect, test } from 'vitest';
import { type Step, back, goneTo, onward, placeIn, stepsInTurn } from './script-path.ts';

const step = (key: string, kind: Step['kind'] = 'say'): Step => ({
  key,
  kind,
  title: key,
  runs: [],
  branches: [],
});
const steps = [
  step('opening'),
  step('price', 'objection'),
  step('reason'),
  step('later'),
  step('bye', 'consent'),
];
const inTurn = stepsInTurn(steps);

test('an objection is never said in turn', () => {
  const walked = [onward([], inTurn), onward(onward([], inTurn), inTurn)];
  expect(walked.map((path) => path.at(-1))).toEqual(['reason', 'later']);
});

test('back goes the way one came, also over a branch', () => {
  const path = onward(goneTo([], inTurn, 'later'), inTurn);
  expect(path.at(-1)).toBe('bye');
  expect(back(path).at(-1)).toBe('later');
  expect(placeIn(back(back(path)), inTurn)).toBe(0);
});

test('the last step has nothing after it, and a step that is gone leads nowhere', () => {
  const last = goneTo([], inTurn, 'bye');
  expect(onward(last, inTurn)).toBe(last);
  expect(goneTo(last, inTurn, 'never written')).toBe(last);
  expect(goneTo(last, inTurn, 'price')).toBe(last);
});

test('a script that changed under the talk starts from its beginning', () => {
  expect(placeIn(['gone'], inTurn)).toBe(0);
  expect(placeIn([], [])).toBe(0);
});
