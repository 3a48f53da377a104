/** How a line that several want is shared: whoever has the fewest calls under way, then whoever was served least. */
export interface FairShare {
  /** Whose turn it is among these; null where nobody wants one. */
  next(wanting: readonly number[], underWay: (id: number) => number): number | null;
  served(id: number): void;
}

/**
 * Counts what each was given. Whoever comes back after a while begins level with those who have least: having
 * rested gives no right to a burst.
 */
export function openFairShare(): FairShare {
  const given = new Map<number, number>();
  let last: readonly number[] = [];

  return {
    next(wanting, underWay) {
      if (wanting.length === 0) return null;
      const stayed = wanting.filter((id) => last.includes(id)).map((id) => given.get(id) ?? 0);
      const floor = stayed.length > 0 ? Math.min(...stayed) : Math.max(0, ...given.values());
      for (const id of wanting) if (!last.includes(id)) given.set(id, Math.max(given.get(id) ?? 0, floor));
      last = wanting;
      return wanting.reduce((best, id) => (isBefore(id, best, underWay, given) ? id : best));
    },
    served: (id) => void given.set(id, (given.get(id) ?? 0) + 1),
  };
}

function isBefore(
  a: number,
  b: number,
  underWay: (id: number) => number,
  given: ReadonlyMap<number, number>,
): boolean {
  return (underWay(a) - underWay(b) || (given.get(a) ?? 0) - (given.get(b) ?? 0) || a - b) < 0;
}
