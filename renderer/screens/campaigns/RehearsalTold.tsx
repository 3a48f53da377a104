import type { Rehearsal } from '../../../shared/contract/rehearsal.ts';
import { countText } from '../../data/words.ts';
import { type Column, Table } from '../../ui/Table.tsx';
import { clockThere, placeOf } from './words.ts';

/** What a rehearsal came to: in sentences first, then hour by hour, and why some were not reached. */
export function RehearsalTold({ rehearsed }: { rehearsed: Rehearsal }) {
  return (
    <div className="flex flex-col gap-4">
      <ul aria-label="What came of it" className="flex max-w-[68ch] list-disc flex-col gap-1 pl-5">
        {rehearsed.sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <Hours rehearsed={rehearsed} />
      <NotReached rehearsed={rehearsed} />
      <details>
        <summary className="cursor-pointer text-sm font-medium">The first lines of its log</summary>
        <pre
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it holds no control, so the keyboard needs this to scroll
          tabIndex={0}
          className="mt-2 max-h-64 overflow-auto rounded-md border bg-sunken p-3 text-sm focus-inset"
        >
          {rehearsed.log.join('\n')}
        </pre>
        <p className="mt-1 text-sm break-all text-muted">
          {countText(rehearsed.logLines)} lines in all, SHA-256 {rehearsed.logHash}
        </p>
      </details>
    </div>
  );
}

type Hour = Rehearsal['byHour'][number];

function Hours({ rehearsed: { byHour, zone } }: { rehearsed: Rehearsal }) {
  const columns: readonly Column<Hour>[] = [
    { key: 'at', header: `From, in ${placeOf(zone)}`, cell: ({ at }) => clockThere(at, zone) },
    { key: 'dials', header: 'Calls', align: 'right', width: '16%', cell: ({ dials }) => countText(dials) },
    { key: 'talks', header: 'Talks', align: 'right', width: '16%', cell: ({ talks }) => countText(talks) },
    {
      key: 'talking',
      header: 'Talking',
      align: 'right',
      width: '20%',
      cell: ({ talkMs }) => minutes(talkMs),
    },
    { key: 'idle', header: 'Waiting', align: 'right', width: '20%', cell: ({ idleMs }) => minutes(idleMs) },
  ];
  return (
    <Table
      caption="The rehearsal hour by hour, all agents together"
      columns={columns}
      rows={byHour}
      rowKey={({ at }) => String(at)}
      className="max-w-[46rem] tabular-nums"
    />
  );
}

function NotReached({ rehearsed: { neverReached } }: { rehearsed: Rehearsal }) {
  if (neverReached.length === 0) return null;
  return (
    <section aria-label="Who was not reached, and why">
      <h4 className="mb-1 text-sm font-semibold">Who was not reached, and why</h4>
      <ul className="flex max-w-[68ch] flex-col">
        {neverReached.map(({ rule, title, count, sentence }) => (
          <li key={rule} className="flex gap-3 border-b py-1 last:border-b-0">
            <span className="min-w-[6ch] text-right font-medium tabular-nums">{countText(count)}</span>
            <span className="min-w-0">
              {title}
              <span className="block text-sm text-muted">{sentence}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function minutes(ms: number): string {
  return `${countText(Math.round(ms / 60_000))} min`;
}
