import { useState } from 'react';
import { countText } from '../../data/words.ts';
import { Loaded } from '../../frame/Loaded.tsx';
import { SegmentedControl } from '../../ui/Choices.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FollowUpItem } from './FollowUpItem.tsx';
import { type Shown, useFollowUpCounts, useFollowUps } from './use-meaning.ts';

const EMPTY: Readonly<Record<Shown, string>> = {
  due: 'Nothing is due. Sequences put tasks and drafts here; a supervisor makes them in Settings, Meaning and follow-ups.',
  waiting: 'Nothing waits for its time.',
  closed: 'Nothing was done, skipped or stopped yet.',
};

/** What is to be done after outcomes: what is due first, what waits, and what is over. */
export function FollowUpsPanel() {
  const [shown, setShown] = useState<Shown>('due');
  const list = useFollowUps(shown);
  const { data: counts } = useFollowUpCounts();
  return (
    <div className="h-full overflow-y-auto px-5 py-3">
      <div className="flex flex-wrap items-center gap-4">
        <SegmentedControl
          label="Follow-ups"
          value={shown}
          onChange={setShown}
          options={[
            { value: 'due', label: `Due${inBrackets(counts?.due)}` },
            { value: 'waiting', label: `Waiting${inBrackets(counts?.waiting)}` },
            { value: 'closed', label: 'Over' },
          ]}
        />
        <p className="text-sm text-muted">
          Parley sends no e-mail and no text message by itself: drafts are for you to look at, copy and send.
        </p>
      </div>
      <Loaded query={list} label="Loading follow-ups" what="The follow-ups could not be read.">
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState sentence={EMPTY[shown]} />
          ) : (
            <ul aria-label="Follow-ups" className="mt-2">
              {rows.map((item) => (
                <FollowUpItem key={item.id} item={item} withContact />
              ))}
            </ul>
          )
        }
      </Loaded>
    </div>
  );
}

function inBrackets(count: number | undefined): string {
  return count === undefined ? '' : ` (${countText(count)})`;
}
