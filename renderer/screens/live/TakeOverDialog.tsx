import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useClient } from '../../data/client.tsx';
import { answered } from '../../data/queries.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Choices.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/TextField.tsx';

interface TakeOverDialogProps {
  who: string;
  ownPhone: string;
  /** Hands it over; why not, in a sentence, or null. */
  onTake: (to: string, isOwn: boolean) => Promise<string | null>;
  onClose: () => void;
}

/** Which phone rings, so that a person goes on where the AI voice stops. */
export function TakeOverDialog({ who, ownPhone, onTake, onClose }: TakeOverDialogProps) {
  const { desk } = useClient();
  const { data: colleagues = [] } = useQuery({
    queryKey: ['desk', 'transfer-targets'],
    queryFn: () => answered(desk.transferTargets()),
  });
  const [to, setTo] = useState(ownPhone);
  const [isOwn, setOwn] = useState(true);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const form = useId();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy || to.trim() === '') return;
    setBusy(true);
    const trouble = await onTake(to, isOwn);
    setBusy(false);
    if (trouble === null) onClose();
    else setRefusal(trouble);
  };
  const pick = (number: string) => {
    setTo(number);
    setOwn(false);
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title={`Take over the call with ${who}`}
      description="This phone rings. The AI voice goes on talking until it is picked up, and then leaves."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            disabledReason={
              to.trim() === '' ? 'A phone is needed.' : isBusy ? 'The carrier is being asked.' : null
            }
          >
            Take over
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <TextField
          label="Phone that rings"
          type="tel"
          autoComplete="off"
          value={to}
          onChange={(value) => {
            setTo(value);
            setRefusal(null);
          }}
          maxLength={40}
          error={refusal}
        />
        {colleagues.length > 0 && (
          <div className="flex flex-wrap gap-2">
            {colleagues.map(({ name, number }) => (
              <Button key={number} size="sm" onClick={() => pick(number)}>
                {name}
              </Button>
            ))}
          </div>
        )}
        <Checkbox
          label="This is my own phone"
          description="The next call is taken over with one key, and the call is yours: you say what came of it."
          checked={isOwn}
          onChange={setOwn}
        />
      </form>
    </Dialog>
  );
}
