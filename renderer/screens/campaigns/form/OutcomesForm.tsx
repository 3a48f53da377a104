import { useQuery } from '@tanstack/react-query';
import { HOUR_MS } from '../../../../shared/lib/instants.ts';
import { useClient } from '../../../data/client.tsx';
import { answered } from '../../../data/queries.ts';
import { Loaded } from '../../../frame/Loaded.tsx';
import type { OutcomeRow } from '../../../../shared/contract/outcomes.ts';
import { Kbd } from '../../../ui/Kbd.tsx';
import { NumberField } from '../../../ui/NumberField.tsx';
import type { Rules } from '../kinds.ts';

interface OutcomesFormProps {
  campaignId: number;
  retryMs: Rules['retryMs'];
  onChange: (retryMs: Rules['retryMs']) => void;
}

/** What each outcome does, and for those that try again, after how long in this campaign. */
export function OutcomesForm({ campaignId, retryMs, onChange }: OutcomesFormProps) {
  const client = useClient();
  const outcomes = useQuery({
    queryKey: ['outcomes', campaignId],
    queryFn: () => answered(client.outcomes.list({ campaignId })),
  });
  return (
    <Loaded query={outcomes} label="Loading outcomes" what="The outcomes could not be read." rows={6}>
      {(rows) => <OutcomesTable rows={rows} retryMs={retryMs} onChange={onChange} />}
    </Loaded>
  );
}

interface OutcomesTableProps extends Omit<OutcomesFormProps, 'campaignId'> {
  rows: readonly OutcomeRow[];
}

function OutcomesTable({ rows, retryMs, onChange }: OutcomesTableProps) {
  const set = (id: string, hours: number | null) => {
    const { [id]: _, ...others } = retryMs;
    onChange(hours === null ? others : { ...others, [id]: Math.round(hours * HOUR_MS) });
  };
  return (
    <table className="w-full max-w-[44rem] border-collapse text-left">
      <caption className="sr-only">Outcomes and what they do</caption>
      <thead>
        <tr className="border-b text-sm text-muted">
          <th scope="col" className="h-row w-12 font-medium">
            Key
          </th>
          <th scope="col" className="font-medium">
            Outcome
          </th>
          <th scope="col" className="font-medium">
            What it does
          </th>
          <th scope="col" className="w-44 font-medium">
            Again after
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, label, digit, consequence, does }) => (
          <tr key={id} className="h-10 border-b last:border-b-0">
            <td>{digit !== '' && <Kbd keys={digit} spoken />}</td>
            <td className="font-medium">{label}</td>
            <td className="text-muted">{consequence.kind === 'retry' ? 'tries again' : does}</td>
            <td className="py-1">
              {consequence.kind === 'retry' && (
                <NumberField
                  label={`Again after ${label}`}
                  hideLabel
                  unit="hours"
                  min={1}
                  max={365 * 24}
                  value={Math.round(((retryMs[id] ?? consequence.afterMs) / HOUR_MS) * 100) / 100}
                  onChange={(hours) => set(id, hours === consequence.afterMs / HOUR_MS ? null : hours)}
                />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
