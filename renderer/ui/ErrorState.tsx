import { type ReactNode, useState } from 'react';
import { ErrorBoundary, type FallbackProps } from 'react-error-boundary';
import { Button } from './Button.tsx';
import { cn } from './cn.ts';
import { type StateAction, StateButton } from './EmptyState.tsx';
import { StateShape } from './StateShape.tsx';

export interface ErrorStateProps {
  /** `The list could not be read.` */
  what: string;
  /** `Nothing was changed.` */
  safe: string;
  /** `Try again, or restart Parley.` */
  next: string;
  code?: string | undefined;
  /** For support; copied, not shown. */
  details?: string | undefined;
  action?: StateAction | undefined;
  className?: string | undefined;
}

/** What happened, what is safe, what to do next. */
export function ErrorState({ what, safe, next, code, details, action, className }: ErrorStateProps) {
  const copied = [what, code, details].filter((line) => line !== undefined).join('\n');
  return (
    <div role="alert" className={cn('flex max-w-[64ch] flex-col gap-3 p-4', className)}>
      <div className="flex gap-2.5">
        <span data-tone="trouble" className="pt-[0.2em] text-lg leading-none text-tone">
          <StateShape state="trouble" />
        </span>
        <div>
          <p className="font-semibold">{what}</p>
          <p>{safe}</p>
          <p className="text-muted">{next}</p>
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-2 pl-[1.9em]">
        {action !== undefined && <StateButton action={action} variant="secondary" />}
        {details !== undefined && <CopyButton text={copied} />}
        {code !== undefined && <span className="text-sm text-muted">Code {code}</span>}
      </div>
    </div>
  );
}

/** Copies text and says so in its own place. */
export function CopyButton({ text, label = 'Copy details' }: { text: string; label?: string | undefined }) {
  const [copied, setCopied] = useState<boolean | null>(null);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  const outcome = copied === null ? '' : copied ? 'Copied.' : 'Could not copy.';
  return (
    <span className="inline-flex items-center gap-2">
      <Button variant="ghost" onClick={() => void copy()}>
        {label}
      </Button>
      <output className="text-sm text-muted">{outcome}</output>
    </span>
  );
}

interface BoundaryProps {
  /** What is inside, for the sentence: `The call list`. */
  name: string;
  /** Changing one of these tries again. */
  resetKeys?: unknown[] | undefined;
  /** Told of the error, so that it reaches the log. */
  onError?: ((error: unknown) => void) | undefined;
  children: ReactNode;
}

/** Keeps a broken part from taking the rest of the window with it. */
export function Boundary({ name, resetKeys = [], onError, children }: BoundaryProps) {
  const fallback = ({ error, resetErrorBoundary }: FallbackProps) =>
    brokenPart(name, error, resetErrorBoundary);
  return (
    <ErrorBoundary resetKeys={resetKeys} onError={(error) => onError?.(error)} fallbackRender={fallback}>
      {children}
    </ErrorBoundary>
  );
}

function brokenPart(name: string, error: unknown, tryAgain: () => void) {
  return (
    <ErrorState
      what={`${name} could not be shown.`}
      safe="Your data and any call in progress are not affected."
      next="Try again. If it happens twice, copy the details for support."
      details={error instanceof Error ? (error.stack ?? error.message) : String(error)}
      action={{ label: 'Try again', run: tryAgain }}
    />
  );
}
