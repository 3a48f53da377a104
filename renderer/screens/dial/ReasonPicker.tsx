import { type FormEvent, type ReactElement, useRef, useState } from 'react';
import { useKeys } from '../../keys/KeysProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { TextField } from '../../ui/TextField.tsx';

interface ReasonPickerProps {
  title: string;
  trigger: ReactElement;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Each has its place as its digit; the one after the last is typed. */
  reasons: readonly string[];
  onPick: (reason: string) => void;
  /** A way back, on 0. */
  never?: { label: string; run: () => void } | undefined;
}

/** A short list of reasons under a button: one digit, and it is done. */
export function ReasonPicker({ title, trigger, open, onOpenChange, ...list }: ReasonPickerProps) {
  const close = () => onOpenChange(false);
  return (
    <Popover
      title={title}
      trigger={trigger}
      open={open}
      onOpenChange={onOpenChange}
      align="end"
      returnsFocus={false}
    >
      <Reasons {...list} onDone={close} />
    </Popover>
  );
}

type ReasonsProps = Pick<ReasonPickerProps, 'reasons' | 'onPick' | 'never'> & { onDone: () => void };

function Reasons({ reasons, onPick, never, onDone }: ReasonsProps) {
  const [other, setOther] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const otherDigit = String(reasons.length + 1);
  const pick = (reason: string) => {
    onDone();
    onPick(reason);
  };
  const goBack = () => {
    onDone();
    never?.run();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (other.trim() !== '') pick(other.trim());
  };
  useKeys('dialog', [
    ...reasons.map((reason, index) => ({
      id: `reason.${index + 1}`,
      keys: String(index + 1),
      title: reason,
      run: () => pick(reason),
    })),
    { id: 'reason.other', keys: otherDigit, title: 'Another reason', run: () => field.current?.focus() },
    ...(never === undefined ? [] : [{ id: 'reason.never', keys: '0', title: never.label, run: goBack }]),
  ]);
  return (
    <form onSubmit={submit} className="flex flex-col gap-0.5">
      {reasons.map((reason, index) => (
        <ReasonRow key={reason} digit={String(index + 1)} label={reason} onClick={() => pick(reason)} />
      ))}
      {never !== undefined && <ReasonRow digit="0" label={never.label} onClick={goBack} />}
      <div className="flex items-center gap-2 pt-1 pl-2">
        <Kbd keys={otherDigit} />
        <TextField
          ref={field}
          label="Another reason"
          hideLabel
          placeholder="Another reason, then Enter"
          maxLength={80}
          value={other}
          onChange={setOther}
          className="flex-1"
        />
      </div>
    </form>
  );
}

function ReasonRow({ digit, label, onClick }: { digit: string; label: string; onClick: () => void }) {
  return (
    <Button variant="ghost" size="sm" className="justify-start font-normal" onClick={onClick}>
      <Kbd keys={digit} />
      {label}
    </Button>
  );
}
