import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type LawBook, lawBook } from '../../../../shared/domain/law/book.ts';
import type { Closure, Rule } from '../../../../shared/domain/law/rule.ts';
import { useClient } from '../../../data/client.tsx';
import { useHello } from '../../../data/hello.ts';
import { answered } from '../../../data/queries.ts';

/** The law as this workspace obeys it; null while it is asked for. */
export function useLawBook(): LawBook | null {
  const client = useClient();
  const { zones } = useHello();
  const { data } = useQuery({ queryKey: ['law', 'text'], queryFn: () => answered(client.law.text()) });
  return useMemo(
    () =>
      data === undefined
        ? null
        : lawBook(data.rules as unknown as Rule[], data.closures as unknown as Closure[], zones.doubt),
    [data, zones.doubt],
  );
}
