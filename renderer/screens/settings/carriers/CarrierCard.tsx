import { ArrowUp } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import type { CarrierRow } from '../../../../shared/contract/carriers.ts';
import { useClient } from '../../../data/client.tsx';
import { useWhyNotAllowed } from '../../../data/roles.ts';
import { exactText } from '../../../data/words.ts';
import { Badge, StateBadge } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { AlertDialog } from '../../../ui/Dialog.tsx';
import type { StateKind } from '../../../ui/StateShape.tsx';
import { useToasts } from '../../../ui/Toaster.tsx';
import { CarrierDialog } from './CarrierDialog.tsx';
import { NumbersDialog } from './NumbersDialog.tsx';
import { PastDialog, PastPart } from './PastPart.tsx';
import { TestCallDialog } from './TestCallDialog.tsx';
import { useBalance, useCarrierWish } from './use-carriers.ts';

const STATE: Record<CarrierRow['state'], { state: StateKind; word: string }> = {
  ready: { state: 'ready', word: 'Ready' },
  'in-trouble': { state: 'trouble', word: 'Trouble' },
  'not-set-up': { state: 'idle', word: 'Not set up' },
};

interface CardProps {
  title: string;
  state: ReactNode;
  about: string;
  children?: ReactNode;
}

/** One carrier: what it is called, how it is, and what can be done about it. */
export function Card({ title, state, about, children }: CardProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-2 rounded-lg border bg-surface p-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 id={id} className="font-semibold">
          {title}
        </h3>
        {state}
      </div>
      <p className="max-w-[72ch] text-muted">{about}</p>
      {children}
    </section>
  );
}

/** A carrier that Parley knows, set up or not. */
export function CarrierCard({ row, order }: { row: CarrierRow; order: readonly string[] }) {
  const isSetUp = row.place !== null;
  return (
    <Card
      title={row.title}
      about={row.about}
      state={
        <>
          <StateBadge {...STATE[row.state]} />
          {isSetUp && order.length > 1 && (
            <Badge>{`Asked ${PLACES[row.place! - 1] ?? `as number ${row.place}`}`}</Badge>
          )}
        </>
      }
    >
      {isSetUp && <Facts row={row} />}
      {isSetUp && <PastPart row={row} />}
      {row.cannot.length > 0 && (
        <ul className="list-disc pl-5 text-sm text-muted">
          {row.cannot.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      <Actions row={row} order={order} />
    </Card>
  );
}

const PLACES = ['first', 'second', 'third', 'fourth'];

function Facts({ row: { kind, sentence, lastWellAt, numbers, hasBalance, state } }: { row: CarrierRow }) {
  const balance = useBalance(kind, hasBalance && state === 'ready');
  return (
    <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-1">
      {state !== 'ready' && <Fact name="Trouble">{sentence}</Fact>}
      <Fact name="Answered last">
        {lastWellAt === null ? 'Not since Parley was opened' : exactText(lastWellAt)}
      </Fact>
      {hasBalance && <Fact name="Balance">{balance.isPending ? '…' : (balance.data ?? 'Not told')}</Fact>}
      <Fact name="Numbers to show">
        {numbers.length === 0 ? 'None chosen yet' : numbers.map(({ shown }) => shown).join(', ')}
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="select-text">{children}</dd>
    </>
  );
}

type Opened = 'credentials' | 'numbers' | 'test-call' | 'past' | 'forget' | null;

function Actions({ row, order }: { row: CarrierRow; order: readonly string[] }) {
  const client = useClient();
  const toasts = useToasts();
  const notAllowed = useWhyNotAllowed('supervisor');
  const [opened, setOpened] = useState<Opened>(null);
  const { run, isBusy, refusal } = useCarrierWish();
  const { kind, title, place } = row;
  const close = () => setOpened(null);
  const check = async () => {
    const checked = await run(() => client.carriers.check({ kind }));
    if (checked.ok)
      toasts.show({ text: checked.value.sentence, tone: checked.value.kind === 'good' ? 'neutral' : 'bad' });
  };
  const sooner = () => run(() => client.carriers.order({ kinds: soonerIn(order, kind) }));
  const forget = async () => {
    if ((await run(() => client.carriers.forget({ kind }))).ok)
      toasts.show({ text: `${title} and its credentials are forgotten.` });
  };
  const button = { size: 'sm', disabledReason: notAllowed } as const;
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <Button
          {...button}
          variant={place === null ? 'primary' : 'secondary'}
          aria-label={place === null ? `Set up ${title}` : `Change the credentials of ${title}`}
          onClick={() => setOpened('credentials')}
        >
          {place === null ? 'Set up' : 'Change'}
        </Button>
        {place !== null && (
          <>
            <Button
              {...button}
              aria-label={`Choose the numbers of ${title}`}
              onClick={() => setOpened('numbers')}
            >
              Numbers
            </Button>
            <Button
              {...button}
              disabledReason={notAllowed ?? (isBusy ? 'The carrier is being asked.' : null)}
              aria-label={`Check ${title} now`}
              onClick={() => void check()}
            >
              Check now
            </Button>
            <Button
              {...button}
              aria-label={`Test call through ${title}`}
              onClick={() => setOpened('test-call')}
            >
              Test call
            </Button>
            <Button {...button} aria-label={`Old calls of ${title}`} onClick={() => setOpened('past')}>
              Old calls…
            </Button>
            {place > 1 && (
              <Button
                {...button}
                icon={<ArrowUp />}
                aria-label={`Ask ${title} sooner`}
                onClick={() => void sooner()}
              >
                Ask sooner
              </Button>
            )}
            <Button
              {...button}
              variant="ghost"
              aria-label={`Forget ${title}`}
              onClick={() => setOpened('forget')}
            >
              Forget
            </Button>
          </>
        )}
      </div>
      {refusal !== null && (
        <p role="alert" className="text-sm text-danger-text">
          {refusal}
        </p>
      )}
      {opened === 'credentials' && <CarrierDialog row={row} onClose={close} />}
      {opened === 'numbers' && <NumbersDialog row={row} onClose={close} />}
      {opened === 'past' && <PastDialog row={row} onClose={close} />}
      {opened === 'test-call' && <TestCallDialog row={row} onClose={close} />}
      <AlertDialog
        open={opened === 'forget'}
        onOpenChange={close}
        title={`Forget ${title}?`}
        body="Its credentials are removed from this computer. Calls and recordings that are here stay; those that were not fetched yet cannot be fetched any more."
        confirmLabel="Forget it"
        danger
        onConfirm={() => void forget()}
      />
    </>
  );
}

/** The same order with one of them a place further up. */
function soonerIn(order: readonly string[], kind: string): string[] {
  const at = order.indexOf(kind);
  const others = order.filter((each) => each !== kind);
  return [...others.slice(0, Math.max(0, at - 1)), kind, ...others.slice(Math.max(0, at - 1))];
}
