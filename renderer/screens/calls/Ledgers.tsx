import { useState } from 'react';
import type { CallSheet } from '../../../shared/contract/call-details.ts';
import { exactText, timeText } from '../../data/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Part } from './CallDrawer.tsx';
import { STEP_WORD, waitText } from './words.ts';

const SECONDS = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 1,
  hourCycle: 'h23',
});

/** How long each step took. What nobody told says so, and is not guessed. */
export function Ledger({ call }: { call: CallSheet }) {
  return (
    <Part title="How long each step took">
      <table className="w-full text-sm">
        <thead className="sr-only">
          <tr>
            <th scope="col">Step</th>
            <th scope="col">When</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {call.ledger.map(({ step, at, sinceMs }) => (
            <tr key={step} className="border-b border-line">
              <th scope="row" className="py-1 pr-2 text-left font-normal">
                {STEP_WORD[step]}
              </th>
              <td className="py-1 pr-2 text-right text-muted tabular-nums">
                {at === null ? 'not told' : SECONDS.format(at)}
              </td>
              <td className="w-20 py-1 text-right tabular-nums">
                {sinceMs === null ? '' : `+ ${waitText(sinceMs)}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
}

/** What the carrier told, and what each telling changed. */
export function Events({ call }: { call: CallSheet }) {
  const [isRaw, setRaw] = useState(false);
  const hasRaw = call.events.some(({ raw }) => raw !== null);
  return (
    <Part title="What the carrier told">
      {call.events.length === 0 ? (
        <p className="text-muted">Nothing yet.</p>
      ) : (
        <ol className="flex flex-col divide-y divide-line">
          {call.events.map(({ id, at, receivedAt, changed, dead, raw }) => (
            <li key={id} className="py-1 text-sm">
              <p className="flex gap-2">
                <span className="min-w-0 flex-1">
                  {dead !== null ? (
                    <span data-tone="bad" className="text-tone">
                      Set aside: {dead}
                    </span>
                  ) : changed.length === 0 ? (
                    <span className="text-muted">Told nothing new</span>
                  ) : (
                    changed.join(', ')
                  )}
                </span>
                <span
                  className="shrink-0 text-muted tabular-nums"
                  title={`Told at ${exactText(at)}, received at ${exactText(receivedAt)}`}
                >
                  {SECONDS.format(at)}
                  {receivedAt - at > 60_000 && `, came ${timeText(receivedAt)}`}
                </span>
              </p>
              {isRaw && raw !== null && (
                <pre className="mt-1 overflow-x-auto rounded-md bg-sunken p-2 select-text">{raw}</pre>
              )}
            </li>
          ))}
        </ol>
      )}
      {hasRaw && (
        <Button size="sm" variant="ghost" aria-expanded={isRaw} onClick={() => setRaw(!isRaw)}>
          {isRaw ? 'Hide the words of the carrier' : 'Show the words of the carrier'}
        </Button>
      )}
    </Part>
  );
}
