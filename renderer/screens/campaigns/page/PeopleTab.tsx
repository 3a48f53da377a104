import { PeopleForm } from '../form/PeopleForm.tsx';
import type { CampaignSheet } from '../kinds.ts';

/** Who is in it, and how more come in. */
export function PeopleTab({ sheet, whyNot }: { sheet: CampaignSheet; whyNot: string | null }) {
  return (
    <div className="h-full overflow-y-auto px-5 py-4">
      <PeopleForm sheet={sheet} whyNot={whyNot} />
    </div>
  );
}
