import type { z } from 'zod';
import type {
  campaigns,
  CampaignRow,
  CampaignSheet,
  effectShape,
  findingShape,
  segmentShape,
  whyNotShape,
} from '../../../shared/contract/campaigns.ts';

// The names these screens use for what the contract carries.

export type { CampaignRow, CampaignSheet, Explanation } from '../../../shared/contract/campaigns.ts';
export type Rules = CampaignSheet['rules'];
export type Window = Rules['windows'][number];
export type Status = CampaignRow['status'];
export type Block = CampaignSheet['script'][number];
export type Effect = z.output<typeof effectShape>;
export type Who = Effect['lostWho'][number];
export type Finding = z.output<typeof findingShape>;
export type Segment = z.output<typeof segmentShape>;
export type WhyNot = z.output<typeof whyNotShape>;
export type Check = z.output<typeof campaigns.checkUp.output>[number];
export type Live = z.output<typeof campaigns.live.output>;
export type Template = z.output<typeof campaigns.templates.output>[number];

/** What of a campaign can be named in a sentence or a button. */
export type Named = Pick<CampaignRow, 'id' | 'name' | 'status'>;
