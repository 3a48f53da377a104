import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useClient } from '../data/client.tsx';
import { useDesk } from '../data/desk.ts';
import { answered } from '../data/queries.ts';
import { useAnnounce } from '../ui/Announcer.tsx';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { type Tally, doneSince, isTourOver, tallyInWords } from './tour.ts';
import { closeTour, tourAgain, useTour } from './tour-store.ts';

/** What the practice minute came to, and where to go from here. It stands in nobody’s way, and goes when told to. */
export function TourCard() {
  const desk = useDesk();
  const { begun, isClosed, hints } = useTour();
  const calls = doneSince(begun, { ...begun, calls: desk.today.dials }).calls;
  const isDue = !isClosed && !hints.has('all') && isTourOver(desk, { ...begun, calls });
  // Once it is there it stays through the calls that follow: a bar that came and went would move everything each time.
  const [shownFor, setShownFor] = useState<Tally | null>(null);
  if (isDue && shownFor !== begun) setShownFor(begun);
  const isShown = isDue || (shownFor === begun && !isClosed);
  return isShown ? <Card dials={desk.today.dials} talks={desk.today.talks} /> : null;
}

function Card({ dials, talks }: { dials: number; talks: number }) {
  const client = useClient();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const { begun } = useTour();
  const { data: day } = useQuery({
    queryKey: ['desk', 'own-day', dials],
    queryFn: () => answered(client.desk.ownDay()),
    placeholderData: (before) => before,
  });
  const callbacks = day?.outcomes.find(({ label }) => label === 'Callback')?.n ?? 0;
  const now: Tally = { calls: dials, talks, callbacks };
  const words = day === undefined ? '' : tallyInWords(doneSince(begun, now));
  useEffect(() => {
    if (words !== '') announce(`${words} That was a shift in a minute.`);
  }, [announce, words]);
  if (day === undefined) return null;
  return (
    <section
      aria-label="Tour"
      className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b bg-raised px-4 py-2"
    >
      <p>
        <span className="font-semibold">{words}</span> That was a shift in a minute. Nobody was called.
      </p>
      <div className="ml-auto flex flex-wrap gap-2">
        <Button size="sm" variant="primary" onClick={() => void navigate({ to: '/lists/import' })}>
          Import my list
        </Button>
        <Button size="sm" onClick={() => void navigate({ to: '/settings', search: { section: 'carriers' } })}>
          Connect a carrier
        </Button>
        <Button
          size="sm"
          onClick={() => {
            tourAgain(now);
            void navigate({ to: '/dial' });
          }}
        >
          Again
        </Button>
        <IconButton size="sm" label="Close" icon={<X />} onClick={closeTour} />
      </div>
    </section>
  );
}
