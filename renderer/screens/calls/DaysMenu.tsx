import { CalendarDays } from 'lucide-react';
import { DAY_WORDS } from '../../../shared/domain/call-filter.ts';
import { partsOf } from '../../../shared/domain/filter-tokens.ts';
import { Button } from '../../ui/Button.tsx';
import { Menu } from '../../ui/Menu.tsx';

const LABELS: Readonly<Record<(typeof DAY_WORDS)[number], string>> = {
  today: 'Today',
  yesterday: 'Yesterday',
  'this-week': 'This week',
  'last-week': 'Last week',
  'this-month': 'This month',
  'last-month': 'Last month',
};

interface DaysMenuProps {
  filter: string;
  /** Whose days are meant. */
  zone: string;
  onFilter: (filter: string) => void;
}

/** Days that are asked for often. Each is a token of the filter, which can be typed just as well. */
export function DaysMenu({ filter, zone, onFilter }: DaysMenuProps) {
  const parts = partsOf(filter);
  const chosen = DAY_WORDS.find((each) => parts.some(({ text }) => text === `on:${each}`));
  const rest = parts
    .filter(({ text }) => !/^(on|after|before):/.test(text))
    .map(({ text }) => text)
    .join(' ');
  return (
    <Menu
      align="end"
      trigger={<Button icon={<CalendarDays />}>{chosen === undefined ? 'Any day' : LABELS[chosen]}</Button>}
      sections={[
        {
          title: `Days of ${zone.replaceAll('_', ' ')}`,
          items: DAY_WORDS.map((each) => ({
            label: LABELS[each],
            run: () => onFilter(`${rest} on:${each}`.trim()),
          })),
        },
        { items: [{ label: 'Any day', run: () => onFilter(rest) }] },
      ]}
    />
  );
}
