import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Check as CheckIcon, Circle, ListChecks } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { mayDo } from '../../shared/domain/people.ts';
import { keep, kept } from '../data/appearance.ts';
import { useClient } from '../data/client.tsx';
import { useDeskValue } from '../data/desk.ts';
import { useHello } from '../data/hello.ts';
import { answered } from '../data/queries.ts';
import { useDevices } from '../phone/device-store.ts';
import { Button } from '../ui/Button.tsx';
import { Popover } from '../ui/Popover.tsx';
import { CHECKS, CHECK_WORDS, type Check, checked } from './checklist.ts';

const KEPT_UNDER = 'parley.checklist-hidden';

/** What is left to do before the first real call. It stays in the rail until it is done, or put away. */
export function Checklist() {
  const { workspace, me } = useHello();
  const [hidden, setHidden] = useState<readonly unknown[]>(readHidden);
  if (workspace?.kind !== 'live' || !mayDo(me, 'supervisor') || hidden.includes(workspace.id)) return null;
  const hide = () => {
    const all = [...hidden, workspace.id];
    keep(KEPT_UNDER, all);
    setHidden(all);
  };
  return <ChecklistButton onHide={hide} />;
}

function ChecklistButton({ onHide }: { onHide: () => void }) {
  const done = useChecked();
  const [open, setOpen] = useState(false);
  if (done === null || done.size === CHECKS.length) return null;
  const left = CHECKS.length - done.size;
  return (
    <Popover
      title="Before the first call"
      side="right"
      align="end"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button
          type="button"
          aria-label={`Before the first call: ${left} of ${CHECKS.length} left`}
          className="relative flex size-10 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-text"
        >
          <ListChecks aria-hidden className="size-5" strokeWidth={1.75} />
          <span
            aria-hidden
            className="absolute -top-0.5 -right-0.5 rounded-full bg-accent px-1 text-xs font-semibold text-on-fill"
          >
            {left}
          </span>
        </button>
      }
    >
      <ul className="flex flex-col">
        {CHECKS.map((check) => (
          <Row key={check} check={check} isDone={done.has(check)} onGo={() => setOpen(false)} />
        ))}
      </ul>
      <Button size="sm" variant="ghost" className="mt-2 -ml-2" onClick={onHide}>
        Put this list away
      </Button>
    </Popover>
  );
}

function Row({ check, isDone, onGo }: { check: Check; isDone: boolean; onGo: () => void }) {
  const [title, about] = CHECK_WORDS[check];
  const Sign = isDone ? CheckIcon : Circle;
  return (
    <li>
      <CheckLink check={check} onGo={onGo}>
        <Sign aria-hidden className="mt-[0.2em] size-[1.1em] shrink-0 text-muted" />
        <span>
          <span className="block font-medium">
            {title}
            {isDone && <span className="sr-only"> (done)</span>}
          </span>
          <span className="block text-sm text-muted">{about}</span>
        </span>
      </CheckLink>
    </li>
  );
}

interface CheckLinkProps {
  check: Check;
  onGo: () => void;
  children: ReactNode;
}

/** To where it is done. Each way is written out, so that the types of the addresses hold. */
function CheckLink({ check, onGo, children }: CheckLinkProps) {
  const rest = { className: 'flex gap-2 rounded-sm px-1 py-1.5 hover:bg-hover', onClick: onGo, children };
  switch (check) {
    case 'microphone':
      return <Link to="/settings" search={{ section: 'devices' }} {...rest} />;
    case 'carrier':
      return <Link to="/settings" search={{ section: 'carriers' }} {...rest} />;
    case 'list':
      return <Link to="/lists/import" {...rest} />;
    case 'hours':
      return <Link to="/campaigns" {...rest} />;
    case 'test-call':
      return <Link to="/dial" {...rest} />;
  }
}

/** Null until all of it is known: a number that jumps is worse than one that comes a moment later. */
function useChecked(): ReadonlySet<Check> | null {
  const client = useClient();
  const { carrier } = useHello();
  const { microphone } = useDevices();
  const dialsToday = useDeskValue(({ today }) => today.dials);
  const lists = useQuery({
    queryKey: ['lists'],
    queryFn: () => answered(client.contacts.lists()),
  });
  const campaigns = useQuery({
    queryKey: ['campaigns', 'list'],
    queryFn: () => answered(client.campaigns.list()),
  });
  if (lists.data === undefined || campaigns.data === undefined) return null;
  return checked({ microphone, carrier, lists: lists.data.length, campaigns: campaigns.data, dialsToday });
}

function readHidden(): readonly unknown[] {
  const ids = kept(KEPT_UNDER);
  return Array.isArray(ids) ? ids : [];
}
