// The regions F6 goes through: the frame's own, and whatever a screen marks as a labelled section.
const REGIONS = [
  'nav[aria-label]',
  'main',
  'main section[aria-label]',
  'main section[aria-labelledby]',
  'main [role="region"]',
  'main aside',
  'footer[aria-label]',
  '[data-region]',
].join(',');

const FOCUSABLE =
  'a[href], button:not([disabled]), input:not([disabled]), select, textarea, [tabindex]:not([tabindex="-1"])';

/** Which of `count` regions comes after `at`; -1 stands for none of them. */
export function nextRegion(at: number, count: number, back: boolean): number {
  if (count === 0) return -1;
  if (at === -1) return back ? count - 1 : 0;
  return (at + (back ? count - 1 : 1)) % count;
}

/** Moves the focus to the next region: to what had it there last, else to its first control, else to itself. */
export function cycleRegions(back: boolean, lastIn: WeakMap<Element, HTMLElement>): void {
  const regions = shownRegions();
  const focused = document.activeElement;
  const at = regions.findIndex((region) => region.contains(focused));
  const current = regions[at];
  if (current !== undefined && focused instanceof HTMLElement) lastIn.set(current, focused);
  const next = regions[nextRegion(at, regions.length, back)];
  if (next !== undefined) enter(next, lastIn.get(next));
}

/** In the order of the page. A region that holds others steps back for them. */
function shownRegions(): HTMLElement[] {
  const found = [...document.querySelectorAll<HTMLElement>(REGIONS)].filter((each) => each.checkVisibility());
  return found.filter((each) => !found.some((other) => other !== each && each.contains(other)));
}

function enter(region: HTMLElement, before: HTMLElement | undefined): void {
  const target =
    before !== undefined && region.contains(before) && before.checkVisibility()
      ? before
      : (region.querySelector<HTMLElement>('a[aria-current="page"]') ??
        region.querySelector<HTMLElement>(FOCUSABLE));
  if (target !== null) return target.focus();
  region.tabIndex = -1;
  region.focus();
}
