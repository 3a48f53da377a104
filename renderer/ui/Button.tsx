import type { ComponentPropsWithRef, MouseEvent, ReactNode } from 'react';
import { ariaKeys } from '../keys/chord.ts';
import { runsOnMac } from '../keys/platform.ts';
import { cn } from './cn.ts';
import { Kbd } from './Kbd.tsx';
import { Tooltip } from './Tooltip.tsx';

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger';
export type ButtonSize = 'sm' | 'md' | 'lg';

export interface ButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'disabled'> {
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  icon?: ReactNode;
  /** Keys shown as caps and told to assistive technology. Binding them is up to `useKeys`. */
  shortcut?: string | undefined;
  /** Why it cannot be pressed now, as a sentence. It stays focusable and says so. */
  disabledReason?: string | null | undefined;
}

const VARIANT: Record<ButtonVariant, string> = {
  primary: 'border-transparent bg-accent text-on-fill hover:bg-accent-hover',
  secondary: 'border-edge bg-surface text-text hover:bg-hover active:bg-pressed data-popup-open:bg-pressed',
  ghost: 'border-transparent text-text hover:bg-hover active:bg-pressed data-popup-open:bg-pressed',
  danger: 'border-transparent bg-danger text-on-fill hover:bg-danger-hover',
};
const RESTING = 'border-line bg-sunken text-muted cursor-default hover:bg-sunken active:bg-sunken';
const SIZE: Record<ButtonSize, string> = {
  sm: 'h-7 px-2 text-sm gap-1.5',
  md: 'h-8 px-3 gap-2',
  lg: 'h-10 px-4 gap-2 text-lg',
};

/** A button that shows its key, and when it cannot be pressed says why. */
export function Button({ disabledReason, ...props }: ButtonProps) {
  if (disabledReason == null) return <PlainButton {...props} />;
  return (
    <Tooltip text={disabledReason}>
      <PlainButton {...props} why={disabledReason} />
    </Tooltip>
  );
}

type PlainButtonProps = Omit<ButtonProps, 'disabledReason'> & { why?: string | undefined };

function PlainButton({
  variant = 'secondary',
  size = 'md',
  icon,
  shortcut,
  why,
  className,
  children,
  onClick,
  ...rest
}: PlainButtonProps) {
  const resting = why !== undefined;
  const filled = !resting && (variant === 'primary' || variant === 'danger');
  return (
    <button
      type="button"
      aria-keyshortcuts={shortcut === undefined ? undefined : ariaKeys(shortcut, runsOnMac())}
      {...rest}
      {...(resting ? { 'aria-disabled': true, 'aria-description': why, onClick: stop } : { onClick })}
      className={cn(
        'target inline-flex shrink-0 items-center justify-center rounded-md border font-medium whitespace-nowrap select-none',
        SIZE[size],
        VARIANT[variant],
        resting && RESTING,
        className,
      )}
    >
      {icon !== undefined && <Icon>{icon}</Icon>}
      {children}
      {shortcut !== undefined && <Kbd keys={shortcut} onFill={filled} className="-mr-1" />}
    </button>
  );
}

function stop(event: MouseEvent) {
  event.preventDefault();
  event.stopPropagation();
}

/** Sizes an icon with the text beside it. */
export function Icon({ children, className }: { children: ReactNode; className?: string | undefined }) {
  return (
    <span aria-hidden className={cn('inline-flex shrink-0 [&>svg]:size-[1.15em]', className)}>
      {children}
    </span>
  );
}
