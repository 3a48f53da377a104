import { AlertDialog as BaseAlert } from '@base-ui/react/alert-dialog';
import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { useKeys } from '../keys/KeysProvider.tsx';
import { Button, type ButtonProps } from './Button.tsx';
import { cn } from './cn.ts';
import { VEIL } from './styles.ts';

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  /** Buttons, the main one last. */
  footer?: ReactNode;
  size?: 'sm' | 'md' | 'lg' | undefined;
  /** Where the focus lands; the first control otherwise. */
  initialFocus?: RefObject<HTMLElement | null> | undefined;
  children?: ReactNode;
}

const WIDTH = { sm: 'w-[400px]', md: 'w-[560px]', lg: 'w-[840px]' };
const SHEET =
  'panel-motion relative flex max-h-[calc(88dvh-1rem)] max-w-[calc(100vw-2rem)] flex-col rounded-lg border border-line bg-raised text-text shadow-top outline-none data-starting-style:translate-y-2 data-ending-style:translate-y-2';
const STAGE = 'fixed inset-0 z-40 flex items-start justify-center p-4 pt-[12vh]';

/** A window over the page. Esc and the cross close it, and the focus goes back where it was. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  footer,
  size = 'md',
  initialFocus,
  children,
}: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className={VEIL} />
        <Base.Viewport className={STAGE}>
          <Base.Popup
            className={cn(SHEET, WIDTH[size])}
            {...(initialFocus === undefined ? {} : { initialFocus })}
          >
            <KeyWall />
            <div className="pt-3 pr-12 pb-2 pl-4">
              <Base.Title className="text-lg font-semibold">{title}</Base.Title>
              {description != null && (
                <Base.Description className="text-muted">{description}</Base.Description>
              )}
            </div>
            <div className="focus-inset min-h-0 flex-1 overflow-y-auto px-4 pt-1 pb-4">{children}</div>
            {footer != null && <div className="flex justify-end gap-2 border-t px-4 py-3">{footer}</div>}
            {/* Last in order, so that the focus starts on the first thing to fill in. */}
            <Base.Close render={<CloseButton className="absolute top-3 right-3" />} />
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

export interface AlertDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The question: `Delete the list "March"?` */
  title: string;
  /** What will happen, and what cannot be taken back. */
  body: ReactNode;
  /** The verb, never "OK". */
  confirmLabel: string;
  onConfirm: () => void;
  cancelLabel?: string | undefined;
  danger?: boolean | undefined;
}

/** A question for what reaches another person or cannot be taken back. The focus starts on the safe answer. */
export function AlertDialog({
  open,
  onOpenChange,
  title,
  body,
  confirmLabel,
  onConfirm,
  cancelLabel = 'Cancel',
  danger,
}: AlertDialogProps) {
  const confirm = () => {
    onOpenChange(false);
    onConfirm();
  };
  return (
    <BaseAlert.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <BaseAlert.Portal>
        <BaseAlert.Backdrop className={VEIL} />
        <BaseAlert.Viewport className={STAGE}>
          <BaseAlert.Popup className={cn(SHEET, WIDTH.sm)}>
            <KeyWall />
            <div className="flex flex-col gap-1 p-4">
              <BaseAlert.Title className="text-lg font-semibold">{title}</BaseAlert.Title>
              <BaseAlert.Description render={<div />} className="text-muted">
                {body}
              </BaseAlert.Description>
            </div>
            <div className="flex justify-end gap-2 px-4 pb-4">
              <BaseAlert.Close render={<Button>{cancelLabel}</Button>} />
              <Button variant={danger === true ? 'danger' : 'primary'} onClick={confirm}>
                {confirmLabel}
              </Button>
            </div>
          </BaseAlert.Popup>
        </BaseAlert.Viewport>
      </BaseAlert.Portal>
    </BaseAlert.Root>
  );
}

/** A cross without a tooltip: one would open with the dialog, which puts the focus here, and take the first Esc. */
export function CloseButton({ className, ...props }: ButtonProps) {
  return (
    <Button
      {...props}
      aria-label="Close"
      icon={<X />}
      size="sm"
      variant="ghost"
      className={cn('w-7 px-0', className)}
    />
  );
}

/** While it is mounted, plain keys of the page beneath do nothing. */
export function KeyWall() {
  useKeys('dialog', []);
  return null;
}
