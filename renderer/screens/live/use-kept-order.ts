import { useState } from 'react';
import { keptOrder } from './order.ts';

interface Held {
  readonly pointer: boolean;
  readonly focus: boolean;
  /** How the rows stood when the pointer or the focus came to them; null while neither is there. */
  readonly order: readonly number[] | null;
}

const FREE: Held = { pointer: false, focus: false, order: null };

/** Rows in the order they are wanted, which nothing changes while the pointer or the focus is in them. */
export function useKeptOrder<T>(wanted: readonly T[], idOf: (one: T) => number) {
  const [held, setHeld] = useState(FREE);
  const say = (what: 'pointer' | 'focus', is: boolean) => () =>
    setHeld((was) => {
      const next = { ...was, [what]: is };
      return { ...next, order: next.pointer || next.focus ? (was.order ?? wanted.map(idOf)) : null };
    });
  return {
    rows: keptOrder(wanted, held.order ?? [], held.order !== null, idOf),
    held: {
      onPointerEnter: say('pointer', true),
      onPointerLeave: say('pointer', false),
      onFocus: say('focus', true),
      onBlur: say('focus', false),
    },
  };
}
