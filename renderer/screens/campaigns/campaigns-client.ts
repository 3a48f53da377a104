import type { campaigns } from '../../../shared/contract/campaigns.ts';
import type { Client } from '../../../shared/contract/wire.ts';
import { useClient } from '../../data/client.tsx';

export type CampaignsClient = Client<{ campaigns: typeof campaigns }>['campaigns'];

/** What can be asked about campaigns. */
export function useCampaigns(): CampaignsClient {
  return useClient().campaigns as unknown as CampaignsClient;
}
