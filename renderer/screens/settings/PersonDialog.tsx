import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { mayDo, type Person, type Role, ROLES } from '../../../shared/domain/people.ts';
import { useClient } from '../../data/client.tsx';
import { useHello } from '../../data/hello.ts';
import { ROLE_SENTENCE, ROLE_WORD } from '../../data/people-words.ts';
import { Button } from '../../ui/Button.tsx';
import { RadioGroup } from '../../ui/Choices.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useToasts } from '../../ui/Toaster.tsx';

/** Adds somebody, or changes the name and role of somebody who is here. */
export function PersonDialog({ person, onClose }: { person: Person | null; onClose: () => void }) {
  const { me } = useHello();
  const [name, setName] = useState(person?.name ?? '');
  const [role, setRole] = useState<Role>(person?.role ?? 'agent');
  const { save, refusal } = useSave(person, onClose);
  const form = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save(name.trim(), role);
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title={person === null ? 'Add a person' : `Change ${person.name}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            disabledReason={name.trim() === '' ? 'A name is needed.' : null}
          >
            {person === null ? 'Add' : 'Save'}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        <TextField label="Name" required value={name} onChange={setName} maxLength={120} error={refusal} />
        <RadioGroup
          label="Role"
          value={role}
          onChange={setRole}
          options={ROLES.map((value) => ({
            value,
            label: ROLE_WORD[value],
            description: mayDo(me, value)
              ? ROLE_SENTENCE[value]
              : `${ROLE_SENTENCE[value]} You can give roles up to your own.`,
            disabled: !mayDo(me, value),
          }))}
        />
      </form>
    </Dialog>
  );
}

function useSave(person: Person | null, onClose: () => void) {
  const client = useClient();
  const queries = useQueryClient();
  const toasts = useToasts();
  const [refusal, setRefusal] = useState<string | null>(null);
  const save = async (name: string, role: Role) => {
    if (name === '') return;
    const answer = await (person === null
      ? client.people.add({ name, role })
      : client.people.change({ id: person.id, name, role }));
    if (!answer.ok) return setRefusal(answer.error.sentence);
    await queries.invalidateQueries({ queryKey: ['people'] });
    toasts.show({ text: person === null ? `${name} was added.` : `${name} was changed.` });
    onClose();
  };
  return { save, refusal };
}
