import { FollowUpPlans } from './FollowUpPlans.tsx';
import { OutlookRulesGroup } from './OutlookRulesGroup.tsx';

/** What outcomes do besides: how contacts stand, and what is done next. */
export function MeaningSettings() {
  return (
    <>
      <OutlookRulesGroup />
      <FollowUpPlans />
    </>
  );
}
