import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Instant } from '../../../shared/lib/instants.ts';
import { useClient } from '../../data/client.tsx';
import { answered } from '../../data/queries.ts';
import { counted, countText, exactText } from '../../data/words.ts';
import { Loaded } from '../../frame/Loaded.tsx';
import { Screen } from '../../frame/Screen.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { SchedulesPanel } from '../schedules/SchedulesPanel.tsx';
import { ContactsTable } from './ContactsTable.tsx';
import { ImportButton, ImportsTable, RunningImport } from './imports/Imports.tsx';

/** Whom this workspace knows: everybody on its lists, and who is called by schedule. */
export function ListsScreen() {
  const { tab = 'contacts' } = useSearch({ from: '/lists' });
  const navigate = useNavigate();
  const goTo = (next: 'contacts' | 'imports' | 'schedules') =>
    void navigate({ to: '/lists', search: next === 'contacts' ? {} : { tab: next } });
  const client = useClient();
  const lists = useQuery({ queryKey: ['lists'], queryFn: () => answered(client.contacts.lists()) });
  const total = lists.data?.reduce((sum, list) => sum + list.contacts, 0);
  return (
    <Screen
      title="Lists"
      fixed
      actions={<ImportButton />}
      note={
        total === undefined ? null : `${counted(total, 'contact')} on ${counted(lists.data!.length, 'list')}`
      }
    >
      <RunningImport />
      <Tabs
        label="Lists"
        className="h-full px-0 [&>[role=tablist]]:px-5 [&>[role=tabpanel]]:pt-0"
        value={tab}
        onChange={goTo}
        tabs={[
          { value: 'contacts', label: 'Contacts', panel: <ContactsPanel lists={lists} /> },
          {
            value: 'imports',
            label: 'Imports',
            panel: (
              <div className="h-full overflow-auto px-5">
                <ImportsTable />
              </div>
            ),
          },
          { value: 'schedules', label: 'Schedules', panel: <SchedulesPanel /> },
        ]}
      />
    </Screen>
  );
}

type Lists = UseQueryResult<{ id: number; name: string; contacts: number; createdAt: Instant }[]>;

/** The lists at the left, and everybody on them at the right. */
function ContactsPanel({ lists }: { lists: Lists }) {
  return (
    <div className="flex h-full min-h-0 flex-col two:flex-row">
      <section
        aria-label="Lists"
        className="max-h-48 shrink-0 overflow-y-auto border-b p-3 two:max-h-none two:w-64 two:border-r two:border-b-0"
      >
        <Loaded query={lists} label="Loading lists" what="The lists could not be read." rows={3}>
          {(rows) => (
            <ul className="flex flex-col gap-1">
              {rows.map((list) => (
                <li key={list.id} className="rounded-md px-2 py-1.5">
                  <span className="flex items-baseline gap-2">
                    <span className="min-w-0 flex-1 truncate font-medium">{list.name}</span>
                    <span>{countText(list.contacts)}</span>
                  </span>
                  <span className="text-sm text-muted">since {exactText(list.createdAt)}</span>
                </li>
              ))}
              {rows.length === 0 && <li className="px-2 text-muted">No lists yet.</li>}
            </ul>
          )}
        </Loaded>
      </section>
      <ContactsTable />
    </div>
  );
}
