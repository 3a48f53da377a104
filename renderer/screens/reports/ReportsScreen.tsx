import { useDeskValue } from '../../data/desk.ts';
import { countText } from '../../data/words.ts';
import { Screen } from '../../frame/Screen.tsx';
import { type Today, figuresOf } from './figures.ts';

const TO_COME = [
  'Six key figures for any range, campaign and agent, each compared with the time before and each opening the calls behind it.',
  'Trends over days, and the hours of the week that reach most people.',
  'A funnel from dialed to converted, and hours per agent that add up.',
  'PDF, CSV and Excel files, on demand or every morning into a folder.',
];

/** One's own day today; the reports proper are announced as what they are: still to come. */
export function ReportsScreen() {
  const today = useDeskValue((desk) => desk.today);
  return (
    <Screen title="Reports" note="Your own day so far">
      <div className="flex flex-col gap-6 px-5 py-4">
        <Figures today={today} />
        <section
          aria-labelledby="reports-to-come"
          className="max-w-[72ch] rounded-lg border bg-sunken px-4 py-3"
        >
          <h2 id="reports-to-come" className="mb-1 font-semibold">
            What comes here next
          </h2>
          <ul className="flex list-disc flex-col gap-1 pl-5 text-muted">
            {TO_COME.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
      </div>
    </Screen>
  );
}

function Figures({ today }: { today: Today }) {
  return (
    <dl className="grid max-w-[64rem] grid-cols-1 gap-3 two:grid-cols-3 three:grid-cols-5">
      {figuresOf(today).map(({ name, value, means }) => (
        <div key={name} className="flex flex-col rounded-lg border p-4">
          <dt className="text-sm font-medium text-muted">{name}</dt>
          <dd className="text-2xl font-semibold tabular-nums">
            {typeof value === 'number' ? countText(value) : value}
          </dd>
          <dd className="mt-1 text-sm text-muted">{means}</dd>
        </div>
      ))}
    </dl>
  );
}
