import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Standing } from '../../shared/contract/standing.ts';
import { checkingInWords, runningInWords, waitingInWords } from '../../shared/domain/standing-words.ts';
import { usePauseAll } from '../data/standing.ts';
import { whenText } from '../data/words.ts';
import { Button } from '../ui/Button.tsx';
import { cn } from '../ui/cn.ts';
import { StateShape } from '../ui/StateShape.tsx';
import { useNow } from '../ui/use-now.tsx';

const MINUTE_MS = 60_000;

/** What runs, what waits for when and why, what is in doubt, and what is wrong: in the tray’s own sentences. */
export function EngineLists({ standing, className }: { standing: Standing; className?: string | undefined }) {
  const timeOf = useTimeOf();
  const { running, waiting, checking, troubles } = standing;
  const isNothing = [running, waiting, checking, troubles].every((each) => each.length === 0);
  return (
    <div className={cn('flex flex-col gap-3', className)}>
      {isNothing && <p className="text-muted">Nothing is called by itself, and nothing waits to be.</p>}
      <List title="Trouble" tone="bad">
        {troubles.map(({ sentence, path }) => (
          <Line key={sentence} to={path}>
            {sentence}
          </Line>
        ))}
      </List>
      <List title="Being checked">
        {checking.map((each) => (
          <Line key={each.attemptId} about={`${each.name}, ${each.number}`}>
            {checkingInWords(each, timeOf)}
          </Line>
        ))}
      </List>
      <List title="Running now">
        {running.map((each) => (
          <Line key={each.campaignId} to={`/campaigns/${each.campaignId}`}>
            {runningInWords(each)}
          </Line>
        ))}
      </List>
      <List title="Waiting">
        {waiting.map((each) => (
          <Line
            key={`${each.what} ${each.campaignId}`}
            to={each.what === 'campaign' ? `/campaigns/${each.campaignId}` : null}
          >
            {waitingInWords(each, timeOf)}
          </Line>
        ))}
      </List>
    </div>
  );
}

/** Stops all that dials by itself, or lets it go on. */
export function PauseAllButton({ size }: { size?: 'sm' | 'md' | undefined }) {
  const { isPaused, pause, resume, whyNotResume } = usePauseAll();
  if (!isPaused)
    return (
      <Button size={size} onClick={pause}>
        Pause all calling
      </Button>
    );
  return (
    <Button size={size} variant="primary" onClick={resume} disabledReason={whyNotResume}>
      Resume all calling
    </Button>
  );
}

/** Today only the time; another day says which. */
export function useTimeOf() {
  const now = useNow(MINUTE_MS);
  return (at: Parameters<typeof whenText>[0]) => whenText(at, now);
}

function List({ title, tone, children }: { title: string; tone?: 'bad'; children: readonly ReactNode[] }) {
  if (children.length === 0) return null;
  return (
    <section>
      <h3 className="text-sm font-semibold text-muted">{title}</h3>
      <ul data-tone={tone} className={cn('flex flex-col gap-1', tone !== undefined && 'text-tone')}>
        {children}
      </ul>
    </section>
  );
}

interface LineProps {
  /** Where more of it is to be seen. */
  to?: string | null | undefined;
  /** Whom it is about, before the sentence. */
  about?: string | undefined;
  children: string;
}

function Line({ to, about, children }: LineProps) {
  return (
    <li className="flex gap-1.5">
      <StateShape state="idle" className="mt-[0.35em] size-[0.6em] text-muted" />
      <span className="min-w-0">
        {about !== undefined && <span className="font-medium">{about}: </span>}
        {to == null ? (
          children
        ) : (
          <Link to={to} className="underline decoration-line underline-offset-2 hover:decoration-current">
            {children}
          </Link>
        )}
      </span>
    </li>
  );
}
