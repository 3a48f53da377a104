import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useId, useState } from 'react';
import { cn } from './cn.ts';
import { CloseButton, KeyWall } from './Dialog.tsx';
import { IconButton } from './IconButton.tsx';
import { VEIL } from './styles.ts';

export interface DrawerProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** `beside` takes its own column and leaves the list in reach; `over` covers the page. */
  place?: 'beside' | 'over' | undefined;
  /** Starting width in px. */
  width?: number | undefined;
  /** Buttons beside the title. */
  actions?: ReactNode;
  children: ReactNode;
}

const NARROWEST = 320;
const WIDEST = 800;
const KEY_STEP = 24;

/** Details at the right edge. */
export function Drawer({ place = 'beside', ...props }: DrawerProps) {
  return place === 'over' ? <DrawerOver {...props} /> : <DrawerBeside {...props} />;
}

function DrawerOver({ open, onOpenChange, title, width = 480, actions, children }: DrawerProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className={VEIL} />
        <Base.Popup
          style={{ width }}
          className="panel-motion fixed inset-y-0 right-0 z-40 flex max-w-full flex-col border-l bg-raised text-text shadow-top outline-none data-starting-style:translate-x-4 data-ending-style:translate-x-4"
        >
          <KeyWall />
          <DrawerHead
            title={<Base.Title className="text-lg font-semibold">{title}</Base.Title>}
            actions={actions}
            close={<Base.Close render={<CloseButton />} />}
          />
          <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

function DrawerBeside({ open, onOpenChange, title, width = 480, actions, children }: DrawerProps) {
  const [wide, setWide] = useState(width);
  const titleId = useId();
  if (!open) return null;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    onOpenChange(false);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Esc from anywhere inside closes it
    <aside
      aria-labelledby={titleId}
      onKeyDown={onKeyDown}
      style={{ width: wide }}
      className="relative flex h-full max-w-full shrink-0 flex-col border-l bg-surface"
    >
      <ResizeHandle label={`Width of ${title}`} width={wide} onResize={setWide} />
      <DrawerHead
        title={
          <h2 id={titleId} className="text-lg font-semibold">
            {title}
          </h2>
        }
        actions={actions}
        close={
          <IconButton
            label="Close"
            icon={<X />}
            size="sm"
            shortcut="esc"
            onClick={() => onOpenChange(false)}
          />
        }
      />
      <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
    </aside>
  );
}

function DrawerHead({ title, actions, close }: { title: ReactNode; actions: ReactNode; close: ReactNode }) {
  return (
    <div className="flex min-h-11 items-center gap-2 border-b px-4 py-1.5">
      <div className="min-w-0 flex-1 truncate">{title}</div>
      {actions}
      {close}
    </div>
  );
}

interface ResizeHandleProps {
  label: string;
  width: number;
  onResize: (width: number) => void;
}

/** The left edge of the drawer: dragged, or moved with the arrow keys. */
function ResizeHandle({ label, width, onResize }: ResizeHandleProps) {
  const clamp = (next: number) => onResize(Math.min(WIDEST, Math.max(NARROWEST, Math.round(next))));
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: KEY_STEP, ArrowRight: -KEY_STEP }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    clamp(width + step);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const right = event.currentTarget.parentElement?.getBoundingClientRect().right ?? 0;
    clamp(right - event.clientX);
  };
  return (
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an hr cannot carry a value
      role="separator"
      aria-label={label}
      aria-orientation="vertical"
      aria-valuenow={width}
      aria-valuemin={NARROWEST}
      aria-valuemax={WIDEST}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={onPointerMove}
      className={cn(
        'absolute inset-y-0 -left-1 z-10 w-2 cursor-col-resize touch-none hover:bg-accent/30 focus-visible:bg-accent/30',
      )}
    />
  );
}
