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

/** `/campaigns/2/rules` as the engine names it is a tab of the campaign’s page here. */
export function addressOf(path: string): string {
  const [, id, name] = /^\/campaigns\/(\d+)\/([a-z]+)$/.exec(path) ?? [];
  const tab = CAMPAIGN_TABS.find((each) => each === name);
  return tab === undefined ? path : `/campaigns/${id}?tab=${tab}`;
}
