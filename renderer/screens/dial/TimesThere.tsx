import { Clock } from 'lucide-react';
import type { ContactCard } from '../../../shared/contract/desk.ts';
import { instant } from '../../../shared/lib/instants.ts';
import { cn } from '../../ui/cn.ts';
import { useNowValue } from '../../ui/use-now.tsx';
import { type Closing, closingOf } from './countdown.ts';
import { clockIn } from './times.ts';

interface TimesThereProps {
  contact: ContactCard;
  className?: string | undefined;
}

/** Their clock, and the minute at which the law stops us from ringing them. Amber in the last quarter of an hour. */
export function TimesThere({ contact, className }: TimesThereProps) {
  const { zone, mayRingUntil } = contact;
  const there = useNowValue((now) => (zone === null ? null : clockIn(instant(now), zone)));
  const closing = useNowValue((now) => (mayRingUntil === null ? 'closed' : closingOf(mayRingUntil, now)));
  if (zone === null || there === null) {
    return (
      <p className={cn('text-sm whitespace-nowrap text-muted', className)}>Their time zone is not known</p>
    );
  }
  const until = mayRingUntil === null ? null : clockIn(mayRingUntil, zone);
  return (
    <p className={cn('flex items-center gap-1.5 text-sm whitespace-nowrap', className)}>
      <Clock aria-hidden className="size-[1.1em] shrink-0 text-muted" />
      <span className="font-medium">{there} there</span>
      <span
        data-tone={closing === 'open' ? undefined : 'warn'}
        className={closing === 'open' ? 'text-muted' : 'rounded-sm bg-tone-tint px-1 font-medium text-tone'}
      >
        {wordsFor(closing, until)}
      </span>
    </p>
  );
}

function wordsFor(closing: Closing, until: string | null): string {
  if (until === null) return 'may not be rung now';
  return closing === 'closed' ? `no ringing after ${until}` : `may ring until ${until}`;
}
