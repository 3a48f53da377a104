import { Mail, MapPin } from 'lucide-react';
import { useState } from 'react';
import type { ContactCard, DeskView } from '../../../shared/contract/desk.ts';
import { useKeys } from '../../keys/KeysProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { clockText } from '../../ui/time-text.ts';
import { useNow } from '../../ui/use-now.tsx';
import { instant, MINUTE_MS } from '../../../shared/lib/instants.ts';
import { ContactOutlook } from '../meaning/ContactOutlook.tsx';
import { Numbers } from './Numbers.tsx';
import { Heading, Region } from './Region.tsx';
import { bothClocks, ownZone, whenWas, zoneInWords } from './times.ts';
import type { ChosenNumber } from './use-number.ts';

interface ContactColumnProps {
  contact: ContactCard;
  desk: DeskView;
  chosen: ChosenNumber;
  onDial: () => void;
  className?: string | undefined;
}

/** Who it is, and what was said before. */
export function ContactColumn({ contact, desk, chosen, onDial, className }: ContactColumnProps) {
  const isPreview = desk.session?.state.kind === 'previewing';
  useKeys(
    'screen',
    [
      { id: 'dial.number-up', keys: 'up', title: 'Number above', run: () => chosen.move(-1), repeats: true },
      {
        id: 'dial.number-down',
        keys: 'down',
        title: 'Number below',
        run: () => chosen.move(1),
        repeats: true,
      },
    ],
    { enabled: isPreview },
  );
  return (
    <Region label="Contact" scrolls className={className}>
      {contact.promise !== null && <PromiseLine contact={contact} promise={contact.promise} />}
      <div className="flex flex-col gap-3 p-3 two:max-three:grid two:max-three:grid-cols-2 two:max-three:gap-x-6">
        <div className="flex flex-col gap-3">
          <header>
            <h2 className="text-xl font-semibold">{contact.name}</h2>
            <p className="text-muted">
              {[contact.title, contact.company].filter((each) => each !== '').join(', ')}
            </p>
            <ContactOutlook id={contact.id} />
          </header>
          <Numbers contact={contact} desk={desk} chosen={chosen} isChoice={isPreview} onDial={onDial} />
        </div>
        <div className="flex flex-col gap-3">
          <Facts contact={contact} />
          <Fields key={contact.id} fields={contact.fields} />
        </div>
        <History contact={contact} />
      </div>
    </Region>
  );
}

function PromiseLine({
  contact,
  promise,
}: {
  contact: ContactCard;
  promise: NonNullable<ContactCard['promise']>;
}) {
  return (
    <div data-tone="warn" className="border-l-[3px] border-l-tone bg-tone-tint px-3 py-2">
      <p className="font-medium">
        You promised {bothClocks(promise.dueAt, contact.zone ?? ownZone(), ownZone())}
      </p>
      {promise.note !== '' && <p className="text-sm select-text">{promise.note}</p>}
    </div>
  );
}

function Facts({ contact }: { contact: ContactCard }) {
  const { zone, zones, place, email } = contact;
  const where = [place, zone === null ? '' : zoneInWords(zone)].filter((each) => each !== '').join(' · ');
  return (
    <ul className="flex flex-col gap-0.5 text-sm">
      {where !== '' && (
        <li className="flex items-start gap-2">
          <MapPin aria-hidden className="mt-[0.2em] size-[1.1em] shrink-0 text-muted" />
          <span>
            {where}
            {zones.length > 1 && (
              <span className="text-muted"> · the strictest of {zones.length} zones counts</span>
            )}
          </span>
        </li>
      )}
      {email !== '' && (
        <li className="flex items-start gap-2">
          <Mail aria-hidden className="mt-[0.2em] size-[1.1em] shrink-0 text-muted" />
          <span className="min-w-0 break-all select-text">{email}</span>
        </li>
      )}
    </ul>
  );
}

const PINNED_MAX = 4;

/** The first few fields are pinned; the rest is one press away. */
function Fields({ fields }: { fields: ContactCard['fields'] }) {
  const [all, setAll] = useState(false);
  const entries = Object.entries(fields).filter(([, value]) => value !== '');
  if (entries.length === 0) return null;
  const shown = all ? entries : entries.slice(0, PINNED_MAX);
  return (
    <div>
      <dl className="grid grid-cols-[minmax(5rem,auto)_1fr] gap-x-3 gap-y-0.5 text-sm">
        {shown.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="min-w-0 select-text">{value}</dd>
          </div>
        ))}
      </dl>
      {entries.length > PINNED_MAX && (
        <Button size="sm" variant="ghost" aria-expanded={all} className="-ml-2" onClick={() => setAll(!all)}>
          {all ? 'Fewer fields' : `All ${entries.length} fields`}
        </Button>
      )}
    </div>
  );
}

/** Newest first, and of each call its note first: that is what the agent needs before "hello". */
function History({ contact }: { contact: ContactCard }) {
  const now = instant(useNow(MINUTE_MS));
  const zone = ownZone();
  return (
    <div className="col-span-full border-t pt-2">
      <Heading
        aside={
          <span className="text-sm text-muted">
            {contact.attempts} of {contact.attemptsMax} attempts
          </span>
        }
      >
        History
      </Heading>
      {contact.history.length === 0 && <p className="text-sm text-muted">Never rung before.</p>}
      <ol className="flex flex-col">
        {contact.history.map((entry) => (
          <li key={entry.attemptId} className="border-b py-1.5 last:border-b-0">
            {entry.note !== '' && <p className="whitespace-pre-wrap select-text">{entry.note}</p>}
            <p className="text-sm text-muted">
              <span className="font-medium text-text">{entry.what}</span>
              {entry.seconds !== null && ` · ${clockText(entry.seconds * 1000)}`} ·{' '}
              {whenWas(entry.at, now, zone)} · {entry.who}
            </p>
          </li>
        ))}
      </ol>
    </div>
  );
}
