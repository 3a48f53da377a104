import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeskView } from '../../../shared/contract/desk.ts';
import { inWholeSeconds } from '../../../shared/domain/time-ledger.ts';
import { SECOND_MS } from '../../../shared/lib/instants.ts';
import { useClient } from '../../data/client.tsx';
import { answered } from '../../data/queries.ts';
import { useKeys } from '../../keys/KeysProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { StateShape } from '../../ui/StateShape.tsx';
import { clockText, spokenDuration } from '../../ui/time-text.ts';
import { type DayShare, inOrder, shapeOf, wordOf } from './own-day.ts';
import { clockIn, ownZone } from './times.ts';
import { Today } from './Today.tsx';

/** The day in four figures; pressed, where every second of it went. */
export function OwnDay({ today }: { today: DeskView['today'] }) {
  const [open, setOpen] = useState(false);
  useKeys('screen', [
    { id: 'dial.own-day', keys: 'alt+y', title: 'Your day so far', run: () => setOpen(!open) },
  ]);
  return (
    <Popover
      title="Your day so far"
      side="top"
      align="end"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" variant="ghost" className="-mr-2 font-normal">
          <Today today={today} />
          <span className="sr-only">: where the time went</span>
        </Button>
      }
    >
      <Ledger />
    </Popover>
  );
}

function Ledger() {
  const { desk } = useClient();
  // Asked anew at each opening: a ledger that runs on while it is read would never add up to the eye.
  const { data } = useQuery({
    queryKey: ['desk', 'own-day'],
    queryFn: () => answered(desk.ownDay()),
    staleTime: 0,
    gcTime: 0,
  });
  if (data === undefined) return <p className="h-40 text-muted">Adding it up…</p>;
  const shares = inOrder(inWholeSeconds(data.shares));
  const seconds = shares.reduce((sum, share) => sum + share.seconds, 0);
  if (seconds === 0)
    return <p className="text-muted">Nothing yet. It begins with your first session today.</p>;
  return (
    <div className="flex flex-col gap-2">
      <p className="text-sm text-muted">
        {clockIn(data.from, ownZone())} to {clockIn(data.until, ownZone())}, every second once.
      </p>
      <span aria-hidden className="flex h-2.5 gap-px overflow-hidden rounded-sm">
        {shares.map((share) => (
          <span
            key={`${share.kind} ${share.reason}`}
            data-tone={shapeOf(share.kind)}
            className="filled min-w-px bg-tone"
            style={{ flexGrow: share.seconds }}
          />
        ))}
      </span>
      <table className="w-full text-sm">
        <caption className="sr-only">Where the time went</caption>
        <tbody>
          {shares.map((share) => (
            <Row key={`${share.kind} ${share.reason}`} share={share} />
          ))}
        </tbody>
        <tfoot>
          <tr className="border-t font-semibold">
            <th scope="row" className="py-1 text-left">
              Together
            </th>
            <Time seconds={seconds} />
          </tr>
        </tfoot>
      </table>
      {data.outcomes.length > 0 && (
        <p className="border-t pt-2 text-sm">
          <span className="text-muted">Outcomes: </span>
          {data.outcomes.map(({ label, n }) => `${label} ${n}`).join(' · ')}
        </p>
      )}
    </div>
  );
}

function Row({ share }: { share: DayShare }) {
  return (
    <tr>
      <th scope="row" className="py-0.5 text-left font-normal">
        <span data-tone={shapeOf(share.kind)} className="flex items-center gap-2">
          <StateShape state={shapeOf(share.kind)} className="size-3.5 shrink-0 text-tone" />
          {wordOf(share)}
        </span>
      </th>
      <Time seconds={share.seconds} />
    </tr>
  );
}

function Time({ seconds }: { seconds: number }) {
  return (
    <td className="text-right">
      <span aria-hidden>{clockText(seconds * SECOND_MS)}</span>
      <span className="sr-only">{spokenDuration(seconds * SECOND_MS)}</span>
    </td>
  );
}
