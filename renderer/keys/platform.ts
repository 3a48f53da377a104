/** Whether the ⌘ key takes the place of Ctrl here. */
export function runsOnMac(): boolean {
  return typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.platform);
}
