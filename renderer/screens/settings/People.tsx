import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { mayDo, type Person } from '../../../shared/domain/people.ts';
import { useClient } from '../../data/client.tsx';
import { useWish } from '../../data/desk.ts';
import { useHello } from '../../data/hello.ts';
import { ROLE_WORD } from '../../data/people-words.ts';
import { answered } from '../../data/queries.ts';
import { useWhyNotAllowed } from '../../data/roles.ts';
import { Loaded } from '../../frame/Loaded.tsx';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { useToasts } from '../../ui/Toaster.tsx';
import { Group } from './Group.tsx';
import { PersonDialog } from './PersonDialog.tsx';
import { PinDialog } from './PinDialog.tsx';

type Open = { kind: 'add' } | { kind: 'change'; person: Person } | { kind: 'pin'; person: Person } | null;

export function People() {
  const client = useClient();
  const people = useQuery({ queryKey: ['people'], queryFn: () => answered(client.people.list()) });
  const notAllowed = useWhyNotAllowed('supervisor');
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  return (
    <Group title="People" note="Everybody who works in this workspace, and what they may do in it.">
      <Loaded query={people} label="Loading people" what="The people could not be read." rows={3}>
        {(rows) => <PeopleTable rows={rows} onOpen={setOpen} />}
      </Loaded>
      <Button
        className="self-start"
        variant="primary"
        disabledReason={notAllowed}
        onClick={() => setOpen({ kind: 'add' })}
      >
        Add a person
      </Button>
      {(open?.kind === 'add' || open?.kind === 'change') && (
        <PersonDialog person={open.kind === 'change' ? open.person : null} onClose={close} />
      )}
      {open?.kind === 'pin' && <PinDialog person={open.person} onClose={close} />}
    </Group>
  );
}

function PeopleTable({ rows, onOpen }: { rows: readonly Person[]; onOpen: (open: Open) => void }) {
  const { me } = useHello();
  const columns: readonly Column<Person>[] = [
    {
      key: 'name',
      header: 'Name',
      cell: (person) => (
        <span className="flex items-center gap-2">
          <span className="truncate font-medium">{person.name}</span>
          {person.id === me?.id && <Badge tone="accent">You</Badge>}
        </span>
      ),
    },
    { key: 'role', header: 'Role', width: '9rem', cell: (person) => ROLE_WORD[person.role] },
    { key: 'pin', header: 'PIN', width: '6rem', cell: (person) => (person.hasPin ? 'Set' : 'None') },
    {
      key: 'act',
      header: 'Actions',
      width: '19rem',
      cell: (person) => <PersonActions person={person} onOpen={onOpen} />,
    },
  ];
  return <Table caption="People" columns={columns} rows={rows} rowKey={(person) => String(person.id)} />;
}

function PersonActions({ person, onOpen }: { person: Person; onOpen: (open: Open) => void }) {
  const { me } = useHello();
  const client = useClient();
  const wish = useWish();
  const toasts = useToasts();
  const notAllowed = useWhyNotAllowed('supervisor');
  const isMe = person.id === me?.id;
  const takeAway = async () => {
    const changed = await wish(client.people.setPin({ id: person.id, pin: null }));
    if (changed !== null) toasts.show({ text: `${person.name} has no PIN now.` });
  };
  const whyKeep = !person.hasPin
    ? 'There is no PIN to take away.'
    : isMe || mayDo(me, 'admin')
      ? null
      : 'Only an admin may take somebody else’s PIN away.';
  return (
    <span className="flex gap-1.5">
      <Button
        size="sm"
        aria-label={`Change ${person.name}`}
        disabledReason={notAllowed}
        onClick={() => onOpen({ kind: 'change', person })}
      >
        Change
      </Button>
      <Button
        size="sm"
        aria-label={`Set PIN of ${person.name}`}
        disabledReason={isMe ? null : 'Only they can set their own PIN.'}
        onClick={() => onOpen({ kind: 'pin', person })}
      >
        Set PIN
      </Button>
      <Button
        size="sm"
        variant="ghost"
        aria-label={`Take PIN away from ${person.name}`}
        disabledReason={whyKeep}
        onClick={() => void takeAway()}
      >
        Take PIN away
      </Button>
    </span>
  );
}
