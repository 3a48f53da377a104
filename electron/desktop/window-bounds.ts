/** Where a window stands on the desktop, in the system's own points. */
export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface KeptWindow {
  readonly bounds: Bounds;
  readonly isMaximized: boolean;
}

export const WINDOW_USUAL = { width: 1280, height: 800 } as const;
export const WINDOW_MIN = { width: 1024, height: 640 } as const;

/** So much of the top edge has to be on a display that a hand can still pull the window over. */
const GRIP = { width: 120, height: 40 } as const;

/**
 * Where to open: where the window was left, if the display it stood on is still there. A display that was
 * unplugged takes the place with it, and the system chooses one (no `x`, no `y`).
 */
export function openingBounds(
  kept: KeptWindow | null,
  displays: readonly Bounds[],
): { readonly width: number; readonly height: number; readonly x?: number; readonly y?: number } {
  if (kept === null) return WINDOW_USUAL;
  const { x, y } = kept.bounds;
  const width = Math.max(WINDOW_MIN.width, kept.bounds.width);
  const height = Math.max(WINDOW_MIN.height, kept.bounds.height);
  const grip = { x: x + (width - GRIP.width) / 2, y, ...GRIP };
  return displays.some((each) => holds(each, grip)) ? { x, y, width, height } : WINDOW_USUAL;
}

/** What a kept file says, or null where it says nothing sensible. */
export function keptWindow(value: unknown): KeptWindow | null {
  if (!isRecord(value) || !isRecord(value.bounds)) return null;
  const { x, y, width, height } = value.bounds;
  if (![x, y, width, height].every((each) => Number.isInteger(each))) return null;
  return {
    bounds: { x, y, width, height } as Bounds,
    isMaximized: value.isMaximized === true,
  };
}

function holds(outer: Bounds, inner: Bounds): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
