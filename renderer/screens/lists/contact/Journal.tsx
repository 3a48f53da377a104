/* oxlint-disable jsx-a11y/no-noninteractive-tabindex -- a part that scrolls and holds no control must be reached by the keyboard */
import { CalendarClock, ClipboardCheck, List, Pencil, Phone, PhoneOff, ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import type { JournalEntry } from '../../../../shared/contract/contacts.ts';
import { exactText } from '../../../data/words.ts';
import { Loaded } from '../../../frame/Loaded.tsx';
import { LoadMore } from '../../../frame/LoadMore.tsx';
import { counted } from '../../../data/words.ts';
import { useJournal } from './use-contact.ts';

const ICONS: Readonly<Record<JournalEntry['kind'], ReactNode>> = {
  call: <Phone />,
  outcome: <ClipboardCheck />,
  callback: <CalendarClock />,
  consent: <ShieldCheck />,
  edit: <Pencil />,
  'do-not-call': <PhoneOff />,
  list: <List />,
};

/** Everything that happened with this person, the latest first. */
export function Journal({ id }: { id: number }) {
  const pages = useJournal(id);
  const rows = pages.data?.pages.flatMap((page) => page.rows);
  return (
    <section
      aria-labelledby="journal"
      tabIndex={0}
      className="min-h-0 px-5 py-4 focus-inset two:overflow-y-auto"
    >
      <h2 id="journal" className="text-lg font-semibold">
        What happened
      </h2>
      <Loaded
        query={{ data: rows, error: pages.error, refetch: pages.refetch }}
        label="Loading what happened"
        what="The journal could not be read."
      >
        {(all) => (
          <ol className="mt-2 flex flex-col gap-3">
            {all.map((entry) => (
              <Entry key={entry.key} entry={entry} />
            ))}
          </ol>
        )}
      </Loaded>
      <LoadMore
        shown={rows?.length ?? 0}
        what={(count) => counted(count, 'entry', 'entries')}
        hasMore={pages.hasNextPage}
        isLoading={pages.isFetchingNextPage}
        onMore={() => void pages.fetchNextPage()}
      />
    </section>
  );
}

function Entry({ entry: { at, kind, title, detail, who } }: { entry: JournalEntry }) {
  return (
    <li className="flex gap-3">
      <span aria-hidden className="mt-0.5 flex shrink-0 text-muted [&>svg]:size-[1.1em]">
        {ICONS[kind]}
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium">{title}</span>
          <span className="ml-auto text-sm text-muted">
            {[who, exactText(at)].filter((each) => each !== '').join(', ')}
          </span>
        </p>
        {detail !== '' && <p className="break-words text-sm whitespace-pre-wrap text-muted">{detail}</p>}
      </div>
    </li>
  );
}
