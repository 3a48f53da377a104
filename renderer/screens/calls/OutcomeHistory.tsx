import type { CallSheet } from '../../../shared/contract/call-details.ts';
import { exactText } from '../../data/words.ts';
import { Part } from './CallDrawer.tsx';

/** Every outcome the call ever had, and who changed what. */
export function OutcomeHistory({ call: { outcomes, changes } }: { call: CallSheet }) {
  return (
    <Part title="Outcome history">
      {outcomes.length === 0 ? (
        <p className="text-muted">No outcome yet.</p>
      ) : (
        <ol className="flex flex-col gap-2">
          {outcomes.map(({ id, label, note, who, filedAt, undoneAt }) => (
            <li key={id}>
              <p className="flex flex-wrap gap-x-2">
                <span className={undoneAt === null ? 'font-medium' : 'text-muted line-through'}>{label}</span>
                <span className="text-sm text-muted">
                  {who === '' ? 'Parley' : who}, {exactText(filedAt)}
                  {undoneAt !== null && `, no longer since ${exactText(undoneAt)}`}
                </span>
              </p>
              {note !== '' && undoneAt === null && (
                <p className="break-words whitespace-pre-wrap select-text">{note}</p>
              )}
            </li>
          ))}
        </ol>
      )}
      {changes.length > 0 && (
        <ol aria-label="Who changed what" className="mt-2 flex flex-col gap-0.5 text-sm text-muted">
          {changes.map(({ id, at, who, sentence }) => (
            <li key={id}>
              {who}, {exactText(at)}: {sentence}
            </li>
          ))}
        </ol>
      )}
    </Part>
  );
}
