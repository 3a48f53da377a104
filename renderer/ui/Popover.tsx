import { Popover as Base } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';
import { cn } from './cn.ts';

export interface PopoverProps {
  trigger: ReactElement;
  /** Names the popup; shown as its heading unless `hideTitle`. */
  title: string;
  hideTitle?: boolean | undefined;
  side?: 'top' | 'bottom' | 'left' | 'right' | undefined;
  align?: 'start' | 'center' | 'end' | undefined;
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
  /** Off where a key opens it: the focus then goes back to the page, and not to the button nobody pressed. */
  returnsFocus?: boolean | undefined;
  children: ReactNode;
}

/** A small panel beside a button. */
export function Popover({
  trigger,
  title,
  hideTitle,
  side = 'bottom',
  align = 'start',
  open,
  onOpenChange,
  returnsFocus = true,
  children,
}: PopoverProps) {
  return (
    <Base.Root {...(open === undefined ? {} : { open })} onOpenChange={(next) => onOpenChange?.(next)}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} side={side} align={align} collisionPadding={8} className="z-50">
          <Base.Popup
            finalFocus={returnsFocus}
            className="panel-motion max-h-(--available-height) w-80 max-w-(--available-width) overflow-y-auto rounded-md border border-line bg-raised p-3 text-text shadow-high outline-none"
          >
            <Base.Title className={cn('mb-1 text-base font-semibold', hideTitle === true && 'sr-only')}>
              {title}
            </Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
