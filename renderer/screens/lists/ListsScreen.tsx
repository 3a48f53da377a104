import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useClient } from '../../data/client.tsx';
import { answered } from '../../data/queries.ts';
import { counted } from '../../data/words.ts';
import { Screen } from '../../frame/Screen.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { FollowUpsPanel } from '../meaning/FollowUpsPanel.tsx';
import { SchedulesPanel } from '../schedules/SchedulesPanel.tsx';
import { ContactsPanel } from './contacts/ContactsPanel.tsx';
import { DoNotCallPanel } from './do-not-call/DoNotCallPanel.tsx';
import { ImportButton, ImportsTable, RunningImport } from './imports/Imports.tsx';
import { ListsTable } from './ListsTable.tsx';
import type { ListsTab } from './tabs.ts';

/** Whom this workspace knows, where they came from, and who is left alone. */
export function ListsScreen() {
  const { tab = 'contacts' } = useSearch({ from: '/lists' });
  const navigate = useNavigate();
  const goTo = (next: 'contacts' | ListsTab) =>
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
      <div className="flex h-full min-h-0 flex-col">
        <RunningImport />
        <Tabs
          label="Lists"
          className="min-h-0 flex-1 px-0 [&>[role=tablist]]:px-5 [&>[role=tabpanel]]:pt-0"
          value={tab}
          onChange={goTo}
          tabs={[
            { value: 'contacts', label: 'Contacts', panel: <ContactsPanel /> },
            {
              value: 'imports',
              label: 'Lists & imports',
              panel: (
                <div className="h-full overflow-auto px-5">
                  <ListsTable lists={lists} />
                  <h2 className="mt-6 mb-1 text-lg font-semibold">Imports</h2>
                  <ImportsTable />
                </div>
              ),
            },
            { value: 'do-not-call', label: 'Do not call', panel: <DoNotCallPanel /> },
            { value: 'schedules', label: 'Schedules', panel: <SchedulesPanel /> },
            { value: 'follow-ups', label: 'Follow-ups', panel: <FollowUpsPanel /> },
          ]}
        />
      </div>
    </Screen>
  );
}
