import { cn } from '../../../ui/cn.ts';

const STEPS = ['Drop', 'Map', 'Check', 'Commit'] as const;
export type StepName = (typeof STEPS)[number];

/** Where one is in the four steps of an import. Done ones are ticked in a word, not in colour alone. */
export function Steps({ at, isOver = false }: { at: StepName; isOver?: boolean | undefined }) {
  const now = STEPS.indexOf(at);
  return (
    <ol aria-label="Steps" className="flex shrink-0 flex-wrap gap-x-6 gap-y-1 border-b px-5 py-2 text-sm">
      {STEPS.map((step, nth) => {
        const isDone = nth < now || isOver;
        const isHere = nth === now && !isOver;
        return (
          <li
            key={step}
            aria-current={isHere ? 'step' : undefined}
            className={cn('flex items-center gap-2 text-muted', isHere && 'font-semibold text-text')}
          >
            <span
              aria-hidden
              className={cn(
                'flex size-[1.6em] items-center justify-center rounded-full border text-xs',
                isHere && 'border-accent bg-accent text-on-fill',
              )}
            >
              {isDone ? '✓' : nth + 1}
            </span>
            {step}
            {isDone && <span className="sr-only">, done</span>}
          </li>
        );
      })}
    </ol>
  );
}
