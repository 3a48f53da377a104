import type { ParleyClient } from '../../../shared/contract/contract.ts';

type Listed = Awaited<ReturnType<ParleyClient['campaigns']['list']>>;

/** A campaign as the list tells it. */
export type CampaignRow = Extract<Listed, { ok: true }>['value'][number];
