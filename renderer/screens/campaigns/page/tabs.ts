export const CAMPAIGN_TABS = ['overview', 'live', 'why', 'people', 'script', 'rules'] as const;
export type CampaignTab = (typeof CAMPAIGN_TABS)[number];

export const TAB: Readonly<Record<CampaignTab, string>> = {
  overview: 'Overview',
  live: 'Live',
  why: 'Why not called',
  people: 'People',
  script: 'Script',
  rules: 'Rules',
};
