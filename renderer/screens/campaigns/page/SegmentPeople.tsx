import { counted, whenText } from '../../../data/words.ts';
import { Loaded } from '../../../frame/Loaded.tsx';
import { LoadMore } from '../../../frame/LoadMore.tsx';
import { useNow } from '../../../ui/use-now.tsx';
import { useWhyNotWho } from '../queries.ts';

interface SegmentPeopleProps {
  id: number;
  rule: string;
  sentence: string;
  onOpen: (contactId: number) => void;
}

/** The people whom one rule holds back first. Each opens everything that every rule says about them. */
export function SegmentPeople({ id, rule, sentence, onOpen }: SegmentPeopleProps) {
  const pages = useWhyNotWho(id, rule);
  const rows = pages.data?.pages.flatMap((page) => page.rows);
  const now = useNow(60_000);
  return (
    <div>
      <p className="px-4 py-3 text-muted">{sentence}</p>
      <Loaded
        query={{ data: rows, error: pages.error, refetch: pages.refetch }}
        label="Loading the people"
        what="The people could not be read."
      >
        {(all) => (
          <ul aria-label="People" className="border-t">
            {all.map(({ contactId, name, place, why, at }) => (
              <li key={contactId} className="border-b">
                <button
                  type="button"
                  onClick={() => onOpen(contactId)}
                  className="flex w-full items-baseline gap-3 px-4 py-1.5 text-left focus-inset hover:bg-hover"
                >
                  <span className="min-w-0 flex-1">
                    <span className="font-medium">{name}</span>{' '}
                    <span className="text-sm text-muted">{place}</span>
                    <span className="block text-sm text-muted">{why}</span>
                  </span>
                  {at !== null && <span className="shrink-0 text-sm text-muted">{whenText(at, now)}</span>}
                </button>
              </li>
            ))}
            {all.length === 0 && <li className="px-4 py-3 text-muted">Nobody any more.</li>}
          </ul>
        )}
      </Loaded>
      <LoadMore
        shown={rows?.length ?? 0}
        what={(count) => counted(count, 'contact')}
        hasMore={pages.hasNextPage}
        isLoading={pages.isFetchingNextPage}
        onMore={() => void pages.fetchNextPage()}
      />
    </div>
  );
}
