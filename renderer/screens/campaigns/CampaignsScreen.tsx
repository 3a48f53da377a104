import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Pause, Phone, Play } from 'lucide-react';
import type { CampaignRow } from '../../../shared/contract/records.ts';
import { useClient } from '../../data/client.tsx';
import { useDeskValue } from '../../data/desk.ts';
import { answered } from '../../data/queries.ts';
import { usePractice } from '../../data/use-practice.ts';
import { useWhyNotAllowed } from '../../data/roles.ts';
import { counted, countText } from '../../data/words.ts';
import { Loaded } from '../../frame/Loaded.tsx';
import { Screen } from '../../frame/Screen.tsx';
import { Badge, type Tone } from '../../ui/Badge.tsx';
import { Meter } from '../../ui/Bars.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { useSetStatus } from './use-set-status.ts';

/** The campaigns of this workspace: how they stand, and the two things that can be done to them today. */
export function CampaignsScreen() {
  const client = useClient();
  const campaigns = useQuery({
    queryKey: ['campaigns'],
    queryFn: () => answered(client.campaigns.list()),
  });
  return (
    <Screen title="Campaigns" note={<Note rows={campaigns.data} />}>
      <Loaded query={campaigns} label="Loading campaigns" what="The campaigns could not be read." rows={4}>
        {(rows) => <CampaignTable rows={rows} />}
      </Loaded>
      <NextToCome />
    </Screen>
  );
}

function Note({ rows }: { rows: readonly CampaignRow[] | undefined }) {
  if (rows === undefined || rows.length === 0) return null;
  const active = rows.filter((row) => row.status === 'active').length;
  return `${counted(rows.length, 'campaign')}, ${active === 0 ? 'none' : countText(active)} running`;
}

const STATUS: Record<CampaignRow['status'], { word: string; tone: Tone }> = {
  draft: { word: 'Draft', tone: 'neutral' },
  active: { word: 'Running', tone: 'good' },
  paused: { word: 'Paused', tone: 'warn' },
  completed: { word: 'Done', tone: 'accent' },
  archived: { word: 'Archived', tone: 'neutral' },
};
const MODE: Record<CampaignRow['mode'], string> = { power: 'Power', preview: 'Preview' };

const COLUMNS: readonly Column<CampaignRow>[] = [
  { key: 'name', header: 'Name', cell: (row) => <span className="font-medium">{row.name}</span> },
  {
    key: 'status',
    header: 'State',
    width: '7rem',
    cell: (row) => <Badge tone={STATUS[row.status].tone}>{STATUS[row.status].word}</Badge>,
  },
  { key: 'mode', header: 'Mode', width: '6rem', cell: (row) => MODE[row.mode] },
  {
    key: 'contacts',
    header: 'Contacts',
    width: '6rem',
    align: 'right',
    cell: (row) => countText(row.contacts),
  },
  { key: 'open', header: 'Still open', width: '6rem', align: 'right', cell: (row) => countText(row.open) },
  { key: 'done', header: 'Done', width: '8rem', cell: (row) => <DoneMeter row={row} /> },
  { key: 'agents', header: 'Agents', width: '5rem', align: 'right', cell: (row) => countText(row.agents) },
  { key: 'hours', header: 'Hours', cell: (row) => <span title={row.hours}>{row.hours}</span> },
  { key: 'act', header: 'Actions', width: '14rem', cell: (row) => <Actions row={row} /> },
];

function CampaignTable({ rows }: { rows: readonly CampaignRow[] }) {
  return (
    <div className="overflow-x-auto">
      <Table
        caption="Campaigns"
        className="min-w-[62rem] px-3"
        columns={COLUMNS}
        rows={rows}
        rowKey={(row) => String(row.id)}
        empty={<NoCampaigns />}
      />
    </div>
  );
}

function NoCampaigns() {
  const practice = usePractice();
  return (
    <EmptyState
      sentence="No campaigns in this workspace yet. The practice workspace has one to try, with 25 invented people."
      action={{ label: 'Open practice', run: () => void practice.open(), disabledReason: practice.whyNot }}
    />
  );
}

function DoneMeter({ row }: { row: CampaignRow }) {
  const share = row.contacts === 0 ? 0 : Math.round((row.done / row.contacts) * 100);
  return (
    <span className="flex items-center gap-2">
      <Meter
        className="w-16"
        hideLabel
        label={`Done of ${row.name}`}
        value={row.done}
        max={Math.max(1, row.contacts)}
        valueText={`${countText(row.done)} of ${countText(row.contacts)}`}
      />
      <span className="text-muted">{share} %</span>
    </span>
  );
}

function Actions({ row }: { row: CampaignRow }) {
  const navigate = useNavigate();
  const setStatus = useSetStatus();
  const notAllowed = useWhyNotAllowed('supervisor');
  const inSession = useDeskValue((desk) => desk.session?.campaign ?? null);
  const isActive = row.status === 'active';
  const isOver = row.status === 'completed' || row.status === 'archived';
  return (
    <span className="flex items-center gap-1.5">
      <Button
        size="sm"
        icon={isActive ? <Pause /> : <Play />}
        aria-label={`${isActive ? 'Pause' : 'Start'} ${row.name}`}
        disabledReason={notAllowed ?? (isOver ? 'It is over.' : null)}
        onClick={() => void setStatus(row, isActive ? 'paused' : 'active')}
      >
        {isActive ? 'Pause' : 'Start'}
      </Button>
      <Button
        size="sm"
        variant="ghost"
        icon={<Phone />}
        aria-label={`Open on Dial: ${row.name}`}
        disabledReason={isActive || inSession === row.name ? null : 'Start the campaign first.'}
        onClick={() => void navigate({ to: '/dial' })}
      >
        Open on Dial
      </Button>
    </span>
  );
}

function NextToCome() {
  return (
    <p className="mx-5 my-6 max-w-[72ch] rounded-lg border bg-sunken px-4 py-3 text-muted">
      <span className="font-medium text-text">Making and changing campaigns comes next.</span> What works now:
      starting and pausing the ones listed here, and dialing them. Pausing lets calls under way end; nobody
      new is dialed.
    </p>
  );
}
