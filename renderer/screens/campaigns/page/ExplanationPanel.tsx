import { Check, Clock, Ban, Phone, Wrench } from 'lucide-react';
import type { Instant } from '../../../../shared/lib/instants.ts';
import { exactText } from '../../../data/words.ts';
import { Loaded } from '../../../frame/Loaded.tsx';
import { cn } from '../../../ui/cn.ts';
import type { Tone } from '../../../ui/Badge.tsx';
import { useNow } from '../../../ui/use-now.tsx';
import type { Explanation, Finding } from '../kinds.ts';
import { useExplanation } from '../queries.ts';
import { valuesInWords } from '../values-in-words.ts';
import { clockThere, placeOf } from '../words.ts';

/** Everything every rule says about one contact, what holds them back first. */
export function ExplanationPanel({ id, contactId }: { id: number; contactId: number }) {
  const explanation = useExplanation(id, contactId);
  return (
    <Loaded query={explanation} label="Asking every rule" what="The rules could not be asked." rows={8}>
      {(told) => <Told explanation={told} />}
    </Loaded>
  );
}

function Told({ explanation }: { explanation: Explanation }) {
  const { name, number, findings } = explanation;
  const held = findings.filter(({ passed }) => !passed);
  const passed = findings.filter((finding) => finding.passed);
  return (
    <section
      aria-label={`Why ${name} is or is not called`}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it holds no control, so the keyboard needs this to scroll
      tabIndex={0}
      className="flex flex-col gap-4 px-4 py-3 focus-inset"
    >
      <div>
        <h3 className="text-lg font-semibold">{name}</h3>
        <p className="text-muted">{number === '' ? 'No number' : number}</p>
        <Clocks zones={explanation.zones} />
      </div>
      <Verdict explanation={explanation} />
      {held.length > 0 && <Findings title="Holds back" findings={held} />}
      {passed.length > 0 && <Findings title="Passed" findings={passed} />}
    </section>
  );
}

function Clocks({ zones }: { zones: readonly string[] }) {
  const now = useNow(60_000) as Instant;
  if (zones.length === 0) return <p className="text-sm text-muted">Nobody knows where this number is.</p>;
  const shown = zones.slice(0, 3).map((zone) => `${clockThere(now, zone)} in ${placeOf(zone)}`);
  const more = zones.length - shown.length;
  return (
    <p className="text-sm text-muted">
      {shown.join(', ')}
      {more > 0 && `, and ${more} more places it may be`}
    </p>
  );
}

const FACE: Readonly<
  Record<Explanation['verdict']['kind'], { tone: Tone; word: string; icon: typeof Clock }>
> = {
  ring: { tone: 'good', word: 'May be rung now', icon: Phone },
  wait: { tone: 'warn', word: 'Waits', icon: Clock },
  never: { tone: 'bad', word: 'Is never rung', icon: Ban },
};

function Verdict({ explanation: { verdict, remedy, changesAt } }: { explanation: Explanation }) {
  const { tone, word, icon: Icon } = FACE[verdict.kind];
  const at = verdict.until ?? changesAt;
  return (
    <section
      aria-label="Verdict"
      data-tone={tone}
      className="flex flex-col gap-2 rounded-lg border border-tone/40 bg-tone-tint px-3 py-2.5"
    >
      <p className="flex items-center gap-2 font-semibold text-tone">
        <Icon aria-hidden className="size-[1.2em] shrink-0" />
        {word}
      </p>
      <p>{verdict.sentence}</p>
      {at !== null && (
        <p className="text-sm">
          Next change: <span className="font-medium">{exactText(at)}</span>, your time
        </p>
      )}
      {remedy !== null && (
        <p className="flex gap-2 border-t border-tone/30 pt-2">
          <Wrench aria-hidden className="mt-[0.2em] size-[1.1em] shrink-0 text-muted" />
          <span>
            <span className="font-medium">What would free them:</span> {remedy}
          </span>
        </p>
      )}
    </section>
  );
}

function Findings({ title, findings }: { title: string; findings: readonly Finding[] }) {
  return (
    <section aria-label={title}>
      <h4 className="mb-1 text-sm font-semibold text-muted">
        {title}: {findings.length}
      </h4>
      <ul className="flex flex-col rounded-lg border">
        {findings.map((finding) => (
          <FindingRow key={finding.rule} finding={finding} />
        ))}
      </ul>
    </section>
  );
}

function FindingRow({ finding }: { finding: Finding }) {
  const { passed, title, sentence, changesAt, law } = finding;
  const values = valuesInWords(finding.values);
  return (
    <li className="flex gap-2.5 border-b px-3 py-2 last:border-b-0">
      <span
        aria-hidden
        data-tone={passed ? 'good' : 'bad'}
        className="flex pt-[0.2em] text-tone [&>svg]:size-[1.1em]"
      >
        {passed ? <Check /> : <Ban />}
      </span>
      <div className="min-w-0 flex-1">
        <p className="font-medium">
          {title}
          <span className="sr-only">{passed ? ', passed' : ', holds back'}</span>
        </p>
        <p className={cn('text-sm', passed && 'text-muted')}>{sentence}</p>
        {values.length > 0 && (
          <dl className="mt-1 flex flex-wrap gap-x-4 gap-y-0.5 text-sm">
            {values.map(({ name, value }) => (
              <div key={name} className="flex gap-1.5">
                <dt className="text-muted">{name}:</dt>
                <dd className="min-w-0 tabular-nums">{value}</dd>
              </div>
            ))}
          </dl>
        )}
        {changesAt !== null && (
          <p className="mt-1 text-sm text-muted">
            {passed ? 'Begins to hold back' : 'Lifts'} {exactText(changesAt)}
          </p>
        )}
        {law.map((ref) => (
          <p key={ref.id} className="mt-1 border-l-2 pl-2 text-sm text-muted">
            {ref.sentence} <cite className="not-italic">({ref.citation})</cite>
          </p>
        ))}
      </div>
    </li>
  );
}
