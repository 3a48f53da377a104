import { PeopleForm } from '../form/PeopleForm.tsx';
import type { CampaignSheet } from '../kinds.ts';
import { TabBody } from './TabBody.tsx';

/** Who is in it, and how more come in. */
export function PeopleTab({ sheet, whyNot }: { sheet: CampaignSheet; whyNot: string | null }) {
  return (
    <TabBody tab="people">
      <PeopleForm sheet={sheet} whyNot={whyNot} />
    </TabBody>
  );
}
