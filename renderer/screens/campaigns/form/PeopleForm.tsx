import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useClient } from '../../../data/client.tsx';
import { useWish } from '../../../data/desk.ts';
import { useTell } from '../../../data/message.ts';
import { answered } from '../../../data/queries.ts';
import { counted, countText } from '../../../data/words.ts';
import { Button } from '../../../ui/Button.tsx';
import { Select } from '../../../ui/Select.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { useToasts } from '../../../ui/Toaster.tsx';
import type { CampaignSheet } from '../kinds.ts';
import { useWeighed } from '../queries.ts';
import { Group } from './Group.tsx';
import { useAdding } from './use-adding.ts';

/** Who is in the campaign, and how more come in. Both are done at once; each says what it would do first. */
export function PeopleForm({ sheet, whyNot }: { sheet: CampaignSheet; whyNot: string | null }) {
  return (
    <div>
      <Group
        title="In this campaign"
        about={sheet.contacts === 0 ? 'Nobody yet.' : `${counted(sheet.contacts, 'contact')} in all.`}
      >
        <Sources sheet={sheet} whyNot={whyNot} />
      </Group>
      <Group
        title="Add people"
        about="From a list, by a search, or everybody of a list who matches a search."
      >
        <AddPeople sheet={sheet} whyNot={whyNot} />
      </Group>
    </div>
  );
}

function Sources({ sheet, whyNot }: { sheet: CampaignSheet; whyNot: string | null }) {
  const { remove, add } = usePeopleActs(sheet);
  const toasts = useToasts();
  if (sheet.sources.length === 0) return null;
  const takeOut = async (listId: number | null, name: string) => {
    const done = await remove(listId);
    if (done === null) return;
    const stay = done.stayed === 0 ? '' : ` ${countText(done.stayed)} stay: they were tried already.`;
    toasts.show({
      text: `${counted(done.removed, 'contact')} of ${name} taken out.${stay}`,
      ...(listId === null ? {} : { undo: () => void add(listId, '') }),
    });
  };
  return (
    <ul className="flex max-w-[44rem] flex-col rounded-lg border">
      {sheet.sources.map(({ listId, name, contacts }) => (
        <li key={listId ?? 0} className="flex min-h-10 items-center gap-3 border-b px-3 last:border-b-0">
          <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
          <span className="text-muted">{counted(contacts, 'contact')}</span>
          <Button
            size="sm"
            variant="ghost"
            icon={<X />}
            aria-label={`Take out ${name}`}
            disabledReason={whyNot}
            onClick={() => void takeOut(listId, name)}
          >
            Take out
          </Button>
        </li>
      ))}
    </ul>
  );
}

const EVERYWHERE = 'everywhere';

function AddPeople({ sheet, whyNot }: { sheet: CampaignSheet; whyNot: string | null }) {
  const client = useClient();
  const lists = useQuery({ queryKey: ['lists'], queryFn: () => answered(client.contacts.lists()) });
  const [from, setFrom] = useState<string | null>(null);
  const [search, setSearch] = useState('');
  const { add } = usePeopleActs(sheet);
  const tell = useTell();
  const listId = from === null || from === EVERYWHERE ? null : Number(from);
  const isAsked = whyNot === null && (listId !== null || search.trim() !== '');
  const weighed = useWeighed(sheet.id, listId, search.trim(), isAsked);
  const fresh = isAsked ? (weighed.data?.new ?? 0) : 0;
  const [isAdding, setAdding] = useState(false);
  const { added, begin } = useAdding(sheet.id, isAdding);
  const put = async () => {
    begin();
    setAdding(true);
    const done = await add(listId, search.trim());
    setAdding(false);
    if (done === null) return;
    tell(`${counted(done.added, 'contact')} added to ${sheet.name}.`);
    setFrom(null);
    setSearch('');
  };
  return (
    <div className="flex max-w-[44rem] flex-col gap-3">
      <div className="grid gap-3 two:grid-cols-2">
        <Select
          label="List"
          value={from}
          onChange={setFrom}
          placeholder="Choose a list…"
          options={[
            ...(lists.data ?? []).map(({ id, name, contacts }) => ({
              value: String(id),
              label: name,
              description: counted(contacts, 'contact'),
            })),
            { value: EVERYWHERE, label: 'Every list', description: 'Give a search beside it' },
          ]}
        />
        <TextField
          label="Who match"
          value={search}
          onChange={setSearch}
          maxLength={200}
          placeholder="Name, company, place or number"
        />
      </div>
      <div className="flex min-h-8 flex-wrap items-center gap-3">
        <Button
          variant="primary"
          icon={<Plus />}
          disabledReason={
            whyNot ??
            (isAdding
              ? 'They are being added.'
              : !isAsked
                ? 'Choose a list, or write what to search for.'
                : fresh === 0
                  ? 'Nobody new would come in.'
                  : null)
          }
          onClick={() => void put()}
        >
          {fresh === 0 ? 'Add' : `Add ${countText(fresh)}`}
        </Button>
        <output className="min-w-0 flex-1 text-sm text-muted">
          {added !== null &&
            `${countText(added)} of ${countText(fresh)} added so far. You may go on elsewhere.`}
          {added === null && isAsked && weighed.error !== null && weighed.error.message}
          {added === null && isAsked && weighed.data !== undefined && weighedInWords(weighed.data)}
        </output>
      </div>
    </div>
  );
}

interface Weighed {
  readonly found: number;
  readonly new: number;
  readonly withoutNumber: number;
  readonly doNotCall: number;
}

function weighedInWords({ found, new: fresh, withoutNumber, doNotCall }: Weighed): string {
  if (found === 0) return 'Nobody matches.';
  const parts = [`${counted(found, 'contact')} found, ${countText(fresh)} new here`];
  if (withoutNumber > 0) parts.push(`${countText(withoutNumber)} without a number`);
  if (doNotCall > 0) parts.push(`${countText(doNotCall)} on the do-not-call list and never rung`);
  return `${parts.join('; ')}.`;
}

function usePeopleActs({ id }: CampaignSheet) {
  const { campaigns } = useClient();
  const queries = useQueryClient();
  const wish = useWish();
  const fresh = async <T,>(value: T) => {
    await queries.invalidateQueries({ queryKey: ['campaigns'] });
    return value;
  };
  return {
    add: async (listId: number | null, search: string) =>
      fresh(await wish(campaigns.addPeople({ id, listId, search }))),
    remove: async (listId: number | null) => fresh(await wish(campaigns.removePeople({ id, listId }))),
  };
}
