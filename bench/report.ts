/**
 * How a benchmark hands its findings over: one JSON line on standard output for each row.
 * `npm run bench` collects the lines, prints the table, and fails when a row misses its bar.
 */

/** What has to hold, either for what was measured or for how it compares with the baseline. */
export type Bar = { of: 'value' | 'ratio'; atMost: number } | { of: 'value' | 'ratio'; atLeast: number };

/** One thing measured. The baseline is the plain way of doing the same, in the same unit. */
export type Measurement = { name: string; value: number; unit: string; baseline?: number; bar?: Bar };

/** The line as it is printed. `ratio` is value / baseline, so below 1 is less than the plain way. */
export type Row = {
  name: string;
  value: number;
  unit: string;
  baseline: number | null;
  ratio: number | null;
  bar: string | null;
  ok: boolean;
};

/** Prints one row for `npm run bench`. */
export function report(measured: Measurement): void {
  process.stdout.write(`${JSON.stringify(toRow(measured))}\n`);
}

/** The row for a measurement. A row without a bar is always fine. */
export function toRow({ name, value, unit, baseline, bar }: Measurement): Row {
  const ratio = baseline === undefined ? null : value / baseline;
  const row = { name, value, unit, baseline: baseline ?? null, ratio };
  if (bar === undefined) return { ...row, bar: null, ok: true };
  return { ...row, bar: barAsText(bar, unit), ok: clears(bar, bar.of === 'value' ? value : ratio) };
}

/** A bar on a ratio is missed when there is no baseline, because then nothing was compared. */
function clears(bar: Bar, seen: number | null): boolean {
  if (seen === null || Number.isNaN(seen)) return false;
  return 'atMost' in bar ? seen <= bar.atMost : seen >= bar.atLeast;
}

function barAsText(bar: Bar, unit: string): string {
  const limit = 'atMost' in bar ? `≤ ${bar.atMost}` : `≥ ${bar.atLeast}`;
  return bar.of === 'value' ? `${limit} ${unit}` : `${limit} × baseline`;
}

/**
 * The middle time in ms of `runs` runs, after one that is thrown away because it pays for warming up.
 * The middle rather than the mean, so that one hiccup of a shared machine does not decide.
 */
export async function medianMs(runs: number, work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run <= runs; run += 1) {
    const startedAt = performance.now();
    await work();
    if (run > 0) times.push(performance.now() - startedAt);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}
