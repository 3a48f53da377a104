import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { useClient } from '../../data/client.tsx';
import { answered } from '../../data/queries.ts';
import { Loaded } from '../../frame/Loaded.tsx';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/TextField.tsx';

const SHOWN_MAX = 8;

/** Finds a person by typing. Enter takes the first one found. */
export function ContactPicker({ onPick }: { onPick: (contactId: number) => void }) {
  const client = useClient();
  const [search, setSearch] = useState('');
  const found = useQuery({
    queryKey: ['contacts', search, 'pick'],
    queryFn: () => answered(client.contacts.page({ search, after: null })),
    placeholderData: (before) => before,
  });
  const rows = found.data?.rows.slice(0, SHOWN_MAX);
  const first = rows?.[0];
  return (
    <div className="flex flex-col gap-2">
      <TextField
        label="Person"
        placeholder="Search names, companies, numbers"
        description="Enter takes the first one."
        value={search}
        onChange={setSearch}
        lead={<Search aria-hidden />}
        maxLength={200}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || first === undefined) return;
          event.preventDefault();
          onPick(first.id);
        }}
      />
      <Loaded
        query={{ data: rows, error: found.error, refetch: found.refetch }}
        label="Searching"
        what="The contacts could not be read."
        rows={4}
      >
        {(all) => (
          <ul aria-label="People found" className="flex flex-col gap-1">
            {all.map((row) => (
              <li key={row.id}>
                <Button
                  variant="ghost"
                  className="h-auto w-full justify-start py-1.5 text-left"
                  onClick={() => onPick(row.id)}
                >
                  <span className="min-w-0 flex-1">
                    <span className="block truncate font-medium">{row.name}</span>
                    <span className="block truncate text-sm font-normal text-muted">
                      {[row.company, row.place, row.number].filter((each) => each !== '').join(' · ')}
                    </span>
                  </span>
                </Button>
              </li>
            ))}
            {all.length === 0 && (
              <li className="px-2 py-3 text-muted">
                Nobody matches “{search}”. Import a list to add people.
              </li>
            )}
          </ul>
        )}
      </Loaded>
    </div>
  );
}
