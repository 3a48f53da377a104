import { useMemo } from 'react';
import { instant } from '../../../../shared/lib/instants.ts';
import { isZone, localTime } from '../../../../shared/lib/zoned-time.ts';
import { counted } from '../../../data/words.ts';
import { useNowValue } from '../../../ui/use-now.tsx';
import type { CampaignSheet } from '../kinds.ts';
import { useLawBook } from './use-law-book.ts';
import { lawStricterThan } from './law-here.ts';

/** The law where it is stricter than the hours above, to be read and not to be changed. */
export function LawHere({ sheet: { rules, mode } }: { sheet: CampaignSheet }) {
  const date = useNowValue((now) => (isZone(rules.zone) ? localTime(instant(now), rules.zone).date : null));
  const book = useLawBook();
  const stricter = useMemo(
    () => (date === null || book === null ? [] : lawStricterThan(book, { rules, mode }, date)),
    [book, rules, mode, date],
  );
  if (book === null) return null;
  if (stricter.length === 0)
    return (
      <p className="text-sm text-muted">
        In the next two weeks no law of hours or holidays is stricter than this, anywhere in the campaign’s
        country.
      </p>
    );
  return (
    <details className="rounded-md border bg-sunken px-3 py-2 text-sm">
      <summary className="target cursor-pointer font-medium">
        The law is stricter here: {counted(stricter.length, 'rule')} of hours and holidays in the next two
        weeks
      </summary>
      <p className="mt-2 text-muted">
        By the clock where a contact is. The law holds, whatever the hours above say.
      </p>
      <ul className="mt-2 flex flex-col gap-1">
        {stricter.map(({ sentence, citation }) => (
          <li key={sentence}>
            {sentence} <cite className="text-muted not-italic">({citation})</cite>
          </li>
        ))}
      </ul>
    </details>
  );
}
