import type { Tiding } from '../../shared/domain/tiding.ts';

/** Whoever looks at the very place that a notice leads to needs no notice. */
export function isShownAlready(
  { path }: Pick<Tiding, 'path'>,
  pathname: string,
  isLookedAt: boolean,
): boolean {
  return isLookedAt && pathname === path.split('?')[0];
}

/** Whether this browser lets us show notices outside the page; `never` where it has none. */
export function mayShowOutside(): NotificationPermission | 'never' {
  return 'Notification' in globalThis ? Notification.permission : 'never';
}
