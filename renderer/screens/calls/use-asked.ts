import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import {
  CALL_SORTS,
  type CallSort,
  LATEST_FIRST,
  readCallFilter,
} from '../../../shared/domain/call-filter.ts';

const TYPING_MS = 150;

/** What is typed, and what is asked once the hand rests and it can be read. Both stay in the address. */
export function useAsked() {
  const { filter = '', sort: sorted, call } = useSearch({ from: '/calls' });
  const navigate = useNavigate();
  const [typed, setTyped] = useState(filter);
  const sort = sortFrom(sorted);
  const go = (next: string, order: CallSort, open: number | null) => {
    const search = {
      ...(next === '' ? {} : { filter: next }),
      ...sortText(order),
      ...(open === null ? {} : { call: open }),
    };
    return navigate({ to: '/calls', search, replace: true });
  };
  const openId = call ?? null;
  useEffect(() => {
    if (typed === filter || readCallFilter(typed).mistakes.length > 0) return undefined;
    const timer = setTimeout(() => void go(typed, sort, openId), TYPING_MS);
    return () => clearTimeout(timer);
  });
  return {
    filter,
    typed,
    setTyped,
    sort,
    openId,
    setOpen: (id: number | null) => void go(filter, sort, id),
    setSort: (next: CallSort) => void go(typed, next, openId),
    show: (next: string, order: CallSort) => {
      setTyped(next);
      void go(next, order, openId);
    },
  };
}

/** `length`, or `-length` for the other way round. */
function sortFrom(text: string | undefined): CallSort {
  const key = CALL_SORTS.find((each) => each === text?.replace(/^-/, ''));
  if (key === undefined) return LATEST_FIRST;
  return { key, direction: text!.startsWith('-') ? 'descending' : 'ascending' };
}

function sortText({ key, direction }: CallSort): { sort?: string } {
  if (key === LATEST_FIRST.key && direction === LATEST_FIRST.direction) return {};
  return { sort: direction === 'descending' ? `-${key}` : key };
}
