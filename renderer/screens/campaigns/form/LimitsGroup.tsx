import { HOUR_MS } from '../../../../shared/lib/instants.ts';
import { NumberField } from '../../../ui/NumberField.tsx';
import { Select } from '../../../ui/Select.tsx';
import type { Rules } from '../kinds.ts';
import { FREQUENCY, ORDER } from '../words.ts';
import { Group } from './Group.tsx';
import type { RulesPartProps } from './HoursGroup.tsx';

const FREQUENCIES = Object.entries(FREQUENCY).map(([value, label]) => ({
  value: value as Rules['frequency'],
  label,
}));
const ORDERS = Object.entries(ORDER).map(([value, { word, about }]) => ({
  value: value as Rules['order'],
  label: word,
  description: about,
}));

/** How often anybody is tried, how much is done a day, and who comes first. */
export function LimitsGroups({ rules, onChange }: RulesPartProps) {
  return (
    <>
      <Group title="Attempts" about="A promised callback is kept even where these are spent.">
        <div className="grid gap-3 two:grid-cols-3">
          <NumberField
            label="Attempts on each contact"
            value={rules.attemptsMax}
            min={1}
            max={100}
            onChange={(attemptsMax) => attemptsMax !== null && onChange({ attemptsMax })}
          />
          <CapField
            label="At most a day"
            value={rules.attemptsPerDayMax}
            onChange={(attemptsPerDayMax) => onChange({ attemptsPerDayMax })}
          />
          <NumberField
            label="Rest after any attempt"
            unit="hours"
            value={Math.round((rules.coolDownMs / HOUR_MS) * 10) / 10}
            min={0}
            max={365 * 24}
            onChange={(hours) => onChange({ coolDownMs: Math.round((hours ?? 0) * HOUR_MS) })}
            description="Of any campaign. 0: none"
          />
        </div>
        <Select
          label="How often"
          className="max-w-md"
          value={rules.frequency}
          onChange={(frequency) => onChange({ frequency })}
          options={FREQUENCIES}
        />
      </Group>
      <Group
        title="Limits"
        about="On one number whoever rings it, and on the whole campaign. The law’s own limits come on top."
      >
        <div className="grid gap-3 two:grid-cols-3">
          <CapField
            label="A number in any 24 hours"
            value={rules.numberPerDayMax}
            onChange={(numberPerDayMax) => onChange({ numberPerDayMax })}
          />
          <CapField
            label="A number in any 7 days"
            value={rules.numberPerWeekMax}
            onChange={(numberPerWeekMax) => onChange({ numberPerWeekMax })}
          />
          <CapField
            label="The campaign a day"
            value={rules.dailyLimit}
            onChange={(dailyLimit) => onChange({ dailyLimit })}
          />
        </div>
      </Group>
      <Group title="Order" about="Promised callbacks come first in every order.">
        <Select
          label="Who is rung first"
          hideLabel
          className="max-w-md"
          value={rules.order}
          onChange={(order) => onChange({ order })}
          options={ORDERS}
          description={ORDER[rules.order].about}
        />
      </Group>
    </>
  );
}

interface CapFieldProps {
  label: string;
  value: number | null;
  onChange: (value: number | null) => void;
}

function CapField({ label, value, onChange }: CapFieldProps) {
  return (
    <NumberField
      label={label}
      value={value}
      min={1}
      max={100_000}
      onChange={onChange}
      description={value === null ? 'Empty: no limit' : ' '}
    />
  );
}
