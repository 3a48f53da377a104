export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export type ToastSide = 'right' | 'left';

/** The bottom corner where toasts do not lie over what has the focus (WCAG 2.4.11). Right, unless it must be left. */
export function toastSide(
  focused: Box | null,
  stack: { width: number; height: number },
  page: { width: number; height: number },
  inset: number,
): ToastSide {
  if (focused === null) return 'right';
  const top = page.height - inset - stack.height;
  const right = { left: page.width - inset - stack.width, right: page.width, top, bottom: page.height };
  const left = { left: 0, right: inset + stack.width, top, bottom: page.height };
  return overlaps(focused, right) && !overlaps(focused, left) ? 'left' : 'right';
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
