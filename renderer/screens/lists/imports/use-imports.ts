import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ImportProgressTold } from '../../../../shared/contract/imports.ts';
import { ROWS_MAX } from '../../../../shared/contract/sizes.ts';
import type { Encoding, RowVerdict } from '../../../../shared/domain/list-import.ts';
import { useClient } from '../../../data/client.tsx';
import { answered } from '../../../data/queries.ts';
import { useWhyNotAllowed } from '../../../data/roles.ts';

// Every key begins with `imports`, so that one push makes all of it fresh.

export interface ChosenReading {
  readonly encoding?: Encoding | undefined;
  readonly dialect?:
    | { delimiter: string; hasQuotes: boolean; hasHeader: boolean; hasSepLine: boolean }
    | undefined;
  readonly sheet?: string | undefined;
}

export function usePreview(fileId: string | undefined, chosen: ChosenReading) {
  const { imports } = useClient();
  return useQuery({
    queryKey: ['preview of a file', fileId, chosen],
    queryFn: () => answered(imports.preview({ fileId: fileId!, ...chosen })),
    enabled: fileId !== undefined,
    placeholderData: keepPreviousData,
  });
}

export function useImports() {
  const { imports } = useClient();
  const notAllowed = useWhyNotAllowed('supervisor');
  return useQuery({
    queryKey: ['imports'],
    queryFn: () => answered(imports.list()),
    enabled: notAllowed === null,
  });
}

export function useImport(id: number) {
  const { imports } = useClient();
  return useQuery({ queryKey: ['imports', id], queryFn: () => answered(imports.get({ id })) });
}

export function useGroups(id: number, enabled: boolean) {
  const { imports } = useClient();
  return useQuery({
    queryKey: ['imports', id, 'groups'],
    queryFn: () => answered(imports.groups({ id })),
    enabled,
  });
}

export interface GroupAsked {
  readonly verdict: RowVerdict;
  readonly reason: string;
}

export function useGroupRows(id: number, of: GroupAsked | null) {
  const { imports } = useClient();
  return useInfiniteQuery({
    queryKey: ['imports', id, 'rows', of],
    queryFn: ({ pageParam }) => answered(imports.rows({ id, of: of!, after: pageParam, limit: ROWS_MAX })),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
    enabled: of !== null,
    placeholderData: keepPreviousData,
  });
}

/** How far an import is, as it is told; null while nothing is under way. */
export function useProgress(
  id: number,
  begins: ImportProgressTold | null,
  isRunning: boolean,
): ImportProgressTold | null {
  const { imports } = useClient();
  const [told, setTold] = useState<ImportProgressTold | null>(null);
  useEffect(
    () => imports.progress((word) => (word.id === id ? setTold(word.progress) : undefined)),
    [imports, id],
  );
  // What was told of an earlier step says nothing about this one.
  if (!isRunning && told !== null) setTold(null);
  return isRunning ? (told ?? begins) : null;
}

/** Makes everything about imports be asked for again. */
export function useRefresh(): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: ['imports'] });
}
