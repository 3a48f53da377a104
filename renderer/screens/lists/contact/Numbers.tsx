import { Star } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { ContactSheet } from '../../../../shared/contract/contacts.ts';
import { instant } from '../../../../shared/lib/instants.ts';
import { useClient } from '../../../data/client.tsx';
import { Badge } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Select } from '../../../ui/Select.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { useNow } from '../../../ui/use-now.tsx';
import { clockIn } from '../../dial/times.ts';
import { Verdict } from './Verdict.tsx';
import { useEdit } from './use-contact.ts';

type KnownNumber = ContactSheet['numbers'][number];

const MINUTE_MS = 60_000;
const KINDS = (['mobile', 'office', 'home', 'other'] as const).map((value) => ({
  value,
  label: value[0]!.toUpperCase() + value.slice(1),
}));

/** Their numbers, the one to ring first: where each is, what time it is there, and whether it may be rung by hand. */
export function Numbers({ sheet }: { sheet: ContactSheet }) {
  const [isAdding, setAdding] = useState(false);
  return (
    <section aria-labelledby="numbers">
      <h2 id="numbers" className="text-lg font-semibold">
        Numbers
      </h2>
      <ul className="mt-1 flex flex-col divide-y">
        {sheet.numbers.map((number) => (
          <Line key={number.id} id={sheet.id} number={number} isOnly={sheet.numbers.length === 1} />
        ))}
        {sheet.numbers.length === 0 && <li className="py-2 text-muted">No number is known.</li>}
      </ul>
      {isAdding ? (
        <AddNumber id={sheet.id} onDone={() => setAdding(false)} />
      ) : (
        <Button size="sm" className="mt-2" onClick={() => setAdding(true)}>
          Add a number
        </Button>
      )}
    </section>
  );
}

function Line({ id, number, isOnly }: { id: number; number: KnownNumber; isOnly: boolean }) {
  const { contacts } = useClient();
  const edit = useEdit(id);
  const now = useNow(MINUTE_MS);
  const [zone] = number.zones;
  const there = zone === undefined ? null : clockIn(instant(now), zone);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-0.5 py-2">
      <span className="font-medium tabular-nums">{number.shown}</span>
      <span className="text-muted">{number.kind}</span>
      {number.isStarred && <Badge icon={<Star aria-hidden />}>{isOnly ? 'Chosen' : 'Rung first'}</Badge>}
      {number.unusable !== null && <Badge tone="bad">{number.unusable}</Badge>}
      <span className="ml-auto flex gap-1">
        {!number.isStarred && (
          <Button
            size="sm"
            variant="ghost"
            aria-label={`Ring ${number.shown} first`}
            onClick={() => void edit(contacts.starNumber({ id, numberId: number.id }))}
          >
            Ring first
          </Button>
        )}
        <Button
          size="sm"
          variant="ghost"
          aria-label={`Remove ${number.shown}`}
          onClick={() => void edit(contacts.removeNumber({ id, numberId: number.id }))}
        >
          Remove
        </Button>
      </span>
      <span className="w-full text-sm text-muted">
        {there === null
          ? 'Where it is is not known.'
          : number.zones.length === 1
            ? `${there} there`
            : `${there} there, or another time: it may be in ${number.zones.length} time zones`}
        {number.lastResult !== null && `. Last time: ${number.lastResult}`}
      </span>
      <Verdict verdict={number.verdict} />
    </li>
  );
}

function AddNumber({ id, onDone }: { id: number; onDone: () => void }) {
  const { contacts } = useClient();
  const edit = useEdit(id);
  const [typed, setTyped] = useState('');
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const [kind, setKind] = useState<(typeof KINDS)[number]['value']>('mobile');
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (await edit(contacts.addNumber({ id, typed, kind }))) onDone();
  };
  return (
    <form
      onSubmit={(event) => void add(event)}
      className="mt-2 flex flex-wrap items-end gap-2 rounded-md bg-sunken p-2"
    >
      <TextField
        label="Number"
        value={typed}
        onChange={setTyped}
        maxLength={40}
        className="w-48"
        ref={first}
      />
      <Select label="Kind" value={kind} onChange={setKind} options={KINDS} className="w-32" />
      <Button onClick={onDone}>Cancel</Button>
      <Button
        type="submit"
        variant="primary"
        disabledReason={typed.trim() === '' ? 'Type a number first.' : null}
      >
        Add
      </Button>
    </form>
  );
}
