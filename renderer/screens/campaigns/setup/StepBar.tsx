import { Check } from 'lucide-react';
import { cn } from '../../../ui/cn.ts';
import type { CampaignSheet } from '../kinds.ts';
import { SETUP_STEPS, type SetupStep, STEP } from './steps.ts';

interface StepBarProps {
  sheet: CampaignSheet;
  step: SetupStep;
  onGo: (step: SetupStep) => void;
}

/** The five steps. Any of them can be gone to at any time; a tick says that it has what it needs. */
export function StepBar({ sheet, step, onGo }: StepBarProps) {
  return (
    <nav aria-label="Steps" className="shrink-0 overflow-x-auto border-b px-5">
      <ol className="flex gap-1">
        {SETUP_STEPS.map((each, index) => {
          const isHere = each === step;
          const done = isReady(sheet, each);
          return (
            <li key={each}>
              <button
                type="button"
                aria-current={isHere ? 'step' : undefined}
                onClick={() => onGo(each)}
                className={cn(
                  'target flex h-10 items-center gap-2 border-b-2 px-2.5 font-medium focus-inset',
                  isHere
                    ? 'border-b-accent-text text-text'
                    : 'border-b-transparent text-muted hover:text-text',
                )}
              >
                <span
                  aria-hidden
                  className={cn(
                    'flex size-[1.5em] items-center justify-center rounded-full border text-sm',
                    isHere ? 'border-accent bg-accent text-on-fill' : 'border-edge',
                  )}
                >
                  {done && !isHere ? <Check className="size-[0.9em]" /> : index + 1}
                </span>
                {STEP[each].word}
                <span className="sr-only">{done ? ', ready' : ', not ready'}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function isReady(sheet: CampaignSheet, step: SetupStep): boolean {
  if (step === 'people') return sheet.contacts > 0;
  if (step === 'script') return sheet.script.length > 0;
  if (step === 'rules') return sheet.rules.windows.length > 0;
  return step === 'pace' && sheet.callerId.trim() !== '';
}
