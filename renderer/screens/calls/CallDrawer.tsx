import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { CallSheet } from '../../../shared/contract/call-details.ts';
import { useClient } from '../../data/client.tsx';
import { putInDialBox } from '../../data/dial-box.ts';
import { answered } from '../../data/queries.ts';
import { STATUS_WORD, callFace, counted, exactText, moneyText } from '../../data/words.ts';
import { Loaded } from '../../frame/Loaded.tsx';
import { useKeys } from '../../keys/KeysProvider.tsx';
import { StateBadge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { spokenDuration } from '../../ui/time-text.ts';
import { CallMeaning } from '../meaning/CallMeaning.tsx';
import { CallEdits } from './CallEdits.tsx';
import { Decision } from './Decision.tsx';
import { CostParts, Evaluation } from './Evaluation.tsx';
import { Events, Ledger } from './Ledgers.tsx';
import { LiveActions } from './LiveActions.tsx';
import { OutcomeHistory } from './OutcomeHistory.tsx';
import { PlayerPart } from './PlayerPart.tsx';
import { Transcript } from './Transcript.tsx';
import { useCallSheet } from './use-call.ts';
import { PlayerContext, createPlayer } from './use-player.ts';

interface CallDrawerProps {
  id: number;
  /** The filter of the list: its words are marked in the transcript. */
  filter: string;
  onClose: () => void;
}

/** One call in full: how it went, why it was allowed, what was said, what came of it, and what is done about it. */
export function CallDrawer({ id, filter, onClose }: CallDrawerProps) {
  const sheet = useCallSheet(id);
  useKeys('screen', [{ id: 'call.close', keys: 'escape', title: 'Close the call', run: onClose }]);
  return (
    <Loaded query={sheet} label="Loading the call" what="This call could not be read.">
      {(call) => <Whole call={call} filter={filter} />}
    </Loaded>
  );
}

function Whole({ call, filter }: { call: CallSheet; filter: string }) {
  const [player] = useState(createPlayer);
  return (
    <PlayerContext value={player}>
      <div className="flex flex-col gap-5 p-4">
        <Head call={call} />
        {(call.status === 'calling' || call.status === 'in-progress') && <LiveActions callId={call.id} />}
        <CallEdits call={call} />
        <Redial call={call} />
        <ContactCard call={call} />
        <CallMeaning callId={call.id} />
        <PlayerPart callId={call.id} />
        <Evaluation call={call} />
        <Transcript call={call} filter={filter} />
        <OutcomeHistory call={call} />
        <Ledger call={call} />
        <Events call={call} />
        <Decision call={call} />
      </div>
    </PlayerContext>
  );
}

function Head({ call }: { call: CallSheet }) {
  const { ledger, status, costs, line } = call;
  const face = callFace(line);
  const answeredAt = ledger.find(({ step }) => step === 'answered')?.at ?? null;
  const endedAt = ledger.find(({ step }) => step === 'ended')?.at ?? null;
  const began = ledger.find(({ at }) => at !== null)?.at ?? null;
  const cost = costs.at(-1);
  return (
    <dl className="grid grid-cols-[7rem_1fr] gap-x-3 gap-y-1.5">
      <Fact name="Status">
        <StateBadge state={face.state} word={face.word} />
        {line.status === 'ended' && <span className="ml-2 text-muted">counts as {STATUS_WORD[status]}</span>}
      </Fact>
      <Fact name="Began">{began === null ? '' : exactText(began)}</Fact>
      <Fact name="Talked">
        {answeredAt === null || endedAt === null ? '' : spokenDuration(endedAt - answeredAt)}
      </Fact>
      <Fact name={call.direction === 'inbound' ? 'From' : 'To'}>{call.e164}</Fact>
      <Fact name={call.direction === 'inbound' ? 'To' : 'We showed'}>{call.from}</Fact>
      <Fact name="Answered by">{call.answeredBy}</Fact>
      <Fact name="Hung up by">{call.endedBy}</Fact>
      <Fact name="Made by">{call.mode.replaceAll('-', ' ')}</Fact>
      <Fact name="Carrier">{`${call.carrier}, ${call.callRef}`}</Fact>
      <Fact name="Cost">
        {cost === undefined ? 'Not billed yet' : moneyText(cost.micros, cost.currency)}
        {costs.length > 1 && (
          <span className="text-muted">
            {' '}
            (before:{' '}
            {costs
              .slice(0, -1)
              .map((each) => moneyText(each.micros, each.currency))
              .join(', ')}
            )
          </span>
        )}
        <CostParts call={call} />
      </Fact>
      {call.trouble !== null && <Fact name="Trouble">{call.trouble}</Fact>}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words select-text">{children === '' ? '–' : children}</dd>
    </>
  );
}

export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-1 text-sm font-semibold text-muted">{title}</h3>
      {children}
    </section>
  );
}

/** What the rules say of ringing this number now, and then the way to the dial box. It never dials. */
function Redial({ call }: { call: CallSheet }) {
  const { desk } = useClient();
  const navigate = useNavigate();
  const { data } = useQuery({
    queryKey: ['calls', 'weigh', call.e164],
    queryFn: () => answered(desk.weigh({ text: call.e164 })),
    enabled: call.e164 !== '',
    staleTime: 0,
  });
  const whyNot = data === undefined ? 'Its number is being looked at.' : data.mayRing ? null : data.sentence;
  const ring = () => {
    putInDialBox(call.e164);
    void navigate({ to: '/dial' });
  };
  useKeys('screen', [{ id: 'call.redial', keys: 'r', title: 'Ring again…', run: ring, whyNot }]);
  return (
    <Part title="Ring again">
      <div className="flex flex-wrap items-center gap-2">
        <Button size="sm" shortcut="r" disabledReason={whyNot} onClick={ring}>
          Ring again…
        </Button>
        <span className="min-w-0 flex-1 text-sm">{data?.sentence}</span>
      </div>
    </Part>
  );
}

function ContactCard({ call: { contact } }: { call: CallSheet }) {
  if (contact === null) return <Part title="Contact">Nobody here has this number.</Part>;
  const { id, name, company, place, calls, promisedAt } = contact;
  return (
    <Part title="Contact">
      <p>
        <Link
          to="/lists/contact/$id"
          params={{ id }}
          className="target font-medium text-accent-text underline underline-offset-2"
        >
          {name}
        </Link>
        {[company, place].filter((each) => each !== '').map((each) => `, ${each}`)}
      </p>
      <p className="text-sm text-muted">
        {counted(calls, 'call')} with them so far.
        {promisedAt !== null && ` A call is promised for ${exactText(promisedAt)}.`}
      </p>
    </Part>
  );
}
