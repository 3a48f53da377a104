import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import type { contactRowShape } from '../../../shared/contract/contacts.ts';
import { useClient } from '../../data/client.tsx';
import { answered } from '../../data/queries.ts';
import { counted } from '../../data/words.ts';
import { Loaded } from '../../frame/Loaded.tsx';
import { LoadMore } from '../../frame/LoadMore.tsx';
import { useKeys } from '../../keys/KeysProvider.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { TextField } from '../../ui/TextField.tsx';

type ContactRow = z.output<typeof contactRowShape>;

const COLUMNS: readonly Column<ContactRow>[] = [
  { key: 'name', header: 'Name', cell: (row) => <span className="font-medium">{row.name}</span> },
  { key: 'company', header: 'Company', cell: (row) => row.company },
  { key: 'place', header: 'Place', cell: (row) => row.place },
  { key: 'number', header: 'Number', width: '11rem', cell: (row) => row.number || '–' },
  { key: 'list', header: 'List', width: '10rem', cell: (row) => row.list },
];

/** Everybody, or those who match what was typed. What was typed stays in the address. */
export function ContactsTable() {
  const { search, typed, setTyped, clear } = useTypedSearch();
  const client = useClient();
  const pages = useInfiniteQuery({
    queryKey: ['contacts', search],
    queryFn: ({ pageParam }) => answered(client.contacts.page({ search, after: pageParam })),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
  });
  const rows = pages.data?.pages.flatMap((page) => page.rows);
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <SearchBox value={typed} onChange={setTyped} onClear={clear} />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- rows hold no control, so the keyboard needs this to scroll */}
      <section aria-label="Contacts" tabIndex={0} className="min-h-0 flex-1 overflow-auto focus-inset">
        <Loaded
          query={{ data: rows, error: pages.error, refetch: pages.refetch }}
          label="Loading contacts"
          what="The contacts could not be read."
        >
          {(all) => (
            <Table
              caption={search === '' ? 'Contacts' : `Contacts that match ${search}`}
              className="min-w-[44rem] px-3"
              columns={COLUMNS}
              rows={all}
              rowKey={(row) => String(row.id)}
              empty={<NobodyHere search={search} onClear={clear} />}
            />
          )}
        </Loaded>
        <LoadMore
          shown={rows === undefined ? 0 : rows.length}
          what={(count) => counted(count, 'contact')}
          hasMore={pages.hasNextPage}
          isLoading={pages.isFetchingNextPage}
          onMore={() => void pages.fetchNextPage()}
        />
      </section>
    </div>
  );
}

function NobodyHere({ search, onClear }: { search: string; onClear: () => void }) {
  if (search === '') return <EmptyState sentence="No contacts yet. They arrive with a list." />;
  return (
    <EmptyState
      sentence={`Nobody matches “${search}”. Names, companies, places and numbers are searched.`}
      action={{ label: 'Show everybody', run: onClear }}
    />
  );
}

interface SearchBoxProps {
  value: string;
  onChange: (value: string) => void;
  onClear: () => void;
}

function SearchBox({ value, onChange, onClear }: SearchBoxProps) {
  const box = useRef<HTMLInputElement>(null);
  useKeys('screen', [
    { id: 'lists.search', keys: '/', title: 'Search contacts', run: () => box.current?.focus() },
  ]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    if (value === '') box.current?.blur();
    else onClear();
  };
  return (
    <search className="border-b px-5 py-2">
      <TextField
        ref={box}
        label="Search contacts"
        hideLabel
        placeholder="Search names, companies, places, numbers"
        value={value}
        onChange={onChange}
        onKeyDown={onKeyDown}
        lead={<Search aria-hidden />}
        tail={<Kbd keys={value === '' ? '/' : 'esc'} />}
        maxLength={200}
        className="max-w-md"
      />
    </search>
  );
}

const TYPING_MS = 120;

/** What is typed now, and what is searched once the hand rests a moment. */
function useTypedSearch() {
  const { search = '' } = useSearch({ from: '/lists' });
  const navigate = useNavigate();
  const [typed, setTyped] = useState(search);
  useEffect(() => {
    if (typed === search) return undefined;
    const go = () => navigate({ to: '/lists', search: typed === '' ? {} : { search: typed }, replace: true });
    const timer = setTimeout(() => void go(), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, search, navigate]);
  return { search, typed, setTyped, clear: () => setTyped('') };
}
