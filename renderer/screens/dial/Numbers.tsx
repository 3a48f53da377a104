import { Building2, Home, Phone, Smartphone, Star } from 'lucide-react';
import type { ContactCard, DeskView } from '../../../shared/contract/desk.ts';
import { cn } from '../../ui/cn.ts';
import { PickList } from './PickList.tsx';
import type { ChosenNumber, PhoneNumber } from './use-number.ts';

interface NumbersProps {
  contact: ContactCard;
  desk: DeskView;
  chosen: ChosenNumber;
  /** Before the call one of them is chosen; in a call they are only shown. */
  isChoice: boolean;
  onDial: () => void;
}

/** Their phones: what kind, how the last call to each went, and which one is rung. */
export function Numbers({ contact, desk, chosen, isChoice, onDial }: NumbersProps) {
  if (contact.numbers.length === 0) return <p className="text-muted">No number is known.</p>;
  if (isChoice) {
    return (
      <PickList
        label="Number to dial"
        value={chosen.number?.id ?? null}
        onPick={chosen.choose}
        onEnter={onDial}
        items={contact.numbers.map((number) => ({
          value: number.id,
          isOff: !number.isUsable,
          content: <NumberRow number={number} />,
        }))}
        className="-mx-2 flex flex-col gap-px"
      />
    );
  }
  return (
    <ul aria-label="Numbers" className="-mx-2 flex flex-col gap-px">
      {contact.numbers.map((number) => {
        const isInUse = number.shown === desk.call?.number;
        return (
          <li
            key={number.id}
            aria-current={isInUse}
            className={cn('flex min-h-7 items-center gap-2 rounded-sm px-2', isInUse && 'bg-selected')}
          >
            <NumberRow number={number} />
          </li>
        );
      })}
    </ul>
  );
}

const ICON = { mobile: Smartphone, office: Building2, home: Home, other: Phone };

function NumberRow({ number }: { number: PhoneNumber }) {
  const KindIcon = ICON[number.kind];
  return (
    <>
      <KindIcon aria-hidden className="size-[1.1em] shrink-0 text-muted" />
      <span className="sr-only">{number.kind}</span>
      <span
        className={cn(
          'font-medium whitespace-nowrap select-text',
          !number.isUsable && 'font-normal line-through',
        )}
      >
        {number.shown}
      </span>
      {number.isStarred && (
        <>
          <Star aria-hidden data-tone="warn" className="size-[1em] shrink-0 fill-current text-tone" />
          <span className="sr-only">picked first</span>
        </>
      )}
      <span className="ml-auto truncate text-sm text-muted">
        {number.lastResult ?? (number.isUsable ? '' : 'cannot be rung')}
      </span>
    </>
  );
}
