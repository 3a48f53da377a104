import { consequenceInWords, STANDARD_DISPOSITIONS } from '../../../../shared/domain/disposition.ts';
import { HOUR_MS } from '../../../../shared/lib/instants.ts';
import { Kbd } from '../../../ui/Kbd.tsx';
import { NumberField } from '../../../ui/NumberField.tsx';
import type { Rules } from '../kinds.ts';

interface OutcomesFormProps {
  retryMs: Rules['retryMs'];
  onChange: (retryMs: Rules['retryMs']) => void;
}

/** What each outcome does, and for those that try again, after how long in this campaign. */
export function OutcomesForm({ retryMs, onChange }: OutcomesFormProps) {
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
        {STANDARD_DISPOSITIONS.map(({ id, label, digit, consequence }) => (
          <tr key={id} className="h-10 border-b last:border-b-0">
            <td>
              <Kbd keys={digit} spoken />
            </td>
            <td className="font-medium">{label}</td>
            <td className="text-muted">
              {consequence.kind === 'retry' ? 'tries again' : consequenceInWords(consequence)}
            </td>
            <td className="py-1">
              {consequence.kind === 'retry' && (
                <NumberField
                  label={`Again after ${label}`}
                  hideLabel
                  unit="hours"
                  min={1}
                  max={365 * 24}
                  value={(retryMs[id] ?? consequence.afterMs) / HOUR_MS}
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
