import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { OutcomeRow } from '../../../shared/contract/outcomes.ts';
import { useClient } from '../../data/client.tsx';
import { answered } from '../../data/queries.ts';
import { useWhyNotAllowed } from '../../data/roles.ts';
import { Loaded } from '../../frame/Loaded.tsx';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { Group } from './Group.tsx';
import { OutcomeDialog } from './OutcomeDialog.tsx';

/** What may come of a call in every campaign: its key, its name and what it does. */
export function Outcomes() {
  const client = useClient();
  const outcomes = useQuery({
    queryKey: ['outcomes', null],
    queryFn: () => answered(client.outcomes.list({ campaignId: null })),
  });
  const notAllowed = useWhyNotAllowed('supervisor');
  const [open, setOpen] = useState<{ outcome: OutcomeRow | null } | null>(null);
  return (
    <Group
      title="Outcomes"
      note="What agents file after a call, in every campaign. None can be deleted, because calls that were filed point at them; without a key an outcome is still found by its name."
    >
      <Loaded query={outcomes} label="Loading outcomes" what="The outcomes could not be read." rows={6}>
        {(rows) => (
          <Table
            caption="Outcomes"
            columns={columnsFor(notAllowed, (outcome) => setOpen({ outcome }))}
            rows={rows}
            rowKey={({ id }) => id}
          />
        )}
      </Loaded>
      <Button
        className="self-start"
        variant="primary"
        disabledReason={notAllowed}
        onClick={() => setOpen({ outcome: null })}
      >
        Add an outcome
      </Button>
      {open !== null && (
        <OutcomeDialog outcome={open.outcome} all={outcomes.data ?? []} onClose={() => setOpen(null)} />
      )}
    </Group>
  );
}

function columnsFor(
  notAllowed: string | null,
  onChange: (outcome: OutcomeRow) => void,
): readonly Column<OutcomeRow>[] {
  return [
    {
      key: 'digit',
      header: 'Key',
      width: '4rem',
      cell: ({ digit }) =>
        digit === '' ? <span className="text-muted">none</span> : <Kbd keys={digit} spoken />,
    },
    {
      key: 'label',
      header: 'Outcome',
      cell: ({ label, isSuccess }) => (
        <span className="flex items-center gap-2">
          <span className="truncate font-medium">{label}</span>
          {isSuccess && <Badge tone="good">Success</Badge>}
        </span>
      ),
    },
    { key: 'does', header: 'What it does', cell: ({ does }) => does },
    {
      key: 'act',
      header: 'Actions',
      width: '8rem',
      cell: (outcome) => (
        <Button
          size="sm"
          aria-label={`Change ${outcome.label}`}
          disabledReason={notAllowed}
          onClick={() => onChange(outcome)}
        >
          Change
        </Button>
      ),
    },
  ];
}
