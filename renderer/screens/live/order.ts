/**
 * The rows in the order they are wanted, but for as long as somebody points at them or has the focus in them: then
 * each stays where it was, those that are gone leave no gap, and new ones come at the end.
 */
export function keptOrder<T>(
  wanted: readonly T[],
  before: readonly number[],
  isHeld: boolean,
  idOf: (one: T) => number,
): readonly T[] {
  if (!isHeld) return wanted;
  const byId = new Map(wanted.map((one) => [idOf(one), one]));
  const stayed = before.flatMap((id) => {
    const one = byId.get(id);
    byId.delete(id);
    return one === undefined ? [] : [one];
  });
  return [...stayed, ...byId.values()];
}
