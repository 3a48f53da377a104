import { localTime, isZone } from '../../../../shared/lib/zoned-time.ts';
import { instant } from '../../../../shared/lib/instants.ts';
import { Combobox } from '../../../ui/Combobox.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { useNow } from '../../../ui/use-now.tsx';
import type { CampaignSheet, Rules } from '../kinds.ts';
import { placeOf } from '../words.ts';
import { Group } from './Group.tsx';
import { LawHere } from './LawHere.tsx';
import { timeOfDay } from './time-of-day.ts';
import { dayName } from './week.ts';
import { WeekGrid } from './WeekGrid.tsx';
import { zoneOptions } from './zones.ts';

export interface RulesPartProps {
  rules: Rules;
  onChange: (rules: Partial<Rules>) => void;
}

interface HoursGroupProps extends RulesPartProps {
  sheet: CampaignSheet;
}

/** When the campaign rings: its zone, its week, its first and last day. */
export function HoursGroup({ sheet, rules, onChange }: HoursGroupProps) {
  const trouble =
    rules.startsOn !== null && rules.endsOn !== null && rules.endsOn < rules.startsOn
      ? 'The last day lies before the first one.'
      : null;
  return (
    <Group
      title="Hours"
      about="By the campaign’s own clock. Wherever a contact is, the law’s hours there come on top: the stricter holds."
    >
      <div className="grid gap-3 two:grid-cols-2">
        <Combobox
          label="Time zone of the campaign"
          value={rules.zone}
          onChange={(zone) => zone !== null && onChange({ zone })}
          options={zoneOptions(rules.zone)}
          description={<ClockThere zone={rules.zone} />}
          emptyText="No such place. Try the nearest large city."
        />
        <div className="grid grid-cols-2 gap-3">
          <TextField
            label="First day"
            type="date"
            value={rules.startsOn ?? ''}
            onChange={(date) => onChange({ startsOn: date === '' ? null : date })}
            description="Empty: at once"
          />
          <TextField
            label="Last day"
            type="date"
            value={rules.endsOn ?? ''}
            onChange={(date) => onChange({ endsOn: date === '' ? null : date })}
            description="Empty: no end"
            error={trouble}
          />
        </div>
      </div>
      <WeekGrid windows={rules.windows} onChange={(windows) => onChange({ windows })} />
      <LawHere sheet={sheet} />
    </Group>
  );
}

function ClockThere({ zone }: { zone: string }) {
  const now = useNow(60_000);
  if (!isZone(zone)) return 'Nobody knows the time there.';
  const { weekday, minute } = localTime(instant(now), zone);
  return `${dayName(weekday)} ${timeOfDay(minute)} in ${placeOf(zone)} now`;
}
