import { QueryClient } from '@tanstack/react-query';
import type { Answer, Refusal } from '../../shared/contract/wire.ts';

/** A refusal on its way through the query cache, which knows failures only as errors. */
export class RefusedError extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.sentence);
    this.refusal = refusal;
  }
}

/** The value of an answer, for query functions. */
export async function answered<T>(asking: Promise<Answer<T>>): Promise<T> {
  const answer = await asking;
  if (answer.ok) return answer.value;
  throw new RefusedError(answer.error);
}

/** The engine is on this machine: it is there or it is not, and pushes say when something is stale. */
export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        retry: 0,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        staleTime: 30_000,
      },
    },
  });
}
