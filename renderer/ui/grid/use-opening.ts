import { useEffect, useRef, useState } from 'react';

interface OpeningParts<Row> {
  readonly rowAt: (index: number) => Row | null | undefined;
  /** The rows are those of the list that is meant. Until then they are the last one’s. */
  readonly isSettled: boolean;
  readonly listKey: string;
  readonly open: (row: Row) => void;
}

interface Wish {
  readonly index: number;
  readonly listKey: string;
}

/**
 * Opens the row at a place as soon as it is there. Whoever types a filter and presses Enter twice is faster than the
 * list: the second one waits for it, and neither is lost nor opens somebody of the list before.
 */
export function useOpening<Row>({ rowAt, isSettled, listKey, open }: OpeningParts<Row>) {
  const [wish, setWish] = useState<Wish | null>(null);
  const isMeant = wish?.listKey === listKey && isSettled;
  const row = isMeant ? rowAt(wish.index) : undefined;
  const latest = useRef(open);
  const opened = useRef<Wish | null>(null);
  useEffect(() => {
    latest.current = open;
  });
  useEffect(() => {
    if (!row || opened.current === wish) return;
    opened.current = wish;
    latest.current(row);
  }, [wish, row]);
  return {
    openAt: (index: number) => setWish({ index, listKey }),
    /** Another row was gone to meanwhile: the wish is over. */
    letGo: () => setWish(null),
  };
}
