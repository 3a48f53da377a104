import { CornerDownRight } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { cn } from '../../ui/cn.ts';
import { Kbd } from '../../ui/Kbd.tsx';
import { ScriptRuns } from './ScriptRuns.tsx';
import type { Step } from './script-path.ts';

interface ScriptStepProps {
  step: Step;
  isHere: boolean;
  onGo: (key: string) => void;
  isTicked: boolean;
  whyNotTicked: string | null;
  onTick: () => void;
}

/** One step: its words, what they may answer, and where that leads. */
export function ScriptStep({ step, isHere, onGo, isTicked, whyNotTicked, onTick }: ScriptStepProps) {
  return (
    <li
      aria-current={isHere ? 'step' : undefined}
      className={cn(
        'rounded-md border-l-[3px] px-3 py-2',
        isHere ? 'border-l-accent-text bg-sunken' : 'border-l-transparent text-muted',
      )}
    >
      <h3 className="mb-0.5 text-[0.85em] font-semibold">
        <button type="button" className="target rounded-sm hover:underline" onClick={() => onGo(step.key)}>
          {step.title}
        </button>
      </h3>
      <p className="max-w-[62ch] leading-relaxed whitespace-pre-wrap select-text">
        <ScriptRuns runs={step.runs} />
      </p>
      {step.kind === 'consent' && (
        <label className="mt-1.5 flex w-fit items-center gap-2 rounded-sm text-[0.9em] text-text has-focus-visible:outline-2 has-focus-visible:outline-focus">
          <input
            type="checkbox"
            checked={isTicked}
            disabled={whyNotTicked !== null}
            title={whyNotTicked ?? undefined}
            onChange={onTick}
            className="size-4 accent-accent"
          />
          <span className={cn(isTicked && 'font-semibold')}>{isTicked ? 'They agreed' : 'They agree'}</span>
          <Kbd keys="c" />
        </label>
      )}
      {isHere && step.branches.length > 0 && <Branches step={step} onGo={onGo} />}
    </li>
  );
}

/** What they may say, as buttons. Arrows move among them; `Enter` goes there. */
function Branches({ step, onGo }: Pick<ScriptStepProps, 'step' | 'onGo'>) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the arrows belong to the group
    <ul
      aria-label="If they say"
      className="mt-1.5 flex flex-wrap items-center gap-1.5 text-[0.9em]"
      onKeyDown={moveFocus}
    >
      {step.branches.map(({ label, to }, index) => (
        <li key={`${label} ${to}`}>
          <button
            type="button"
            data-branch
            onClick={() => onGo(to)}
            className="target flex items-center gap-1 rounded-md border bg-surface px-2 py-0.5 text-text hover:bg-hover"
          >
            <CornerDownRight aria-hidden className="size-[1em] text-muted" />
            {label}
            {index === 0 && <Kbd keys="j" />}
          </button>
        </li>
      ))}
    </ul>
  );
}

function moveFocus(event: KeyboardEvent<HTMLUListElement>) {
  const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (by === undefined) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-branch]')];
  const at = buttons.indexOf(document.activeElement as HTMLElement);
  event.preventDefault();
  buttons[(at + by + buttons.length) % buttons.length]?.focus();
}
