import { type FormEvent, useId, useState } from 'react';
import type { Law } from '../../../../shared/contract/law.ts';
import { useClient } from '../../../data/client.tsx';
import { useWhyNotAllowed } from '../../../data/roles.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { type Column, Table } from '../../../ui/Table.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { Group } from '../Group.tsx';
import { useLawForm } from './use-law.ts';

type Register = Law['registers'][number];

/** The do-not-call registers of authorities, and when the lists of this workspace were compared with each. */
export function Registers({ law }: { law: Law }) {
  const notAllowed = useWhyNotAllowed('supervisor');
  const [asking, setAsking] = useState<Register | null>(null);
  const columns: readonly Column<Register>[] = [
    {
      key: 'list',
      header: 'Register',
      cell: ({ list, place }) => (
        <span>
          <span className="block truncate font-medium">{list}</span>
          <span className="block text-sm text-muted">{place}</span>
        </span>
      ),
    },
    { key: 'state', header: 'Compared', cell: (register) => comparedText(register) },
    {
      key: 'act',
      header: 'Actions',
      width: '9rem',
      cell: (register) => (
        <Button
          size="sm"
          aria-label={`Say when ${register.list} was compared`}
          disabledReason={notAllowed}
          onClick={() => setAsking(register)}
        >
          Compared…
        </Button>
      ),
    },
  ];
  return (
    <Group
      title="Do-not-call registers"
      note={
        law.asksRegisters
          ? 'Consumers who did not agree to be called are rung only while the copy of their register is young enough. A copy is read in under Lists, Do not call; one that was compared elsewhere is said here.'
          : 'In practice nobody is reached, so no register is asked. In a live workspace an old copy stops the calls.'
      }
    >
      <Table
        caption="Do-not-call registers"
        columns={columns}
        rows={law.registers}
        rowKey={({ rule }) => rule}
      />
      {asking !== null && (
        <ComparedDialog register={asking} today={law.today} onClose={() => setAsking(null)} />
      )}
    </Group>
  );
}

function comparedText({ comparedOn, by, daysLeft, daysMax }: Register): string {
  if (comparedOn === null) return `Never. A copy may be ${daysMax} days old.`;
  const left =
    daysLeft === 0
      ? 'too old now'
      : daysLeft === 1
        ? 'good for one day more'
        : `good for ${daysLeft} days more`;
  return `With the copy of ${comparedOn}, says ${by}: ${left}.`;
}

interface ComparedDialogProps {
  register: Register;
  today: string;
  onClose: () => void;
}

function ComparedDialog({ register, today, onClose }: ComparedDialogProps) {
  const client = useClient();
  const [on, setOn] = useState(today);
  const { save, refusal } = useLawForm(onClose);
  const form = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save(
      client.law.compared({ rule: register.rule, on }),
      `${register.list} is compared, says the audit trail in your name.`,
    );
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title={`Compared with ${register.list}`}
      description="Everybody in that copy is on the do-not-call list of this workspace now. Your name is kept with it."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            disabledReason={on === '' ? 'Name the date.' : null}
          >
            It was compared
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit}>
        <TextField label="Date of the copy" type="date" value={on} onChange={setOn} error={refusal} />
      </form>
    </Dialog>
  );
}
