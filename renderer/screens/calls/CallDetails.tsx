import type { ReactNode } from 'react';
import { attemptStatus } from '../../../shared/domain/attempt-status.ts';
import type { CallEnd } from '../../../shared/domain/call.ts';
import type { CallRow } from '../../../shared/contract/records.ts';
import { STATUS_WORD, callFace, exactText, moneyText } from '../../data/words.ts';
import { StateBadge } from '../../ui/Badge.tsx';
import { spokenDuration } from '../../ui/time-text.ts';

/** One call in full, as far as it is kept today. */
export function CallDetails({ call }: { call: CallRow }) {
  const { state, word } = callFace(call);
  const { status } = call;
  const end = call.end as CallEnd | null;
  return (
    <div className="flex flex-col gap-4 p-4">
      <dl className="grid grid-cols-[7rem_1fr] gap-x-3 gap-y-1.5">
        <Fact name="State">
          <StateBadge state={state} word={word} />
        </Fact>
        <Fact name="Status">{STATUS_WORD[attemptStatus({ state: 'accepted' }, { status, end })]}</Fact>
        <Fact name="Outcome">{call.outcome ?? 'None yet'}</Fact>
        <Fact name="Began">{exactText(call.startedAt)}</Fact>
        <Fact name="Length">{call.seconds === null ? '–' : spokenDuration(call.seconds * 1000)}</Fact>
        <Fact name="Number">{call.number}</Fact>
        <Fact name="Agent">{call.agent}</Fact>
        <Fact name="Campaign">{call.campaign}</Fact>
        <Fact name="Cost">{moneyText(call.costMicros, call.currency)}</Fact>
      </dl>
      <section>
        <h3 className="mb-1 text-sm font-semibold text-muted">Note</h3>
        {call.note === '' ? (
          <p className="text-muted">No note was written.</p>
        ) : (
          <p className="whitespace-pre-wrap select-text">{call.note}</p>
        )}
      </section>
      <p className="border-t pt-3 text-sm text-muted">
        Recordings, transcripts and the ledger of events come to this place next.
      </p>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 select-text">{children === '' ? '–' : children}</dd>
    </>
  );
}
