import { useQuery } from '@tanstack/react-query';
import { DATE_ORDERS, DUPLICATE_POLICIES, HERE_POLICIES } from '../../../../shared/domain/list-import.ts';
import { useClient } from '../../../data/client.tsx';
import { answered } from '../../../data/queries.ts';
import { counted } from '../../../data/words.ts';
import { Checkbox, RadioGroup } from '../../../ui/Choices.tsx';
import { cn } from '../../../ui/cn.ts';
import { Combobox } from '../../../ui/Combobox.tsx';
import { Select } from '../../../ui/Select.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { COUNTRIES, NO_ZONE, ZONES } from './places.ts';
import type { ImportDraft } from './use-draft.ts';
import { DATE_ORDER_WORD, DUPLICATE_WORD, HERE_WORD } from './words.ts';

/** Where it goes, how bare numbers and dates are meant, and who counts as the same person. */
export function MapSettings({ draft, className }: { draft: ImportDraft; className?: string | undefined }) {
  const { mapping, policy } = draft;
  return (
    <aside aria-label="How the rows are taken" className={cn('flex flex-col gap-4', className)}>
      <TextField
        label="Name of the list"
        value={draft.listName}
        onChange={draft.setListName}
        maxLength={120}
        error={draft.listName.trim() === '' ? 'A name is needed.' : null}
      />
      <Campaigns draft={draft} />
      <Combobox
        label="Country of numbers without one"
        value={mapping.country}
        onChange={(country) => country !== null && draft.setMapping({ country })}
        options={COUNTRIES}
      />
      <Select
        label="How dates are written"
        value={mapping.dateOrder}
        onChange={(dateOrder) => draft.setMapping({ dateOrder })}
        options={DATE_ORDERS.map((value) => ({ value, label: DATE_ORDER_WORD[value] }))}
      />
      <Combobox
        label="Time zone where none can be told"
        description="Nobody knows when a number without a zone may be called."
        value={mapping.zoneIfNone ?? NO_ZONE}
        onChange={(zone) => draft.setMapping({ zoneIfNone: zone === NO_ZONE ? null : zone })}
        options={ZONES}
      />
      <RadioGroup
        label="Whoever is here already"
        value={policy.here}
        onChange={(here) => draft.setPolicy({ here })}
        options={HERE_POLICIES.map((value) => ({ value, label: HERE_WORD[value] }))}
      />
      <RadioGroup
        label="Whoever is in the file twice"
        value={policy.duplicates}
        onChange={(duplicates) => draft.setPolicy({ duplicates })}
        options={DUPLICATE_POLICIES.map((value) => ({ value, label: DUPLICATE_WORD[value] }))}
      />
      <fieldset className="flex flex-col gap-1">
        <legend className="mb-1 text-sm font-medium">The same person is known by</legend>
        <Checkbox
          label="Any of their numbers"
          checked={policy.matchBy.numbers}
          onChange={(numbers) => draft.setPolicy({ matchBy: { ...policy.matchBy, numbers } })}
        />
        <Checkbox
          label="Their e-mail"
          checked={policy.matchBy.emails}
          onChange={(emails) => draft.setPolicy({ matchBy: { ...policy.matchBy, emails } })}
        />
      </fieldset>
    </aside>
  );
}

function Campaigns({ draft }: { draft: ImportDraft }) {
  const { campaigns } = useClient();
  const all = useQuery({ queryKey: ['campaigns'], queryFn: () => answered(campaigns.list()) });
  const open = all.data?.filter(({ status }) => status !== 'archived' && status !== 'completed') ?? [];
  if (open.length === 0) return null;
  const toggle = (id: number, is: boolean) =>
    draft.setCampaignIds(is ? [...draft.campaignIds, id] : draft.campaignIds.filter((each) => each !== id));
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-sm font-medium">Put them into campaigns</legend>
      <div className="flex max-h-40 flex-col gap-1 overflow-y-auto">
        {open.map(({ id, name, contacts }) => (
          <Checkbox
            key={id}
            label={`${name} (${counted(contacts, 'contact')})`}
            checked={draft.campaignIds.includes(id)}
            onChange={(is) => toggle(id, is)}
          />
        ))}
      </div>
    </fieldset>
  );
}
