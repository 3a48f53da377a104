import { keepPreviousData, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { GridRow } from '../../../../shared/contract/contacts.ts';
import { type ContactSort, readContactFilter } from '../../../../shared/domain/contact-filter.ts';
import { useClient } from '../../../data/client.tsx';
import { answered, RefusedError } from '../../../data/queries.ts';

/** Rows are fetched in blocks of so many, each asked for once. */
const BLOCK_ROWS = 100;
const KEPT_MS = 20_000;

export const RESULT = 'contact-result';

/** Everybody a filter finds. A filter with a mistake in it is not asked for: the last one stays. */
export function useContactResult(filter: string, sort: ContactSort) {
  const { contacts } = useClient();
  const isReadable = useMemo(() => readContactFilter(filter).mistakes.length === 0, [filter]);
  return useQuery({
    queryKey: [RESULT, filter, sort],
    queryFn: () => answered(contacts.open({ filter, sort })),
    enabled: isReadable,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

export interface ContactRows {
  rowAt: (index: number) => GridRow | null | undefined;
  onShown: (from: number, to: number) => void;
}

/** The rows of a result that are to be seen. A result that was let go meanwhile is opened again. */
export function useContactRows(resultId: number | undefined, onLetGo: () => void): ContactRows {
  const { contacts } = useClient();
  const queries = useQueryClient();
  const [blocks, setBlocks] = useState<readonly number[]>([0]);
  const found = useQueries({
    queries: blocks.map((block) => ({
      queryKey: ['contacts', 'rows', resultId, block],
      queryFn: () =>
        answered(
          contacts.rows({ resultId: resultId!, from: block * BLOCK_ROWS, to: (block + 1) * BLOCK_ROWS }),
        ),
      enabled: resultId !== undefined,
      gcTime: KEPT_MS,
    })),
  });
  const isLetGo = found.some(
    ({ error }) => error instanceof RefusedError && error.refusal.code === 'not-found',
  );
  const letGo = useRef(onLetGo);
  useEffect(() => {
    letGo.current = onLetGo;
  });
  useEffect(() => {
    if (!isLetGo) return;
    letGo.current();
    void queries.invalidateQueries({ queryKey: [RESULT] });
  }, [isLetGo, queries]);

  const onShown = useCallback((from: number, to: number) => {
    const [first, last] = [Math.floor(from / BLOCK_ROWS), Math.floor(Math.max(from, to - 1) / BLOCK_ROWS)];
    setBlocks((was) => {
      if (was[0] === first && was.at(-1) === last) return was;
      return Array.from({ length: last - first + 1 }, (_, nth) => first + nth);
    });
  }, []);
  const rowAt = (index: number) => {
    const nth = blocks.indexOf(Math.floor(index / BLOCK_ROWS));
    return found[nth]?.data?.rows[index % BLOCK_ROWS];
  };
  return { rowAt, onShown };
}

/** Opens the list again when contacts changed, unless somebody has chosen rows of it: then it says so. */
export function useFreshResult(isHeld: boolean): { isStale: boolean; refresh: () => void } {
  const client = useClient();
  const queries = useQueryClient();
  const [isStale, setStale] = useState(false);
  const refresh = useCallback(() => {
    setStale(false);
    void queries.invalidateQueries({ queryKey: [RESULT] });
  }, [queries]);
  useEffect(
    () =>
      client.app.changed(({ changes }, gap) => {
        // One person corrected changes a row, and not who is on the list.
        const isAbout = changes.some(({ entity, ids }) => entity === 'contacts' && ids === null);
        if (!gap && !isAbout) return;
        if (isHeld) setStale(true);
        else refresh();
      }),
    [client, isHeld, refresh],
  );
  return { isStale, refresh };
}
