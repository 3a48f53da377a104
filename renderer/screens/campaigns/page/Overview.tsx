import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { tokenText } from '../../../../shared/domain/filter-tokens.ts';
import { counted, countText, whenText } from '../../../data/words.ts';
import { useNow } from '../../../ui/use-now.tsx';
import { FirstList } from '../FirstList.tsx';
import { Group } from '../form/Group.tsx';
import type { CampaignRow, CampaignSheet } from '../kinds.ts';
import { useCampaignRows } from '../queries.ts';
import { campaignInSentences, clockThere, placeOf, reachText } from '../words.ts';
import { Rehearsal } from '../Rehearsal.tsx';
import { BreakerPanel } from './BreakerPanel.tsx';
import { CheckUp } from './CheckUp.tsx';
import { TabBody } from './TabBody.tsx';

/** How the campaign stands: its figures, whether calls are being made, its rules in words, who is next. */
export function Overview({ sheet }: { sheet: CampaignSheet }) {
  const row = useCampaignRows().data?.find(({ id }) => id === sheet.id);
  return (
    <TabBody tab="overview">
      <BreakerPanel id={sheet.id} />
      <Figures row={row} zone={sheet.rules.zone} />
      <div className="mt-5 grid items-start gap-x-8 two:grid-cols-2">
        <div>
          <CheckUp id={sheet.id} />
          <Group title="Its rules, in plain words">
            <ul className="flex max-w-[68ch] list-disc flex-col gap-1 pl-5">
              {campaignInSentences(sheet).map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </Group>
        </div>
        <div>
          <Group title="Who comes next" about="In the order of the real queue.">
            <FirstList id={sheet.id} count={8} />
          </Group>
        </div>
      </div>
      <div className="border-t pt-4">
        <Rehearsal id={sheet.id} />
      </div>
    </TabBody>
  );
}

function Figures({ row, zone }: { row: CampaignRow | undefined; zone: string }) {
  return (
    <dl className="grid grid-cols-2 gap-3 two:grid-cols-3 three:grid-cols-6">
      <Figure
        name="May ring now"
        value={row === undefined ? null : row.dialableNow}
        note={<NextMoment row={row} zone={zone} />}
      />
      <Figure
        name="People"
        value={row?.contacts ?? null}
        note={row && `${countText(row.open)} still to be done`}
      />
      <Figure
        name="Done"
        value={row === undefined ? null : `${share(row)} %`}
        note={row && counted(row.done, 'contact')}
      />
      <Figure name="Attempts" value={row?.attempts ?? null} note={row && <Today row={row} />} />
      <Figure
        name="Reached"
        value={row === undefined ? null : reachText(row)}
        note={row && `${countText(row.reached)} answered by a person`}
      />
      <Figure name="Agents" value={row?.agents ?? null} note="on it now" />
    </dl>
  );
}

function Today({ row: { name, today } }: { row: CampaignRow }) {
  if (today === 0) return 'none of them today';
  const filter = `-inbound on:today ${tokenText('campaign', name)}`;
  return (
    <Link to="/calls" search={{ filter }} className="target underline underline-offset-2">
      {countText(today)} of them today
    </Link>
  );
}

function share({ done, contacts }: CampaignRow): number {
  return contacts === 0 ? 0 : Math.floor((done / contacts) * 100);
}

/** Both clocks, because the campaign's day need not be the supervisor's. */
function NextMoment({ row, zone }: { row: CampaignRow | undefined; zone: string }) {
  const now = useNow(60_000);
  if (row === undefined || row.dialableNow === null) return ' ';
  if (row.nextAt === null) return row.dialableNow > 0 ? 'by every rule' : 'and nobody later either';
  const what = row.dialableNow > 0 ? 'the others from' : 'first at';
  return `${what} ${whenText(row.nextAt, now)} yours, ${clockThere(row.nextAt, zone)} in ${placeOf(zone)}`;
}

interface FigureProps {
  name: string;
  /** Null while it is being counted. */
  value: number | string | null;
  note: ReactNode;
}

function Figure({ name, value, note }: FigureProps) {
  return (
    <div className="flex flex-col rounded-lg border px-4 py-3">
      <dt className="text-sm font-medium text-muted">{name}</dt>
      <dd className="text-2xl font-semibold tabular-nums">
        {typeof value === 'number' ? countText(value) : (value ?? '…')}
      </dd>
      <dd className="min-h-[1.4em] text-sm text-muted">{note}</dd>
    </div>
  );
}
