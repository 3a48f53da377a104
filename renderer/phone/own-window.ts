import { PHONE_PAGE } from '../../shared/contract/pages.ts';

/** On the desktop the phone has a window of its own anyway, which nobody else competes with. */
export function phoneWithoutMe(): boolean {
  return window.parley === undefined;
}

/** Opens the phone in a window of its own, where a reload of the screen cannot reach it. False where that is not allowed. */
export function openOwnWindow(): boolean {
  return window.open(PHONE_PAGE, 'parley-phone', 'popup,width=420,height=160') !== null;
}
