import { AArrowDown, AArrowUp, ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { DeskView } from '../../../shared/contract/desk.ts';
import { useKeys } from '../../keys/KeysProvider.tsx';
import { cn } from '../../ui/cn.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Objections } from './Objections.tsx';
import { Region } from './Region.tsx';
import { ScriptStep } from './ScriptStep.tsx';
import { type ScriptPath, type Step, back, goneTo, onward, placeIn, stepsInTurn } from './script-path.ts';
import { Transcript } from './Transcript.tsx';
import { useTextSize } from './text-size.ts';
import type { DraftInHand } from './use-draft.ts';

interface ScriptColumnProps {
  desk: DeskView;
  draft: DraftInHand;
  className?: string | undefined;
}

/** What to say, what to answer, and while somebody talks, what has been said. */
export function ScriptColumn({ desk, draft, className }: ScriptColumnProps) {
  const { size, grow, shrink } = useTextSize();
  const segments = desk.call?.transcript ?? [];
  const isLive = desk.call !== null && desk.call.answeredAt !== null && desk.call.endedAt === null;
  return (
    <Region label="Script" className={cn('flex flex-col two:min-h-0', className)}>
      <Script
        key={desk.contact?.id ?? 0}
        steps={stepsInTurn(desk.script)}
        draft={draft}
        text={{ size, grow, shrink }}
      />
      <Objections
        key={`objections to ${desk.contact?.id}`}
        steps={desk.script.filter(({ kind }) => kind === 'objection')}
        size={size}
      />
      {(isLive || segments.length > 0) && (
        <Transcript segments={segments} name={desk.contact?.name.split(' ')[0] ?? 'Them'} isLive={isLive} />
      )}
    </Region>
  );
}

interface ScriptProps {
  steps: readonly Step[];
  draft: DraftInHand;
  text: ReturnType<typeof useTextSize>;
}

function Script({ steps, draft, text }: ScriptProps) {
  const [path, setPath] = useState<ScriptPath>([]);
  const list = useRef<HTMLOListElement>(null);
  const at = placeIn(path, steps);
  const here = steps[at];
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  const goTo = (key: string) => setPath((was) => goneTo(was, steps, key));
  const none = here === undefined ? 'This campaign has no script.' : null;
  const whyNotBack = none ?? (path.length === 0 ? 'This is where the talk began.' : null);
  const whyNotOn = none ?? (at === steps.length - 1 ? 'This is the last step of the script.' : null);
  const goBack = () => setPath(back);
  const goOn = () => setPath((was) => onward(was, steps));
  useKeys('screen', [
    {
      id: 'dial.script-back',
      keys: ['[', 'alt+['],
      title: 'Script: step back',
      run: goBack,
      whyNot: whyNotBack,
    },
    { id: 'dial.script-on', keys: [']', 'alt+]'], title: 'Script: next step', run: goOn, whyNot: whyNotOn },
    {
      id: 'dial.script-branch',
      keys: ['j', 'alt+j'],
      title: 'Script: jump by what they say',
      run: () => list.current?.querySelector<HTMLElement>('[data-branch]')?.focus(),
      whyNot: none ?? (here?.branches.length === 0 ? 'This step leads only straight on.' : null),
    },
  ]);
  const consent = useConsentKey(steps, here, draft, goTo);
  if (none !== null) return <p className="flex-1 p-4 text-muted">{none} Say it in your own words.</p>;
  return (
    <>
      <header className="flex h-10 shrink-0 items-center gap-1 border-b px-3">
        <p className="min-w-0 flex-1 truncate text-sm">
          <span className="text-muted">
            {at + 1} of {steps.length}
          </span>{' '}
          <span className="font-medium">{here?.title}</span>
        </p>
        <IconButton
          size="sm"
          label="Step back"
          shortcut="["
          icon={<ChevronLeft />}
          disabledReason={whyNotBack}
          onClick={goBack}
        />
        <IconButton
          size="sm"
          label="Next step"
          shortcut="]"
          icon={<ChevronRight />}
          disabledReason={whyNotOn}
          onClick={goOn}
        />
        <span aria-hidden className="mx-1 h-4 w-px bg-line" />
        <IconButton size="sm" label="Smaller text" icon={<AArrowDown />} onClick={text.shrink} />
        <IconButton size="sm" label="Larger text" icon={<AArrowUp />} onClick={text.grow} />
      </header>
      <ol
        ref={list}
        aria-label="Steps of the script"
        className="min-h-0 flex-1 overflow-y-auto px-3 py-2 focus-inset"
        style={{ fontSize: `${text.size}em` }}
      >
        {steps.map((step, index) => (
          <ScriptStep
            key={step.key}
            step={step}
            isHere={index === at}
            onGo={goTo}
            isTicked={draft.words.ticked.includes(step.key)}
            whyNotTicked={consent.whyNot}
            onTick={() => consent.tick(step.key)}
          />
        ))}
      </ol>
    </>
  );
}

/** `C` ticks the line they agreed to: the one on show, or the first that is still open. */
function useConsentKey(
  steps: readonly Step[],
  here: Step | undefined,
  draft: DraftInHand,
  goTo: (key: string) => void,
) {
  const { ticked } = draft.words;
  const lines = steps.filter(({ kind }) => kind === 'consent');
  const whyNot =
    draft.attemptId === null
      ? 'Consent belongs to a call: dial first.'
      : lines.length === 0
        ? 'This script asks for no consent.'
        : null;
  const tick = (key: string) => {
    draft.edit({ ticked: ticked.includes(key) ? ticked.filter((each) => each !== key) : [...ticked, key] });
    goTo(key);
  };
  const next =
    here?.kind === 'consent' ? here : (lines.find(({ key }) => !ticked.includes(key)) ?? lines.at(-1));
  useKeys('screen', [
    {
      id: 'dial.consent',
      keys: ['c', 'alt+c'],
      title: 'They agree: tick the consent line',
      run: () => next && tick(next.key),
      whyNot,
    },
  ]);
  return { tick, whyNot };
}
