import { openingIn } from '../../shared/domain/calling-window.ts';
import type { CampaignRules } from '../../shared/domain/campaign.ts';
import { type Instant, MINUTE_MS, instant, later } from '../../shared/lib/instants.ts';
import { firstInstant, isZone } from '../../shared/lib/zoned-time.ts';

/** When a rehearsal begins: on the next whole minute of the campaign's own hours, so that no night is rehearsed. */
export function rehearsalStart({ windows, zone, startsOn }: CampaignRules, now: Instant): Instant {
  const minute = instant(Math.ceil(now / MINUTE_MS) * MINUTE_MS);
  if (!isZone(zone)) return minute;
  const from = startsOn === null ? minute : later(minute, firstInstant(startsOn, 0, zone));
  const opening = openingIn(windows, zone, from);
  return opening.open ? from : (opening.opensAt ?? from);
}
