import type { CallSheet } from '../../../shared/contract/call-details.ts';
import { moneyText } from '../../data/words.ts';
import { Part } from './CallDrawer.tsx';
import { COST_WORD } from './words.ts';

/** How well they qualify, what that rests on, and the talk in a few words. Nothing where no AI listened. */
export function Evaluation({ call: { evaluation } }: { call: CallSheet }) {
  if (evaluation === null) return null;
  const { score, summary, parts } = evaluation;
  return (
    <Part title="What the talk came to">
      {score !== null && (
        <p className="mb-1 flex items-center gap-2">
          <b className="text-lg font-semibold tabular-nums">Score {score}</b>
          <span className="text-muted">of 100</span>
          <meter min={0} max={100} value={score} aria-label="Score" className="h-2 w-32" />
        </p>
      )}
      {summary !== '' && <p className="mb-2 select-text">{summary}</p>}
      {parts.length > 0 && (
        <table aria-label="What the score rests on" className="w-full text-sm">
          <tbody>
            {parts.map(({ name, said, points }, nth) => (
              <tr key={`${name} ${nth}`} className="border-b border-line align-top">
                <th scope="row" className="py-1 pr-2 text-left font-normal text-muted">
                  {name}
                </th>
                <td className="py-1 pr-2 select-text">{said}</td>
                <td className="w-14 py-1 text-right tabular-nums">
                  {points === null ? <span className="text-muted">not counted</span> : points}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Part>
  );
}

/** What the bill is made of, the largest part first. */
export function CostParts({ call: { costParts, costs } }: { call: CallSheet }) {
  const currency = costs.at(-1)?.currency ?? null;
  const shown = costParts.filter(({ micros }) => micros !== 0).toSorted((a, b) => b.micros - a.micros);
  if (shown.length < 2 || currency === null) return null;
  return (
    <ul aria-label="What the cost is made of" className="text-sm text-muted">
      {shown.map(({ what, micros }, nth) => (
        <li key={`${what} ${nth}`}>
          {COST_WORD[what] ?? what}: {moneyText(micros, currency)}
        </li>
      ))}
    </ul>
  );
}
