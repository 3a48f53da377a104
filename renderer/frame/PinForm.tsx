import { type FormEvent, useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { TextField } from '../ui/TextField.tsx';

interface PinFormProps {
  label: string;
  /** The verb on the button. */
  verb: string;
  /** Answers with a sentence when the PIN was not taken. */
  onPin: (pin: string) => Promise<string | null>;
}

/** Asks for a PIN, and keeps what is wrong with it beside the field. */
export function PinForm({ label, verb, onPin }: PinFormProps) {
  const [pin, setPin] = useState('');
  const [error, setError] = useState<string | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const refusal = await onPin(pin);
    setError(refusal);
    if (refusal !== null) setPin('');
  };
  return (
    <form className="flex flex-col gap-3" onSubmit={(event) => void submit(event)}>
      <TextField
        label={label}
        value={pin}
        onChange={(next) => setPin(next.replace(/\D/g, ''))}
        error={error}
        type="password"
        inputMode="numeric"
        autoComplete="off"
        maxLength={12}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the PIN is the only thing this page is for
        autoFocus
      />
      <Button
        type="submit"
        variant="primary"
        size="lg"
        shortcut="enter"
        className="self-start"
        disabledReason={pin.length < 4 ? 'A PIN has at least 4 digits.' : null}
      >
        {verb}
      </Button>
    </form>
  );
}
