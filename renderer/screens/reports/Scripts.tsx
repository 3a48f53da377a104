import { Link } from '@tanstack/react-router';
import type { Report } from '../../../shared/contract/reports.ts';
import { comparedInWords, shareOf } from '../../../shared/domain/comparison.ts';
import { counted, countText } from '../../data/words.ts';
import { Table } from '../../ui/Table.tsx';
import { CallsLink } from './CallsLink.tsx';
import { Section } from './Section.tsx';
import { percentText } from './words.ts';

type Pair = Report['insights']['scripts'][number];

/** Campaigns with two scripts: how each of them did in these days, and whether that is more than chance. */
export function Scripts({ report: { insights } }: { report: Report }) {
  const { scripts, scriptRows } = insights;
  return (
    <>
      {scripts.length > 0 && <TwoScripts scripts={scripts} />}
      {scriptRows.length > 0 && <ByScore rows={scriptRows} />}
    </>
  );
}

function TwoScripts({ scripts }: { scripts: readonly Pair[] }) {
  return (
    <Section
      title="Scripts compared"
      note="Which script a contact hears depends on nothing but who they are, and stays the same. Counted are the talks with the two scripts of today, and the successes among them."
    >
      <ul className="flex flex-col gap-4">
        {scripts.map((pair) => (
          <li key={pair.campaignId}>
            <Compared pair={pair} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Of all scripts the best first: by what the carrier’s AI made of the talks, then by successes. */
function ByScore({ rows }: { rows: Report['insights']['scriptRows'] }) {
  return (
    <Section
      title="Scripts by score"
      note="The mean score of the talks that were scored; where none was, the share of successes decides. Each version of a script counts by itself."
    >
      <Table
        caption="Scripts by score"
        rows={rows}
        rowKey={({ id }) => String(id)}
        columns={[
          { key: 'name', header: 'Script', cell: ({ name, version }) => `${name}, version ${version}` },
          {
            key: 'score',
            header: 'Mean score',
            align: 'right',
            width: '8rem',
            cell: ({ score }) => (score === null ? '–' : score.toFixed(1)),
          },
          {
            key: 'talks',
            header: 'Talks',
            align: 'right',
            width: '8rem',
            cell: ({ name, version, talks, filter }) => (
              <CallsLink
                count={talks}
                filter={filter}
                label={`${name}, version ${version}: ${counted(talks, 'talk')}. Open the calls`}
              >
                {countText(talks)}
              </CallsLink>
            ),
          },
          {
            key: 'successes',
            header: 'Successes',
            align: 'right',
            width: '8rem',
            cell: ({ name, version, successes, successFilter }) => (
              <CallsLink
                count={successes}
                filter={successFilter}
                label={`${name}, version ${version}: ${counted(successes, 'success', 'successes')}. Open the calls`}
              >
                {countText(successes)}
              </CallsLink>
            ),
          },
          {
            key: 'share',
            header: 'Of the talks',
            align: 'right',
            width: '8rem',
            cell: ({ successes, talks }) => percentText(successes, talks),
          },
        ]}
      />
    </Section>
  );
}

function Compared({ pair: { campaignId, campaign, first, second } }: { pair: Pair }) {
  const tally = ({ talks, successes }: Pair['first']) => ({ tries: talks, successes });
  return (
    <>
      <Link
        to="/campaigns/$id"
        params={{ id: campaignId }}
        search={{ tab: 'script' }}
        className="target font-medium underline underline-offset-2"
      >
        {campaign}
      </Link>
      <dl className="mt-1 flex max-w-3xl flex-col gap-1">
        <Script name="First script" script={first} />
        <Script name="Second script" script={second} />
      </dl>
      <p className="mt-1 max-w-[80ch]">{comparedInWords(tally(first), tally(second))}</p>
    </>
  );
}

function Script({ name, script }: { name: string; script: Pair['first'] }) {
  const { talks, successes, score, filter, successFilter, version } = script;
  const share = shareOf({ tries: talks, successes });
  return (
    <div className="grid grid-cols-[11rem_minmax(0,1fr)] gap-3">
      <dt>
        {name} <span className="text-sm text-muted">(version {version})</span>
      </dt>
      <dd className="tabular-nums">
        <CallsLink
          count={successes}
          filter={successFilter}
          label={`${name}: ${counted(successes, 'success', 'successes')}. Open the calls`}
        >
          {counted(successes, 'success', 'successes')}
        </CallsLink>
        {' in '}
        <CallsLink count={talks} filter={filter} label={`${name}: ${counted(talks, 'talk')}. Open the calls`}>
          {counted(talks, 'talk')}
        </CallsLink>
        {share !== null &&
          ` · ${whole(share.share)}; with 95 % certainty between ${whole(share.from)} and ${whole(share.to)}`}
        {score !== null && ` · mean score ${score.toFixed(1)}`}
      </dd>
    </div>
  );
}

function whole(part: number): string {
  return `${Math.round(part * 100)} %`;
}
