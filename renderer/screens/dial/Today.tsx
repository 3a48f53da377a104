import type { DeskView } from '../../../shared/contract/desk.ts';
import { clockText, spokenDuration } from '../../ui/time-text.ts';

/** The agent's own day in four figures. */
export function Today({ today }: { today: DeskView['today'] }) {
  return (
    <dl aria-label="Today" className="flex items-baseline gap-3 whitespace-nowrap">
      <Figure name={today.dials === 1 ? 'call' : 'calls'} value={String(today.dials)} />
      <Figure name={today.talks === 1 ? 'talk' : 'talks'} value={String(today.talks)} />
      <Figure name="talking" value={clockText(today.talkMs)} spoken={spokenDuration(today.talkMs)} />
      <Figure name={today.successes === 1 ? 'success' : 'successes'} value={String(today.successes)} />
    </dl>
  );
}

function Figure({ name, value, spoken }: { name: string; value: string; spoken?: string }) {
  return (
    <div className="flex flex-row-reverse items-baseline gap-1">
      <dt className="text-muted">{name}</dt>
      <dd className="font-semibold">
        {spoken === undefined ? (
          value
        ) : (
          <>
            <span aria-hidden>{value}</span>
            <span className="sr-only">{spoken}</span>
          </>
        )}
      </dd>
    </div>
  );
}
