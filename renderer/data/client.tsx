import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { ParleyClient } from '../../shared/contract/contract.ts';
import type { LineStatus, OpenLine } from './line.ts';

const ClientContext = createContext<ParleyClient | null>(null);
const LineContext = createContext<Pick<OpenLine, 'status'> | null>(null);

interface ClientProviderProps {
  client: ParleyClient;
  line: Pick<OpenLine, 'status'>;
  children: ReactNode;
}

export function ClientProvider({ client, line, children }: ClientProviderProps) {
  return (
    <LineContext value={line}>
      <ClientContext value={client}>{children}</ClientContext>
    </LineContext>
  );
}

/** What the contract says can be asked. */
export function useClient(): ParleyClient {
  const client = useContext(ClientContext);
  if (client === null) throw new Error('useClient needs a <ClientProvider> around it');
  return client;
}

/** Whether the engine is there. */
export function useLineStatus(): LineStatus {
  const line = useContext(LineContext);
  if (line === null) throw new Error('useLineStatus needs a <ClientProvider> around it');
  return useStore(line.status);
}
