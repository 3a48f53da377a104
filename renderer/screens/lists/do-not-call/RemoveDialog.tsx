import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { LeftAlone } from '../../../../shared/contract/do-not-call.ts';
import { useClient } from '../../../data/client.tsx';
import { useWish } from '../../../data/desk.ts';
import { useTell } from '../../../data/message.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { TextField } from '../../../ui/TextField.tsx';

/** Whoever is taken off may be rung again, so the reason is asked for and kept. */
export function RemoveDialog({ entry, onClose }: { entry: LeftAlone; onClose: () => void }) {
  const { doNotCall } = useClient();
  const queries = useQueryClient();
  const wish = useWish();
  const tell = useTell();
  const [why, setWhy] = useState('');
  const whyNot = why.trim() === '' ? 'Say why, in a few words.' : null;
  const remove = async (event: FormEvent) => {
    event.preventDefault();
    if (whyNot !== null) return;
    const answer = await doNotCall.remove({ id: entry.id, why });
    await wish(Promise.resolve(answer));
    if (!answer.ok) return;
    void queries.invalidateQueries({ queryKey: ['do-not-call'] });
    tell(`${entry.shown} may be called again.`);
    onClose();
  };
  return (
    <Dialog
      open
      size="sm"
      onOpenChange={onClose}
      title={`Take ${entry.shown} off the list?`}
      description={`It is there because: ${entry.reason}. Taken off, it may be called again. This is kept in the audit trail.`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="danger" type="submit" form="call-again" disabledReason={whyNot}>
            Take off
          </Button>
        </>
      }
    >
      <form id="call-again" onSubmit={(event) => void remove(event)}>
        <TextField label="Why" value={why} onChange={setWhy} maxLength={200} required />
      </form>
    </Dialog>
  );
}
