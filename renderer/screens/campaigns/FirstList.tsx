import { counted, whenText } from '../../data/words.ts';
import { Loaded } from '../../frame/Loaded.tsx';
import { useNow } from '../../ui/use-now.tsx';
import { useFirst } from './queries.ts';

/** Who would be rung, in the order of the real queue, each with the reason for the place. */
export function FirstList({ id, count }: { id: number; count: number }) {
  const first = useFirst(id, count);
  const now = useNow(60_000);
  return (
    <Loaded query={first} label="Finding who comes first" what="The order could not be read." rows={6}>
      {(people) =>
        people.length === 0 ? (
          <p className="text-muted">
            Nobody may be rung at this moment, so nobody waits in the queue. It fills as soon as the hours and
            the other rules allow.
          </p>
        ) : (
          <ol aria-label={`The first ${counted(people.length, 'contact')}`} className="flex flex-col">
            {people.map(({ contactId, name, place, why, at }, index) => (
              <li key={contactId} className="flex gap-3 border-b py-1.5 last:border-b-0">
                <span aria-hidden className="w-5 shrink-0 text-right text-muted">
                  {index + 1}
                </span>
                <span className="min-w-0 flex-1">
                  <span className="font-medium">{name}</span>{' '}
                  <span className="text-sm text-muted">{place}</span>
                  <span className="block text-sm text-muted">{why}</span>
                </span>
                <span className="shrink-0 text-sm text-muted">
                  {at === null || at <= now ? 'now' : whenText(at, now)}
                </span>
              </li>
            ))}
          </ol>
        )
      }
    </Loaded>
  );
}
