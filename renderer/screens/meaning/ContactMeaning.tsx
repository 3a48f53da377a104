import { Link } from '@tanstack/react-router';
import type { ContactMeaning as Meaning } from '../../../shared/contract/meaning.ts';
import { STAGES, STAGE_WORD, TEMPERATURES, TEMPERATURE_WORD } from '../../../shared/domain/outlook.ts';
import { rate } from '../../../shared/domain/report.ts';
import { useClient } from '../../data/client.tsx';
import { countText, exactText } from '../../data/words.ts';
import { Loaded } from '../../frame/Loaded.tsx';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Select.tsx';
import { ContactFollowUps } from './ContactFollowUps.tsx';
import { useContactMeaning, useMove } from './use-meaning.ts';

/** How somebody stands with us and why, what their calls came to, and what is still to be done. */
export function ContactMeaning({ id }: { id: number }) {
  const query = useContactMeaning(id);
  return (
    <section aria-labelledby="outlook" className="flex flex-col gap-3">
      <h2 id="outlook" className="text-lg font-semibold">
        How they stand
      </h2>
      <Loaded query={query} label="Loading how they stand" what="How they stand could not be read.">
        {(told) => (
          <>
            <Outlook id={id} told={told} />
            <Figures told={told} />
            <Moves told={told} />
          </>
        )}
      </Loaded>
      <ContactFollowUps id={id} />
    </section>
  );
}

function Outlook({ id, told: { outlook } }: { id: number; told: Meaning }) {
  const { meaning } = useClient();
  const move = useMove();
  return (
    <div className="grid max-w-md grid-cols-2 gap-3">
      <Select
        label="Temperature"
        placeholder="Not known"
        value={outlook.temperature}
        options={TEMPERATURES.map((value) => ({ value, label: TEMPERATURE_WORD[value] }))}
        onChange={(becomes) => void move(meaning.move({ id, to: { what: 'temperature', becomes } }))}
      />
      <Select
        label="Stage"
        placeholder="Not known"
        value={outlook.stage}
        options={STAGES.map((value) => ({ value, label: STAGE_WORD[value] }))}
        onChange={(becomes) => void move(meaning.move({ id, to: { what: 'stage', becomes } }))}
      />
    </div>
  );
}

function Figures({ told: { figures } }: { told: Meaning }) {
  const { calls, talks, successes, failed, lastError, lastErrorAt, filter } = figures;
  const share = rate(successes, calls);
  return (
    <p>
      {filter === null || calls === 0 ? (
        'Not called yet'
      ) : (
        <Link to="/calls" search={{ filter }} className="target underline underline-offset-2">
          {countText(calls)} {calls === 1 ? 'call' : 'calls'}
        </Link>
      )}
      {calls > 0 &&
        `: ${countText(talks)} talked, ${countText(successes)} successful (${share === null ? '–' : `${Math.round(share * 100)} %`}), ${countText(failed)} failed`}
      .
      {lastError !== null && lastErrorAt !== null && (
        <span className="text-muted">
          {' '}
          Last trouble, {exactText(lastErrorAt)}: {lastError}
        </span>
      )}
    </p>
  );
}

const WHAT = { temperature: 'Temperature', stage: 'Stage' } as const;

/** Each move with its reason; those that stand can be taken back. */
function Moves({ told: { moves } }: { told: Meaning }) {
  const { meaning } = useClient();
  const move = useMove();
  if (moves.length === 0)
    return (
      <p className="text-sm text-muted">
        No outcome has moved them yet. Rules do, and you can: see Settings, Meaning and follow-ups.
      </p>
    );
  return (
    <ol aria-label="How they came to stand there" className="flex flex-col divide-y text-sm">
      {moves.map(({ id, what, becomes, why, who, movedAt, undoneAt, undoneWhy }) => (
        <li key={id} className="flex flex-wrap items-baseline gap-x-2 py-1">
          <span className={undoneAt === null ? 'font-medium' : 'text-muted line-through'}>
            {WHAT[what]}: {becomes}
          </span>
          <span className="min-w-0 flex-1 text-muted">
            {why} {undoneWhy}
          </span>
          <span className="text-muted">
            {[who, exactText(movedAt)].filter((each) => each !== null).join(', ')}
          </span>
          {undoneAt === null && (
            <Button
              size="sm"
              variant="ghost"
              aria-label={`Take back ${WHAT[what]}: ${becomes}`}
              onClick={() => void move(meaning.undoMove({ moveId: id }))}
            >
              Take back
            </Button>
          )}
        </li>
      ))}
    </ol>
  );
}
