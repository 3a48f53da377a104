/*
 * Where a long list stands. A browser’s element ends at 33 million pixels and its scroll bar with it, so beyond
 * `SPACER_MAX_PX` the bar stands for more than it is long: dragging it is scaled, everything else is not.
 */

/** Far below every browser’s limit. */
export const SPACER_MAX_PX = 15_000_000;

export interface Measure {
  readonly rows: number;
  readonly rowPx: number;
  /** The height of the part that shows rows. */
  readonly viewPx: number;
}

/** How high the list would be, and how high the element is that stands for it. */
export function spacerPx({ rows, rowPx }: Measure): number {
  return Math.min(rows * rowPx, SPACER_MAX_PX);
}

export function isScaled({ rows, rowPx }: Measure): boolean {
  return rows * rowPx > SPACER_MAX_PX;
}

/** The furthest that the first row can be above the upper edge. */
export function topMax({ rows, rowPx, viewPx }: Measure): number {
  return Math.max(0, rows * rowPx - viewPx);
}

export function clampTop(top: number, measure: Measure): number {
  return Math.min(topMax(measure), Math.max(0, top));
}

/** Where the list stands when its bar stands at `scrollTop`. */
export function topAt(scrollTop: number, measure: Measure): number {
  const range = spacerPx(measure) - measure.viewPx;
  if (range <= 0) return 0;
  return clampTop((scrollTop / range) * topMax(measure), measure);
}

/** Where the bar stands when the list stands at `top`. */
export function scrollTopAt(top: number, measure: Measure): number {
  const most = topMax(measure);
  if (most === 0) return 0;
  return (top / most) * (spacerPx(measure) - measure.viewPx);
}

export interface Shown {
  /** The first row and the one after the last. */
  readonly from: number;
  readonly to: number;
  /** Where the first of them begins, from the upper edge: not positive, unless rows are few. */
  readonly offsetPx: number;
}

/** The rows that are seen, with a few on both sides. */
export function shownAt(top: number, measure: Measure, spare = 4): Shown {
  const { rows, rowPx, viewPx } = measure;
  const from = Math.max(0, Math.floor(top / rowPx) - spare);
  const to = Math.min(rows, Math.ceil((top + viewPx) / rowPx) + spare);
  return { from, to: Math.max(from, to), offsetPx: from * rowPx - top };
}

/** The nearest place at which a row is wholly seen: where it stands already, if it is. */
export function topShowing(row: number, top: number, measure: Measure): number {
  const above = row * measure.rowPx;
  const below = above + measure.rowPx - measure.viewPx;
  return clampTop(Math.min(above, Math.max(below, top)), measure);
}

/** Rows that a page key goes on by: one less than are seen, so that one stays to hold on to. */
export function pageRows({ rowPx, viewPx }: Measure): number {
  return Math.max(1, Math.floor(viewPx / rowPx) - 1);
}

/** How far one turn of a wheel goes, in pixels, whatever unit the browser tells it in. */
export function wheelPx(delta: number, mode: number, { rowPx, viewPx }: Measure): number {
  if (mode === 1) return delta * rowPx;
  return mode === 2 ? delta * viewPx : delta;
}
