import type { Edits } from '../edits.ts';
import type { CampaignSheet, Rules } from '../kinds.ts';
import { HoursGroup } from './HoursGroup.tsx';
import { LimitsGroups } from './LimitsGroup.tsx';

interface RulesFormProps {
  sheet: CampaignSheet;
  onEdit: (edits: Edits) => void;
}

/** Who may be rung, when, and how often. */
export function RulesForm({ sheet, onEdit }: RulesFormProps) {
  const { rules } = sheet;
  const onChange = (change: Partial<Rules>) => onEdit({ rules: change });
  return (
    <div>
      <HoursGroup sheet={sheet} rules={rules} onChange={onChange} />
      <LimitsGroups rules={rules} onChange={onChange} />
    </div>
  );
}
