import { type CampaignRules, wholeRules } from '../../shared/domain/campaign.ts';

const KEPT_MAX = 1_000;
const kept = new Map<string, CampaignRules>();

/**
 * Rules as they were kept, as text; the same object for the same text. What is worked out from rules once, such
 * as when their windows open, is then known for every contact and every look.
 */
export function rulesFrom(text: string): CampaignRules {
  const known = kept.get(text);
  if (known !== undefined) return known;
  if (kept.size >= KEPT_MAX) kept.clear();
  const rules = wholeRules(JSON.parse(text) as Partial<CampaignRules>);
  kept.set(text, rules);
  return rules;
}
