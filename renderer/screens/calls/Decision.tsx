import type { CallSheet } from '../../../shared/contract/call-details.ts';
import { exactText } from '../../data/words.ts';
import { Part } from './CallDrawer.tsx';

/** Why the call was allowed: what was written down before it was made, and is never changed. */
export function Decision({ call: { decision } }: { call: CallSheet }) {
  if (decision === null)
    return (
      <Part title="Why it was allowed">
        <p className="text-muted">No decision of ours is kept for this call.</p>
      </Part>
    );
  const { at, manner, where, rules, law, recording, zoneData } = decision;
  return (
    <Part title="Why it was allowed">
      <p className="text-sm">
        Decided {exactText(at)}: {manner}. They were taken to be in {where || 'an unknown place'}. {recording}
      </p>
      <h4 className="mt-2 text-sm font-medium">The law that was asked</h4>
      {law.length === 0 ? (
        <p className="text-sm text-muted">No text of law draws a line there for such a call.</p>
      ) : (
        <ul className="list-disc pl-5 text-sm">
          {law.map(({ id, place, sentence, citation }) => (
            <li key={id} className="select-text">
              {place !== '' && `${place}: `}
              {sentence} <cite className="text-muted not-italic">{citation === '' ? id : citation}</cite>
            </li>
          ))}
        </ul>
      )}
      <h4 className="mt-2 text-sm font-medium">Every rule, and what it saw</h4>
      <dl className="grid grid-cols-[10rem_1fr] gap-x-3 gap-y-0.5 text-sm">
        {rules.map(({ title, saw }) => (
          <div key={title} className="contents">
            <dt className="text-muted">{title}</dt>
            <dd className="min-w-0 break-words select-text">
              {saw.length === 0
                ? 'nothing in the way'
                : saw.map(({ name, value }) => `${name}: ${value}`).join(', ')}
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-1 text-sm text-muted">Clocks by {zoneData}.</p>
    </Part>
  );
}
