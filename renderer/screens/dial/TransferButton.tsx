import { useQuery, useQueryClient } from '@tanstack/react-query';
import { MessagesSquare, PhoneForwarded, X } from 'lucide-react';
import { type FormEvent, type Ref, useRef, useState } from 'react';
import { useClient } from '../../data/client.tsx';
import { useWish } from '../../data/desk.ts';
import { answered } from '../../data/queries.ts';
import { useKeys } from '../../keys/KeysProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { cn } from '../../ui/cn.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { TextField } from '../../ui/TextField.tsx';

const TARGETS = ['desk', 'transfer-targets'];

interface Target {
  readonly name: string;
  readonly number: string;
}
/** As many as there are digits, less the one for a number typed by hand. */
const DIGITS_MAX = 9;

interface TransferButtonProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  disabledReason: string | null;
  /** Why nobody can be asked first; null where they can. */
  noConsult: string | null;
  labelClassName: string;
}

/**
 * `T`, then a digit or a number: the contact is handed over, and the agent goes on to the outcome. With `A` before it,
 * the colleague is asked first.
 */
export function TransferButton({
  open,
  onOpenChange,
  disabledReason,
  noConsult,
  labelClassName,
}: TransferButtonProps) {
  const { desk } = useClient();
  // Known before it is opened: the first name has the focus then, and a digit picks instead of being typed.
  const { data: targets } = useQuery({
    queryKey: TARGETS,
    queryFn: () => answered(desk.transferTargets()),
  });
  const button = (
    <Button size="sm" icon={<PhoneForwarded />} shortcut="t" disabledReason={disabledReason}>
      <span className={labelClassName}>Transfer</span>
    </Button>
  );
  if (disabledReason !== null || targets === undefined) return button;
  return (
    <Popover
      title="Hand over to whom?"
      open={open}
      onOpenChange={onOpenChange}
      returnsFocus={false}
      trigger={button}
    >
      <Targets targets={targets} noConsult={noConsult} onDone={() => onOpenChange(false)} />
    </Popover>
  );
}

interface TargetsProps {
  targets: readonly Target[];
  noConsult: string | null;
  onDone: () => void;
}

function Targets({ targets, noConsult, onDone }: TargetsProps) {
  const { desk } = useClient();
  const wish = useWish();
  const queries = useQueryClient();
  const field = useRef<HTMLInputElement>(null);
  const offered = targets.slice(0, DIGITS_MAX);
  const [asksFirst, setAsksFirst] = useState(false);
  const isAsked = asksFirst && noConsult === null;
  const hand = (to: string, name: string) => {
    onDone();
    const wished = isAsked ? desk.consult({ to, name }) : desk.transfer({ to, name });
    void wish(wished).then(() =>
      // A number given with a name is offered the next time.
      queries.invalidateQueries({ queryKey: TARGETS }),
    );
  };
  const forget = async (number: string) => {
    await wish(desk.forgetTransferTarget({ number }));
    await queries.invalidateQueries({ queryKey: TARGETS });
  };
  useKeys('dialog', [
    ...offered.map(({ name, number }, index) => ({
      id: `transfer.${index + 1}`,
      keys: String(index + 1),
      title: isAsked ? `Ask ${name}` : `Hand over to ${name}`,
      run: () => hand(number, name),
    })),
    {
      id: 'transfer.ask',
      keys: 'a',
      title: asksFirst ? 'Hand over without asking' : 'Ask them first',
      run: () => setAsksFirst(!asksFirst),
      whyNot: noConsult,
    },
    { id: 'transfer.other', keys: '0', title: 'Another number', run: () => field.current?.focus() },
  ]);
  return (
    <div className="flex flex-col gap-0.5">
      <Button
        size="sm"
        icon={<MessagesSquare />}
        shortcut="a"
        aria-pressed={isAsked}
        disabledReason={noConsult}
        className={cn('mb-1 self-start', isAsked && 'border-accent')}
        onClick={() => setAsksFirst(!asksFirst)}
      >
        {isAsked ? 'They are asked first' : 'Ask them first'}
      </Button>
      {offered.map(({ name, number }, index) => (
        <div key={number} className="flex items-center">
          <Button
            variant="ghost"
            size="sm"
            className="min-w-0 flex-1 justify-start font-normal"
            onClick={() => hand(number, name)}
          >
            <Kbd keys={String(index + 1)} />
            <span className="truncate">{name}</span>
            <span className="ml-auto text-muted">{number}</span>
          </Button>
          <IconButton size="sm" label={`Forget ${name}`} icon={<X />} onClick={() => void forget(number)} />
        </div>
      ))}
      <OtherNumber fieldRef={field} word={isAsked ? 'Ask them' : 'Hand over'} onHand={hand} />
    </div>
  );
}

interface OtherNumberProps {
  fieldRef: Ref<HTMLInputElement>;
  word: string;
  onHand: (to: string, name: string) => void;
}

function OtherNumber({ fieldRef, word, onHand }: OtherNumberProps) {
  const [to, setTo] = useState('');
  const [name, setName] = useState('');
  const whyNot = to.trim() === '' ? 'Type a number first.' : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (whyNot === null) onHand(to.trim(), name.trim());
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-2 pt-1">
      <TextField
        ref={fieldRef}
        label="Another number"
        type="tel"
        autoComplete="off"
        maxLength={64}
        tail={<Kbd keys="0" />}
        value={to}
        onChange={setTo}
      />
      <TextField
        label="Keep it under this name"
        maxLength={80}
        value={name}
        onChange={setName}
        description="Left empty, it is not kept."
      />
      <Button type="submit" size="sm" variant="primary" disabledReason={whyNot} className="self-start">
        {word}
      </Button>
    </form>
  );
}
