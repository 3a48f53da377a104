import { type FormEvent, useId, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Choices.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextArea } from '../../ui/TextField.tsx';

interface SayDialogProps {
  who: string;
  /** Has it said; why not, in a sentence, or null. */
  onSay: (words: string, thenHangUp: boolean) => Promise<string | null>;
  onClose: () => void;
}

/** Words for the AI voice to say next. */
export function SayDialog({ who, onSay, onClose }: SayDialogProps) {
  const [words, setWords] = useState('');
  const [thenHangUp, setThenHangUp] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const form = useId();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (words.trim() === '') return;
    const trouble = await onSay(words, thenHangUp);
    if (trouble === null) onClose();
    else setRefusal(trouble);
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title={`Have the AI voice say something to ${who}`}
      description="It is said as soon as the voice has finished its sentence."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            disabledReason={words.trim() === '' ? 'There is nothing to say yet.' : null}
          >
            Say it
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <TextArea label="Words" rows={3} maxLength={500} value={words} onChange={setWords} error={refusal} />
        <Checkbox label="Then hang up" checked={thenHangUp} onChange={setThenHangUp} />
      </form>
    </Dialog>
  );
}
