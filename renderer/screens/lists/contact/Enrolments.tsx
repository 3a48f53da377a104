import { Link } from '@tanstack/react-router';
import type { ContactSheet } from '../../../../shared/contract/contacts.ts';
import { counted, whenText } from '../../../data/words.ts';
import { useNow } from '../../../ui/use-now.tsx';
import { Verdict } from './Verdict.tsx';

const MINUTE_MS = 60_000;
const STATES = {
  open: 'Waiting',
  'in-hand': 'In somebody’s hand',
  done: 'Done',
  never: 'Not called',
} as const;

/** The campaigns they are in: when they are due, and what the engine says of ringing them now. */
export function Enrolments({ sheet }: { sheet: ContactSheet }) {
  const now = useNow(MINUTE_MS);
  return (
    <section aria-labelledby="enrolments">
      <h2 id="enrolments" className="text-lg font-semibold">
        Campaigns
      </h2>
      <ul className="mt-1 flex flex-col divide-y">
        {sheet.enrolments.map(({ campaignId, campaign, state, attempts, dueAt, verdict }) => (
          <li key={campaignId} className="flex flex-wrap items-baseline gap-x-3 py-2">
            <Link
              to="/campaigns/$id"
              params={{ id: campaignId }}
              search={{ tab: 'why', contact: sheet.id }}
              className="target font-medium underline underline-offset-2"
            >
              {campaign}
            </Link>
            <span className="text-muted">
              {STATES[state]}, {counted(attempts, 'attempt')}
              {state === 'open' && `, due ${dueAt <= now ? 'now' : whenText(dueAt, now)}`}
            </span>
            {state === 'open' && <Verdict verdict={verdict} />}
          </li>
        ))}
        {sheet.enrolments.length === 0 && <li className="py-1 text-muted">In no campaign.</li>}
      </ul>
      {sheet.schedule !== null && (
        <p className="mt-1">
          Called by schedule: {sheet.schedule.sentence}
          {!sheet.schedule.isActive && ', switched off'}.
        </p>
      )}
    </section>
  );
}
