/** A stretch of rows: from the first up to, not including, the last. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Stretches in order, with a gap between any two: everybody of a million is one of them. */
export type Selection = readonly Stretch[];

export const NOBODY: Selection = [];

export function everybody(rows: number): Selection {
  return rows === 0 ? NOBODY : [{ from: 0, to: rows }];
}

export function isSelected(selection: Selection, row: number): boolean {
  return selection.some(({ from, to }) => from <= row && row < to);
}

export function selectedCount(selection: Selection): number {
  return selection.reduce((sum, { from, to }) => sum + to - from, 0);
}

/** With one row more, or one less. */
export function toggled(selection: Selection, row: number): Selection {
  const one = { from: row, to: row + 1 };
  return isSelected(selection, row) ? without(selection, one) : withStretch(selection, one);
}

export function withStretch(selection: Selection, { from, to }: Stretch): Selection {
  if (from >= to) return selection;
  // What touches the new stretch becomes one with it.
  const apart = selection.filter((each) => each.to < from || each.from > to);
  const joined = selection.filter((each) => !apart.includes(each));
  const all = [
    ...apart,
    {
      from: Math.min(from, ...joined.map((each) => each.from)),
      to: Math.max(to, ...joined.map((each) => each.to)),
    },
  ];
  return all.sort((a, b) => a.from - b.from);
}

export function without(selection: Selection, { from, to }: Stretch): Selection {
  return selection.flatMap((each) =>
    each.to <= from || each.from >= to
      ? [each]
      : [
          { from: each.from, to: from },
          { from: to, to: each.to },
        ].filter((rest) => rest.from < rest.to),
  );
}

/** Between two rows, both with them. */
export function between(a: number, b: number): Stretch {
  return { from: Math.min(a, b), to: Math.max(a, b) + 1 };
}
