import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Play } from 'lucide-react';
import { useState } from 'react';
import type { DeskView } from '../../../shared/contract/desk.ts';
import type { CampaignRow } from './campaign-row.ts';
import type { DialMode } from '../../../shared/domain/campaign.ts';
import { useClient } from '../../data/client.tsx';
import { useWish } from '../../data/desk.ts';
import { useHello } from '../../data/hello.ts';
import { useTell } from '../../data/message.ts';
import { answered } from '../../data/queries.ts';
import { useDevices } from '../../phone/device-store.ts';
import { microphoneTrouble } from '../../phone/devices.ts';
import { useKeys } from '../../keys/KeysProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { SegmentedControl } from '../../ui/Choices.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { StateShape } from '../../ui/StateShape.tsx';
import { FollowUpsDue } from '../meaning/FollowUpsDue.tsx';
import { Today } from './Today.tsx';
import { useCallBindings } from './CallButtons.tsx';
import { DialBox } from './DialBox.tsx';
import { MissingLine } from './MissingLine.tsx';
import { PickList } from './PickList.tsx';
import { Heading, Region } from './Region.tsx';

/** Before the session: which campaign, and how. One key from here to the first call. */
export function StartPanel({ desk }: { desk: DeskView }) {
  const client = useClient();
  useKeys('call-state', useCallBindings(desk));
  const campaigns = useQuery({
    queryKey: ['campaigns', 'list'],
    queryFn: () => answered(client.campaigns.list()),
  });
  return (
    <div className="flex h-full flex-col">
      <div className="min-h-0 flex-1 overflow-y-auto">
        <MissingLine desk={desk} />
        <div className="mx-auto grid w-full max-w-[960px] grid-cols-1 gap-8 px-6 py-10 two:grid-cols-[1fr_280px]">
          <Region label="Start dialing" className="min-w-0">
            <h2 className="text-2xl font-semibold">Ready when you are</h2>
            {campaigns.data !== undefined && (
              <Campaigns campaigns={campaigns.data} noPower={desk.can.noPower ?? null} />
            )}
            {campaigns.isPending && <Skeleton label="Loading campaigns" rows={3} className="mt-4" />}
            {campaigns.isError && (
              <EmptyState
                sentence={campaigns.error.message}
                action={{ label: 'Try again', run: () => void campaigns.refetch() }}
              />
            )}
          </Region>
          <Region label="Dial a number" className="flex flex-col gap-2 two:pt-2">
            <Heading>Dial a number by hand</Heading>
            <DialBox desk={desk} />
          </Region>
        </div>
      </div>
      <footer className="flex min-h-9 shrink-0 items-center justify-between gap-3 border-t bg-sunken px-3 text-sm">
        <span data-tone="idle" className="flex items-center gap-1.5 font-medium text-tone">
          <StateShape state="idle" /> Not started
        </span>
        <span className="ml-auto">
          <FollowUpsDue />
        </span>
        <Today today={desk.today} />
      </footer>
    </div>
  );
}

function Campaigns({ campaigns, noPower }: { campaigns: readonly CampaignRow[]; noPower: string | null }) {
  const active = campaigns.filter((each) => each.status === 'active');
  if (active.length > 0) return <Choice active={active} noPower={noPower} />;
  return (
    <EmptyState
      className="items-start px-0 text-left"
      sentence={
        campaigns.length === 0
          ? 'There is no campaign yet, so there is nobody to ring. A supervisor makes one.'
          : 'No campaign is running right now. A supervisor can start one under Campaigns (G C).'
      }
    />
  );
}

const MODES: readonly { value: DialMode; label: string; says: string }[] = [
  {
    value: 'power',
    label: 'Power',
    says: 'Contacts are dialed one after the other, each after three seconds.',
  },
  { value: 'preview', label: 'Preview', says: 'You look at each contact first and dial when you are ready.' },
];

function Choice({ active, noPower }: { active: readonly CampaignRow[]; noPower: string | null }) {
  const { desk } = useClient();
  const wish = useWish();
  const [chosenId, choose] = useState<number | null>(null);
  const chosen = active.find((each) => each.id === chosenId) ?? active[0]!;
  const [mode, setMode] = useState<DialMode | null>(null);
  const shownMode = noPower === null ? (mode ?? chosen.mode) : 'preview';
  const modes = MODES.map((each) => ({ ...each, disabled: each.value === 'power' && noPower !== null }));
  const { carrier } = useHello();
  const { microphone } = useDevices();
  const path = carrier?.voice === 'softphone' ? 'this-page' : (carrier?.voice ?? 'nowhere');
  const trouble = microphoneTrouble(path, microphone);
  const whyNot = trouble?.isInTheWay === true ? trouble.sentence : null;
  const tell = useTell();
  const start = () =>
    whyNot === null ? void wish(desk.start({ campaignId: chosen.id, mode: shownMode })) : tell(whyNot);
  useKeys('screen', [{ id: 'dial.start', keys: 'enter', title: `Start ${chosen.name}`, run: start }]);
  return (
    <div className="mt-4 flex flex-col gap-5">
      <PickList
        label="Campaign"
        value={chosen.id}
        onPick={choose}
        onEnter={start}
        className="flex flex-col gap-1"
        rowClassName="py-2 border border-line rounded-md has-checked:border-accent-text"
        items={active.map((campaign) => ({
          value: campaign.id,
          content: <CampaignLine campaign={campaign} />,
        }))}
      />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <SegmentedControl label="Mode" value={shownMode} onChange={setMode} onEnter={start} options={modes} />
        <span className="text-sm text-muted">
          {noPower ?? MODES.find((each) => each.value === shownMode)?.says}
        </span>
      </div>
      <Button
        variant="primary"
        size="lg"
        icon={<Play />}
        shortcut="enter"
        className="self-start"
        disabledReason={whyNot}
        onClick={start}
      >
        Start dialing
      </Button>
      {trouble !== null && (
        <p className="text-sm">
          {trouble.sentence}{' '}
          <Link to="/settings" search={{ section: 'devices' }} className="underline">
            Devices
          </Link>
        </p>
      )}
    </div>
  );
}

function CampaignLine({ campaign }: { campaign: CampaignRow }) {
  const facts = [campaign.hours, campaign.agents === 1 ? '1 agent on it' : `${campaign.agents} agents on it`];
  return (
    <span className="flex min-w-0 flex-1 items-center justify-between gap-4">
      <span className="min-w-0">
        <span className="block truncate font-semibold">{campaign.name}</span>
        <span className="block truncate text-sm text-muted">{facts.join(' · ')}</span>
      </span>
      <span className="shrink-0 text-right">
        <span className="block font-semibold">{campaign.open.toLocaleString('en')} to ring</span>
        <span className="block text-sm text-muted">
          {campaign.done.toLocaleString('en')} of {campaign.contacts.toLocaleString('en')} done
        </span>
      </span>
    </span>
  );
}
