import { useEffect, useState } from 'react';
import { useClient } from '../../../data/client.tsx';

/** How many people a running addition has brought in so far; null while none is running. */
export function useAdding(id: number, isRunning: boolean) {
  const client = useClient();
  const [added, setAdded] = useState(0);
  useEffect(() => {
    if (!isRunning) return undefined;
    return client.campaigns.adding((told) => {
      if (told.id === id) setAdded(told.added);
    });
  }, [client, id, isRunning]);
  return { added: isRunning ? added : null, begin: () => setAdded(0) };
}
