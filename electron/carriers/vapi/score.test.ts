import { expect, test } from 'vitest';
import { evaluationIn } from './score.ts';
import { reportShape } from './shapes.ts';

function evaluated(report: object) {
  return evaluationIn(reportShape.parse(report));
}

function outputs(results: Readonly<Record<string, unknown>>) {
  const structuredOutputs = Object.fromEntries(
    Object.entries(results).map(([name, result], nth) => [`id-${nth}`, { name, result }]),
  );
  return { artifact: { structuredOutputs } };
}

test('a part that is called a score counts alone', () => {
  const found = evaluated(outputs({ 'Lead score': 72, 'Has budget': true, Mood: 'curious' }));
  expect(found).toEqual({
    score: 72,
    summary: '',
    parts: [
      { name: 'Lead score', said: '72', points: 72 },
      { name: 'Has budget', said: 'true', points: 100 },
      { name: 'Mood', said: 'curious', points: null },
    ],
  });
});

test('without one all that can be weighed counts alike', () => {
  expect(evaluated(outputs({ 'Has budget': true, 'Decides alone': false, Interest: '8/10' }))?.score).toBe(
    60,
  );
});

const rated = (successEvaluation: unknown) => evaluated({ analysis: { successEvaluation } })?.score;

test('every scale that Vapi rates by comes to points', () => {
  expect(['true', 'fail', 'Good', '85%', '7', 9, true].map(rated)).toEqual([100, 0, 75, 85, 70, 90, 100]);
  expect(rated('hard to say')).toBe(null);
  expect(rated(4_000)).toBe(null);
});

test('what is made of parts is told part by part', () => {
  const found = evaluated({
    analysis: { structuredData: { need: { urgent: true, size: 'small' } }, summary: 'So so.' },
  });
  expect(found?.parts.map(({ name }) => name)).toEqual(['need: urgent', 'need: size']);
  expect([found?.score, found?.summary]).toEqual([100, 'So so.']);
});

test('where nothing was evaluated there is nothing to show', () => {
  expect(evaluated({})).toBe(null);
});
