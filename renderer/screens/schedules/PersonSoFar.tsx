import { exactText } from '../../data/words.ts';
import { soFar } from './schedule-words.ts';
import { usePerson } from './use-schedules.ts';

/** How the calls to one person went. */
export function PersonSoFar({ contactId }: { contactId: number }) {
  const { data } = usePerson(contactId);
  if (data === undefined) return null;
  const { lastError } = data;
  return (
    <section aria-label="So far">
      <h3 className="text-sm font-medium">So far</h3>
      <p className="text-muted">
        {soFar(data)}
        {lastError !== null && ` Last trouble, ${exactText(lastError.at)}: ${lastError.sentence}`}
      </p>
    </section>
  );
}
