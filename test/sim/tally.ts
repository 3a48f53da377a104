/** How often each thing was met: a day that never met a fault proves nothing. */
export type Tally = Map<string, number>;

export function met(tally: Tally, what: string, times = 1): void {
  tally.set(what, (tally.get(what) ?? 0) + times);
}

export function addTo(sum: Tally, more: Iterable<readonly [string, number]>): void {
  for (const [what, times] of more) met(sum, what, times);
}

export function inOrder(tally: Tally): [string, number][] {
  return [...tally].toSorted(([a], [b]) => (a < b ? -1 : 1));
}
