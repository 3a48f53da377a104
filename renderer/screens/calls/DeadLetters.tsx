import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeadLetterRow } from '../../../shared/contract/call-details.ts';
import { useClient } from '../../data/client.tsx';
import { useWish } from '../../data/desk.ts';
import { useTell } from '../../data/message.ts';
import { counted, exactText } from '../../data/words.ts';
import { LoadMore } from '../../frame/LoadMore.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';

interface DeadLettersProps {
  rows: readonly DeadLetterRow[];
  hasMore: boolean;
  isLoading: boolean;
  onMore: () => void;
}

/** What a carrier told and nobody could act on: kept with its reason, to look at and to try once more. */
export function DeadLetters({ rows, hasMore, isLoading, onMore }: DeadLettersProps) {
  if (rows.length === 0)
    return (
      <EmptyState sentence="Every event a carrier told could be acted on. There is nothing to do here." />
    );
  return (
    <div className="h-full overflow-auto px-5 py-3">
      <p className="max-w-[80ch] text-muted">
        A carrier told these, and no call could be found or told on by them. Nothing is lost and nothing else
        is held up. Try one again once its call is known.
      </p>
      <ul className="mt-2 flex flex-col divide-y divide-line">
        {rows.map((row) => (
          <Letter key={row.id} row={row} />
        ))}
      </ul>
      <LoadMore
        shown={rows.length}
        what={(count) => counted(count, 'event')}
        hasMore={hasMore}
        isLoading={isLoading}
        onMore={onMore}
      />
    </div>
  );
}

function Letter({ row }: { row: DeadLetterRow }) {
  const { calls } = useClient();
  const wish = useWish();
  const tell = useTell();
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const again = async () => {
    const done = await wish(calls.redeliver({ id: row.id }));
    void queries.invalidateQueries({ queryKey: ['dead-letters'] });
    if (done === null) return;
    void queries.invalidateQueries({ queryKey: ['calls'] });
    tell('The event was acted on.');
  };
  return (
    <li className="flex flex-col gap-1 py-3">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-1">
        <div className="min-w-0 flex-1">
          <p className="font-medium">{row.reason}</p>
          <p className="text-sm text-muted">
            {row.carrier}, call {row.callRef}, received {exactText(row.receivedAt)}
            {row.told.length > 0 && `. It told: ${row.told.join(', ')}`}
          </p>
        </div>
        <Button size="sm" variant="ghost" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Hide what was told' : 'View what was told'}
        </Button>
        <Button size="sm" onClick={() => void again()}>
          Try again
        </Button>
      </div>
      {isOpen && (
        <pre className="overflow-x-auto rounded-md bg-sunken p-2 text-sm select-text">{row.raw}</pre>
      )}
    </li>
  );
}
