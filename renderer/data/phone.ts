import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { PhoneView } from '../../shared/contract/phone.ts';
import { useClient } from './client.tsx';
import { answered } from './queries.ts';

const PHONE = ['phone'] as const;

/** How the phone of whoever sits here stands; null where there is none. Each push carries all of it. */
export function usePhone(): UseQueryResult<PhoneView | null> {
  const client = useClient();
  const queries = useQueryClient();
  useEffect(() => client.phone.changed((view) => queries.setQueryData(PHONE, view)), [client, queries]);
  return useQuery({ queryKey: PHONE, queryFn: () => answered(client.phone.view()) });
}
