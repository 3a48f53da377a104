import type { DeskView } from '../../../shared/contract/desk.ts';

export type Step = DeskView['script'][number];

/** The steps gone through, by key; the last one is where the talk stands. Empty is the beginning. */
export type ScriptPath = readonly string[];

/** What is said in turn. Objections are looked up instead, and have a place of their own. */
export function stepsInTurn(steps: readonly Step[]): readonly Step[] {
  return steps.filter(({ kind }) => kind !== 'objection');
}

/** Where the talk stands: the index among the steps in turn. */
export function placeIn(path: ScriptPath, inTurn: readonly Step[]): number {
  return Math.max(
    0,
    inTurn.findIndex(({ key }) => key === path.at(-1)),
  );
}

/** Straight on. At the last step the talk stays there. */
export function onward(path: ScriptPath, inTurn: readonly Step[]): ScriptPath {
  const next = inTurn[placeIn(path, inTurn) + 1];
  return next === undefined ? path : [...from(path, inTurn), next.key];
}

/** To a step that was named: a branch that was taken, or a title that was pressed. */
export function goneTo(path: ScriptPath, inTurn: readonly Step[], key: string): ScriptPath {
  const isHere = inTurn[placeIn(path, inTurn)]?.key === key;
  return isHere || !inTurn.some((step) => step.key === key) ? path : [...from(path, inTurn), key];
}

/** The way one came, not the order they are written in. */
export function back(path: ScriptPath): ScriptPath {
  return path.slice(0, -1);
}

function from(path: ScriptPath, inTurn: readonly Step[]): ScriptPath {
  const first = inTurn[0];
  return path.length > 0 || first === undefined ? path : [first.key];
}
