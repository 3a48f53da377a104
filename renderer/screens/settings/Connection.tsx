import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { Connection as Told } from '../../../shared/contract/relay.ts';
import { useClient } from '../../data/client.tsx';
import { useAddresses, useConnection, useShowConnection } from '../../data/connection.ts';
import { useWish } from '../../data/desk.ts';
import { useWhyNotAllowed } from '../../data/roles.ts';
import { exactText } from '../../data/words.ts';
import { Loaded } from '../../frame/Loaded.tsx';
import { TUNNEL_STATE } from '../../frame/tunnel-face.ts';
import { Banner } from '../../ui/Banner.tsx';
import { StateBadge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { useToasts } from '../../ui/Toaster.tsx';
import { ConnectionDialog } from './ConnectionDialog.tsx';
import { ConnectionLetters } from './ConnectionLetters.tsx';
import { WAYS } from './connection-words.ts';
import { Group } from './Group.tsx';

/** How carriers reach this computer, and what came in that nobody could act on. */
export function Connection() {
  const connection = useConnection(true);
  return (
    <Loaded
      query={connection}
      label="Loading the connection"
      what="The connection could not be read."
      rows={4}
    >
      {(told) => (
        <>
          <Group
            title="How carriers reach Parley"
            note="What happens in a call is told by the carrier as it happens, where it can reach this computer. Where it cannot, Parley asks every few seconds: later by as much, and nothing is lost."
          >
            {told.isPractice ? <NotInPractice /> : <Way told={told} />}
          </Group>
          {!told.isPractice && <ConnectionLetters />}
        </>
      )}
    </Loaded>
  );
}

function NotInPractice() {
  return (
    <Banner tone="practice" title="Practice hears nothing from outside, and needs nothing.">
      <Link to="/settings" search={{ section: 'workspaces' }} className="underline">
        Make a workspace of your own
      </Link>{' '}
      to set this up.
    </Banner>
  );
}

function Way({ told }: { told: Told }) {
  const { state, sentence, plan, url, roundTripMs, heard, lastAt, refused, portSentence } = told;
  const isSupervisor = useWhyNotAllowed('supervisor') === null;
  const { data: addresses = [] } = useAddresses(isSupervisor, url);
  return (
    <>
      {portSentence !== null && <Banner tone="warn" title={portSentence} />}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <StateBadge {...TUNNEL_STATE[state]} look="tint" />
        <p aria-live="polite">{sentence}</p>
      </div>
      <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-1">
        <Fact name="Way in">{WAYS[plan.kind]}</Fact>
        {url !== null && <Fact name="Address">{url}</Fact>}
        {roundTripMs !== null && <Fact name="Round trip">{roundTripMs} ms</Fact>}
        <Fact name="Listens on this computer">{listening(told)}</Fact>
        <Fact name="Heard since the start">
          {lastAt === null ? 'Nothing yet' : `${heard}, the last at ${exactText(lastAt)}`}
        </Fact>
        {refused.map(({ count, sentence: why }) => (
          <Fact key={why} name="Turned away">{`${count} ${why}`}</Fact>
        ))}
        {addresses.map(({ carrier, url: address }) => (
          <Fact key={carrier} name={`Enter at ${carrier}`}>
            <code className="break-all">{address}</code>
          </Fact>
        ))}
      </dl>
      <Actions told={told} />
    </>
  );
}

function listening({ listensOn }: Told): string {
  return listensOn === null ? 'Not at all' : `127.0.0.1, port ${listensOn}`;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words select-text">{children}</dd>
    </>
  );
}

function Actions({ told }: { told: Told }) {
  const client = useClient();
  const toasts = useToasts();
  const wish = useWish();
  const show = useShowConnection();
  const notAllowed = useWhyNotAllowed('supervisor');
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const test = async () => {
    setBusy(true);
    const after = await wish(client.relay.check());
    setBusy(false);
    show(after);
    if (after === null) return;
    const isUp = after.state === 'up';
    toasts.show({
      text: isUp ? `A test came back in ${after.roundTripMs} ms.` : after.sentence,
      tone: isUp ? 'neutral' : 'bad',
    });
  };
  const whyNoTest =
    told.plan.kind === 'none' ? 'There is no way in to test.' : isBusy ? 'A test is on its way.' : null;
  return (
    <div className="flex flex-wrap gap-2">
      <Button disabledReason={notAllowed} onClick={() => setOpen(true)}>
        Change the way in
      </Button>
      <Button disabledReason={whyNoTest} onClick={() => void test()}>
        Send a test
      </Button>
      {isOpen && <ConnectionDialog told={told} onClose={() => setOpen(false)} />}
    </div>
  );
}
