import { Link } from '@tanstack/react-router';
import { counted } from '../../data/words.ts';
import { useFollowUpCounts } from './use-meaning.ts';

/** How much is on the list of follow-ups, and the way there. Nothing while nothing is due. */
export function FollowUpsDue() {
  const { data } = useFollowUpCounts();
  if (data === undefined || data.due === 0) return null;
  return (
    <Link to="/lists" search={{ tab: 'follow-ups' }} className="target underline underline-offset-2">
      {counted(data.due, 'follow-up')} due
    </Link>
  );
}
