import { keepPreviousData, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { FoundCall } from '../../../shared/contract/records.ts';
import {
  CALL_ASKED_FOR,
  CALL_TOKENS,
  type CallAskedFor,
  type CallSort,
  readCallFilter,
} from '../../../shared/domain/call-filter.ts';
import { completingAt, completions, tokenText } from '../../../shared/domain/filter-tokens.ts';
import { useClient } from '../../data/client.tsx';
import { RefusedError, answered } from '../../data/queries.ts';
import type { Suggestion } from '../lists/contacts/use-suggestions.ts';

/** Rows are fetched in blocks of so many, each asked for once. */
const BLOCK_ROWS = 100;
const KEPT_MS = 20_000;

const RESULT = 'call-result';

/** All calls a filter finds. A filter with a mistake in it is not asked for: the last one stays. */
export function useCallResult(filter: string, sort: CallSort) {
  const { calls } = useClient();
  const isReadable = useMemo(() => readCallFilter(filter).mistakes.length === 0, [filter]);
  return useQuery({
    queryKey: [RESULT, filter, sort],
    queryFn: () => answered(calls.open({ filter, sort })),
    enabled: isReadable,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

/** What the calls of a filter come to. The last figures stay until the new ones are here. */
export function useCallFigures(filter: string, resultId: number | undefined) {
  const { calls } = useClient();
  return useQuery({
    queryKey: ['call-figures', filter, resultId],
    queryFn: () => answered(calls.figures({ filter })),
    enabled: resultId !== undefined,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
}

export interface CallRows {
  rowAt: (index: number) => FoundCall | null | undefined;
  onShown: (from: number, to: number) => void;
  /** The first row of the list is in view. */
  isAtTop: boolean;
}

/** The rows of a result that are to be seen. A result that was let go meanwhile is opened again. */
export function useCallRows(resultId: number | undefined): CallRows {
  const { calls } = useClient();
  const queries = useQueryClient();
  const [blocks, setBlocks] = useState<readonly number[]>([0]);
  const [isAtTop, setAtTop] = useState(true);
  const found = useQueries({
    queries: blocks.map((block) => ({
      queryKey: ['calls', 'rows', resultId, block],
      queryFn: () =>
        answered(calls.rows({ resultId: resultId!, from: block * BLOCK_ROWS, to: (block + 1) * BLOCK_ROWS })),
      enabled: resultId !== undefined,
      gcTime: KEPT_MS,
    })),
  });
  const isLetGo = found.some(
    ({ error }) => error instanceof RefusedError && error.refusal.code === 'not-found',
  );
  useEffect(() => {
    if (isLetGo) void queries.invalidateQueries({ queryKey: [RESULT] });
  }, [isLetGo, queries]);

  const onShown = useCallback((from: number, to: number) => {
    const [first, last] = [Math.floor(from / BLOCK_ROWS), Math.floor(Math.max(from, to - 1) / BLOCK_ROWS)];
    setAtTop(from === 0);
    setBlocks((was) => {
      if (was[0] === first && was.at(-1) === last) return was;
      return Array.from({ length: last - first + 1 }, (_, nth) => first + nth);
    });
  }, []);
  const rowAt = (index: number) => {
    const nth = blocks.indexOf(Math.floor(index / BLOCK_ROWS));
    return found[nth]?.data?.rows[index % BLOCK_ROWS];
  };
  return { rowAt, onShown, isAtTop };
}

/** Calls come and go: a list that nobody holds on to is read anew at most so often. */
const FRESH_MS = 1_000;

/**
 * Opens the list again when calls changed, unless somebody has chosen rows, looks at one, or has gone down the
 * list: then it says so, and nothing moves under their hands. The rows they see are always read anew.
 */
export function useFreshCalls(isHeld: boolean): { isStale: boolean; refresh: () => void } {
  const client = useClient();
  const queries = useQueryClient();
  const [isStale, setStale] = useState(false);
  const [isDue, setDue] = useState(false);
  const refresh = useCallback(() => {
    setStale(false);
    void queries.invalidateQueries({ queryKey: [RESULT] });
  }, [queries]);
  useEffect(
    () =>
      client.app.changed(({ changes }, gap) => {
        if (gap || changes.some(({ entity }) => entity === 'calls')) setDue(true);
      }),
    [client],
  );
  useEffect(() => {
    if (!isDue) return undefined;
    const timer = setTimeout(() => {
      setDue(false);
      if (isHeld) setStale(true);
      else refresh();
    }, FRESH_MS);
    return () => clearTimeout(timer);
  }, [isDue, isHeld, refresh]);
  return { isStale, refresh };
}

/** What may be meant by what is being typed: tokens by their keys, and values as they are in this workspace. */
export function useCallSuggestions(typed: string, caret: number, isAsked: boolean) {
  const { calls } = useClient();
  const completing = completingAt(typed, caret);
  const { isNot, key, begun } = completing;
  const asked = CALL_ASKED_FOR.find((each) => each === key) ?? null;
  const values = useQuery({
    queryKey: ['calls', 'suggest', asked, begun],
    queryFn: () => answered(calls.suggest({ key: asked as CallAskedFor, begun: begun.slice(0, 100) })),
    enabled: isAsked && asked !== null,
    placeholderData: keepPreviousData,
  });
  const sign = isNot ? '-' : '';
  const suggestions: Suggestion[] =
    asked === null
      ? completions(completing, CALL_TOKENS).map(({ text, title }) => ({ text, note: title }))
      : (values.data ?? []).map(({ value }) => ({ text: `${sign}${tokenText(asked, value)} `, note: '' }));
  return { completing, suggestions };
}
