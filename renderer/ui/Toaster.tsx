import { Toast as Base } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import {
  createContext,
  type ReactNode,
  type RefObject,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useKeys } from '../keys/KeysProvider.tsx';
import type { Tone } from './Badge.tsx';
import { Button } from './Button.tsx';
import { IconButton } from './IconButton.tsx';
import { toastSide, type ToastSide } from './toast-place.ts';

export interface ToastMessage {
  /** One sentence: `No answer saved.` */
  text: string;
  /** More, when it is needed. */
  detail?: string | undefined;
  tone?: Tone | undefined;
  /** Offers to take it back for as long as the toast shows. */
  undo?: (() => void) | undefined;
  /** Any other single action. */
  action?: { label: string; run: () => void } | undefined;
  /** 0 keeps it until it is closed. */
  shownMs?: number | undefined;
}

interface Toasts {
  show: (message: ToastMessage) => string;
  close: (id: string) => void;
}

const ToastsContext = createContext<Toasts | null>(null);
const SHOWN_MS = 8000;
const UNDO_KEYS = 'mod+z';
const INSET = 16;

/** Short messages in a bottom corner, once around the app. Binds the undo key to the newest one that has an undo. */
export function Toaster({ children }: { children: ReactNode }) {
  const [manager] = useState(() => Base.createToastManager<ToastMessage>());
  const toasts = useMemo<Toasts>(() => {
    const show = (message: ToastMessage) =>
      manager.add({
        title: message.text,
        description: message.detail,
        timeout: message.shownMs ?? SHOWN_MS,
        priority: message.tone === 'bad' ? 'high' : 'low',
        data: message,
      });
    return { show, close: (id) => manager.close(id) };
  }, [manager]);
  return (
    <ToastsContext value={toasts}>
      {children}
      <Base.Provider toastManager={manager} limit={3}>
        <Base.Portal>
          <Stack />
        </Base.Portal>
      </Base.Provider>
    </ToastsContext>
  );
}

/** `show` puts up a toast and returns its id; `close` takes it away. */
export function useToasts(): Toasts {
  const toasts = useContext(ToastsContext);
  if (toasts === null) throw new Error('useToasts needs a <Toaster> around it');
  return toasts;
}

function Stack() {
  const { toasts, close } = Base.useToastManager<ToastMessage>();
  const viewport = useRef<HTMLDivElement>(null);
  const side = useToastSide(viewport, toasts.length);
  const newest = toasts.find(
    (toast) => toast.data?.undo !== undefined && toast.transitionStatus !== 'ending',
  );
  const undo = (id: string, message: ToastMessage | undefined) => {
    close(id);
    message?.undo?.();
  };
  useKeys('global', [
    {
      id: 'undo',
      keys: UNDO_KEYS,
      title: 'Undo last',
      run: () => newest && undo(newest.id, newest.data),
      whyNot: newest === undefined ? 'Nothing to undo.' : null,
    },
  ]);
  return (
    <Base.Viewport
      ref={viewport}
      style={{ bottom: `calc(var(--status-bar) + ${INSET}px)`, [side]: INSET }}
      className="fixed z-70 flex w-96 max-w-[calc(100vw-2rem)] flex-col gap-2 outline-none"
    >
      {toasts.map((toast) => (
        <Message
          key={toast.id}
          toast={toast}
          newest={toast.id === newest?.id}
          onUndo={() => undo(toast.id, toast.data)}
        />
      ))}
    </Base.Viewport>
  );
}

interface MessageProps {
  toast: Base.Root.ToastObject<ToastMessage>;
  newest: boolean;
  onUndo: () => void;
}

function Message({ toast, newest, onUndo }: MessageProps) {
  const message = toast.data;
  return (
    <Base.Root
      toast={toast}
      data-tone={message?.tone ?? 'neutral'}
      swipeDirection={[]}
      className="panel-motion w-full rounded-md border border-line border-l-tone border-l-[3px] bg-raised shadow-high data-limited:hidden data-starting-style:translate-y-2"
    >
      <Base.Content className="flex items-center gap-2 py-1.5 pr-1.5 pl-3">
        <div className="min-w-0 flex-1">
          <Base.Title render={<div />} className="font-medium" />
          <Base.Description className="text-sm text-muted" />
        </div>
        {message?.undo !== undefined && (
          <Button size="sm" shortcut={newest ? UNDO_KEYS : undefined} onClick={onUndo}>
            Undo
          </Button>
        )}
        {message?.action !== undefined && (
          <Button size="sm" onClick={message.action.run}>
            {message.action.label}
          </Button>
        )}
        <Base.Close render={<IconButton label="Dismiss" icon={<X />} size="sm" />} />
      </Base.Content>
    </Base.Root>
  );
}

/** Steps to the other corner while the focus is where the toasts would lie. */
function useToastSide(viewport: RefObject<HTMLElement | null>, count: number): ToastSide {
  const [side, setSide] = useState<ToastSide>('right');
  useEffect(() => {
    if (count === 0) return undefined;
    const place = () => {
      const stack = viewport.current;
      const focused = document.activeElement;
      if (stack === null || stack.contains(focused)) return;
      const box = focused === null || focused === document.body ? null : focused.getBoundingClientRect();
      const page = { width: window.innerWidth, height: window.innerHeight };
      setSide(toastSide(box, { width: stack.offsetWidth, height: stack.offsetHeight }, page, INSET * 2));
    };
    place();
    document.addEventListener('focusin', place);
    return () => document.removeEventListener('focusin', place);
  }, [viewport, count]);
  return side;
}
