import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useClient } from '../../data/client.tsx';
import { useTell } from '../../data/message.ts';
import { useWhyNotAllowed } from '../../data/roles.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { usePlayerChange } from './PlayerPart.tsx';

/** Deletes the sound of a call for good. The reason is asked for, because it is all that stays. */
export function PlayerDelete({ callId }: { callId: number }) {
  const { recordings } = useClient();
  const change = usePlayerChange(callId);
  const tell = useTell();
  const whyNot = useWhyNotAllowed('supervisor');
  const [isOpen, setOpen] = useState(false);
  const [why, setWhy] = useState('');
  const remove = async () => {
    if ((await change(recordings.remove({ callId, why: why.trim() }))) === null) return;
    setOpen(false);
    tell('The recording was deleted. Its reason stays with the call.');
  };
  return (
    <>
      <IconButton
        label="Delete the recording…"
        icon={<Trash2 />}
        disabledReason={whyNot}
        onClick={() => setOpen(true)}
      />
      {isOpen && (
        <Dialog
          open
          onOpenChange={setOpen}
          title="Delete this recording?"
          description="The sound goes for good, from this computer. The call, its transcript and your reason stay. The carrier may still have its own copy."
          footer={
            <Button
              variant="danger"
              disabledReason={why.trim() === '' ? 'Say why first.' : null}
              onClick={() => void remove()}
            >
              Delete the recording
            </Button>
          }
        >
          <TextField label="Why it is deleted" value={why} onChange={setWhy} maxLength={300} required />
        </Dialog>
      )}
    </>
  );
}
