import { useQuery, useQueryClient } from '@tanstack/react-query';
import { FileUp } from 'lucide-react';
import { useState } from 'react';
import type { RegistryRow } from '../../../../shared/contract/do-not-call.ts';
import { useClient } from '../../../data/client.tsx';
import { useWish } from '../../../data/desk.ts';
import { answered } from '../../../data/queries.ts';
import { useWhyNotAllowed } from '../../../data/roles.ts';
import { countText } from '../../../data/words.ts';
import { Badge } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { AlertDialog } from '../../../ui/Dialog.tsx';
import { RegistryDialog } from './RegistryDialog.tsx';

const TONES = { fresh: 'good', ages: 'warn', 'too-old': 'bad' } as const;
const WORDS = { fresh: 'Fresh', ages: 'Ages', 'too-old': 'Too old' } as const;

/** Copies of registers that the law says to ask, each with its date and what its age means. */
export function Registries() {
  const { doNotCall } = useClient();
  const notAllowed = useWhyNotAllowed('supervisor');
  const rows = useQuery({
    queryKey: ['do-not-call', 'registries'],
    queryFn: () => answered(doNotCall.registries()),
  }).data;
  const [isReading, setReading] = useState(false);
  return (
    <section aria-labelledby="registries" className="mt-8 pb-6">
      <div className="flex items-center gap-3">
        <h2 id="registries" className="text-lg font-semibold">
          Registers
        </h2>
        <Button size="sm" icon={<FileUp />} disabledReason={notAllowed} onClick={() => setReading(true)}>
          Read in a register…
        </Button>
      </div>
      <p className="mt-1 max-w-[75ch] text-sm text-muted">
        Files of numbers that an authority keeps, such as a national do-not-call register. Who is in one is
        left alone at import and at the instant of each dial, unless they agreed to be called.
      </p>
      <ul className="mt-2 flex max-w-3xl flex-col divide-y">
        {rows?.map((row) => (
          <Line key={row.id} row={row} notAllowed={notAllowed} />
        ))}
        {rows?.length === 0 && <li className="py-2 text-muted">No register was read in yet.</li>}
      </ul>
      {isReading && <RegistryDialog onClose={() => setReading(false)} />}
    </section>
  );
}

function Line({ row, notAllowed }: { row: RegistryRow; notAllowed: string | null }) {
  const { doNotCall } = useClient();
  const queries = useQueryClient();
  const wish = useWish();
  const [asks, setAsks] = useState(false);
  const drop = async () => {
    await wish(doNotCall.dropRegistry({ id: row.id }));
    void queries.invalidateQueries({ queryKey: ['do-not-call'] });
  };
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <span className="font-medium">{row.name}</span>
      <span className="text-muted">{row.jurisdiction}</span>
      {row.state === 'reading' ? (
        <Badge tone="warn">Not read to its end</Badge>
      ) : (
        <Badge tone={TONES[row.age]}>{WORDS[row.age]}</Badge>
      )}
      <span>
        {countText(row.numbers)} numbers
        {row.covers.length > 0 && `, for ${row.covers.join(', ')}`}
      </span>
      <Button
        size="sm"
        variant="ghost"
        className="ml-auto"
        aria-label={`Drop ${row.name}`}
        disabledReason={notAllowed}
        onClick={() => setAsks(true)}
      >
        Drop…
      </Button>
      <span className="w-full text-sm text-muted">
        {row.state === 'in-use' ? row.sentence : 'Drop it, and read the file in again.'}
        {row.skipped > 0 && ` ${countText(row.skipped)} lines held no number.`} From {row.fileName}, by{' '}
        {row.by}.
      </span>
      <AlertDialog
        open={asks}
        onOpenChange={setAsks}
        title={`Drop ${row.name}?`}
        body="Its numbers are asked of no more. Where the law asks for this register, nobody is called until another copy is here."
        confirmLabel="Drop"
        danger
        onConfirm={() => void drop()}
      />
    </li>
  );
}
