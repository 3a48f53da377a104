import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { z } from 'zod';
import type { workspaceShape } from '../../../shared/contract/shapes.ts';
import { useClient } from '../../data/client.tsx';
import { useWish } from '../../data/desk.ts';
import { useHello } from '../../data/hello.ts';
import { answered } from '../../data/queries.ts';
import { usePractice } from '../../data/use-practice.ts';
import { useWhyNotAllowed } from '../../data/roles.ts';
import { Loaded } from '../../frame/Loaded.tsx';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { Group } from './Group.tsx';

type Workspace = z.output<typeof workspaceShape>;

export function Workspaces() {
  const client = useClient();
  const workspaces = useQuery({
    queryKey: ['workspaces'],
    queryFn: () => answered(client.workspaces.list()),
  });
  return (
    <>
      <Group
        title="Workspaces"
        note="Each has its own people, lists and calls in a folder of its own. None sees another’s."
      >
        <Loaded
          query={workspaces}
          label="Loading workspaces"
          what="The workspaces could not be read."
          rows={2}
        >
          {(rows) => (
            <>
              <WorkspaceTable rows={rows} />
              {rows.every((row) => row.kind !== 'practice') && <MakePractice />}
            </>
          )}
        </Loaded>
      </Group>
      <NewWorkspace />
    </>
  );
}

const COLUMNS: readonly Column<Workspace>[] = [
  { key: 'name', header: 'Name', cell: (row) => <span className="font-medium">{row.name}</span> },
  {
    key: 'kind',
    header: 'Kind',
    width: '16rem',
    cell: (row) => (row.kind === 'practice' ? <Badge>Practice: nobody is called</Badge> : 'Live'),
  },
  { key: 'act', header: 'Actions', width: '9rem', cell: (row) => <OpenAction row={row} /> },
];

function WorkspaceTable({ rows }: { rows: readonly Workspace[] }) {
  return <Table caption="Workspaces" columns={COLUMNS} rows={rows} rowKey={(row) => row.id} />;
}

function MakePractice() {
  const practice = usePractice();
  return (
    <Button className="self-start" disabledReason={practice.whyNot} onClick={() => void practice.open()}>
      Make a practice workspace
    </Button>
  );
}

function OpenAction({ row }: { row: Workspace }) {
  const { workspace } = useHello();
  const client = useClient();
  const wish = useWish();
  if (row.id === workspace?.id) return <span className="text-muted">Open now</span>;
  return (
    <Button
      size="sm"
      aria-label={`Open ${row.name}`}
      onClick={() => void wish(client.workspaces.open({ id: row.id }))}
    >
      Open
    </Button>
  );
}

function NewWorkspace() {
  const client = useClient();
  const wish = useWish();
  const notAllowed = useWhyNotAllowed('supervisor');
  const [name, setName] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '' || notAllowed !== null) return;
    const made = await wish(client.workspaces.create({ name: name.trim() }));
    if (made !== null) setName('');
  };
  return (
    <Group title="New workspace" note="You become its first supervisor. It opens at once, and starts empty.">
      <form onSubmit={(event) => void submit(event)} className="flex flex-wrap items-end gap-2">
        <TextField label="Name" value={name} onChange={setName} maxLength={120} className="w-72" />
        <Button type="submit" disabledReason={notAllowed ?? (name.trim() === '' ? 'It needs a name.' : null)}>
          Make and open
        </Button>
      </form>
    </Group>
  );
}
