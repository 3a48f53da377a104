import { createStore, useStore } from 'zustand';

/** A number the desktop handed over, kept until the dial box has taken it. `nth` tells two equal ones apart. */
interface HandedOver {
  readonly text: string;
  readonly nth: number;
}

const handed = createStore<HandedOver>(() => ({ text: '', nth: 0 }));

export function putInDialBox(text: string): void {
  handed.setState(({ nth }) => ({ text, nth: nth + 1 }));
}

/** What to fill the dial box with. It only fills: dialing takes a press of Enter. */
export function useHandedOver(): HandedOver {
  return useStore(handed);
}
