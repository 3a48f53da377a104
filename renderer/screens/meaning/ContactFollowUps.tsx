import { useQuery } from '@tanstack/react-query';
import { useClient } from '../../data/client.tsx';
import { answered } from '../../data/queries.ts';
import { FollowUpItem } from './FollowUpItem.tsx';

/** What is to be done about one person, and what was. Nothing where no sequence ever began. */
export function ContactFollowUps({ id }: { id: number }) {
  const { followUps } = useClient();
  const { data } = useQuery({
    queryKey: ['followUps', 'contact', id],
    queryFn: () => answered(followUps.ofContact({ id })),
  });
  if (data === undefined || data.length === 0) return null;
  return (
    <div>
      <h3 className="font-semibold">Follow-ups</h3>
      <ul>
        {data.map((item) => (
          <FollowUpItem key={item.id} item={item} withContact={false} />
        ))}
      </ul>
    </div>
  );
}
