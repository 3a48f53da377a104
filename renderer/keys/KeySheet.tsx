import { useEffect, useRef, useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { keysOfPress } from './chord.ts';
import { useKeySheet, useWhyNotKeys } from './KeysProvider.tsx';
import type { Scope, SheetGroup } from './registry.ts';

export type Rebound = Readonly<Record<string, string>>;

interface KeySheetProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The line under the title, such as what state the keys are for. */
  note?: string | undefined;
  /** What a person chose instead, and how to choose. Left out, keys are only shown. */
  rebound?: Rebound | undefined;
  onRebind?: ((rebound: Rebound) => void) | undefined;
}

const SCOPE_TITLE: Record<Scope, string> = {
  text: 'While typing',
  dialog: 'In this dialog',
  'call-state': 'Now',
  screen: 'On this screen',
  global: 'Anywhere',
};

/** Every key that does something at this moment, topmost scope first; each can be given another. */
export function KeySheet({ open, onOpenChange, note, rebound = {}, onRebind }: KeySheetProps) {
  const groups = useKeySheet();
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Keys"
      size="lg"
      description={note ?? 'These keys work right now. They change with what you are doing.'}
    >
      <div className="columns-1 gap-8 two:columns-2">
        {groups.map((group) => (
          <Group key={group.scope} group={group} rebound={rebound} onRebind={onRebind} />
        ))}
      </div>
    </Dialog>
  );
}

interface GroupProps extends Pick<KeySheetProps, 'onRebind'> {
  readonly group: SheetGroup;
  readonly rebound: Rebound;
}

function Group({ group, rebound, onRebind }: GroupProps) {
  return (
    <section className="mb-4">
      <h3 className="mb-1 break-after-avoid text-sm font-semibold text-muted">{SCOPE_TITLE[group.scope]}</h3>
      <dl>
        {group.rows.map((row) => (
          <Row key={row.id} row={row} rebound={rebound} onRebind={onRebind} />
        ))}
      </dl>
    </section>
  );
}

type RowProps = Omit<GroupProps, 'group'> & { readonly row: SheetGroup['rows'][number] };

function Row({ row, rebound, onRebind }: RowProps) {
  const [isAsked, setAsked] = useState(false);
  const [why, setWhy] = useState<string | null>(null);
  const whyNot = useWhyNotKeys();
  const { [row.id]: chosen, ...others } = rebound;
  usePress(isAsked, (keys) => {
    if (keys === null) return stop();
    const refusal = whyNot(keys, row.id);
    if (refusal !== null) return setWhy(refusal);
    onRebind?.({ ...others, [row.id]: keys });
    stop();
  });
  function stop() {
    setAsked(false);
    setWhy(null);
  }
  const note = why ?? row.whyNot;
  return (
    <div className="flex min-h-8 break-inside-avoid items-center gap-3 border-b">
      <dt className="min-w-0 flex-1">
        {row.title}
        {note !== null && <span className="block text-sm text-muted">{note}</span>}
      </dt>
      <dd className="flex items-center gap-2" aria-live="polite">
        {isAsked ? (
          <span className="text-sm text-muted">Press the new keys, or Esc</span>
        ) : (
          row.keys.map((keys) => <Kbd key={keys} keys={keys} exact spoken />)
        )}
        {onRebind !== undefined && !isAsked && chosen !== undefined && (
          <Button size="sm" variant="ghost" onClick={() => onRebind(others)}>
            Built-in<span className="sr-only"> keys for {row.title}</span>
          </Button>
        )}
        {onRebind !== undefined && !isAsked && (
          <Button size="sm" variant="ghost" onClick={() => setAsked(true)}>
            Change<span className="sr-only"> the keys for {row.title}</span>
          </Button>
        )}
      </dd>
    </div>
  );
}

const MODIFIERS = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead']);

/** The next keys pressed, before anybody else hears of them; null is Escape. */
function usePress(isOn: boolean, onPress: (keys: string | null) => void): void {
  const latest = useRef(onPress);
  useEffect(() => {
    latest.current = onPress;
  });
  useEffect(() => {
    if (!isOn) return undefined;
    const listen = (event: KeyboardEvent) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!MODIFIERS.has(event.key)) latest.current(event.key === 'Escape' ? null : keysOfPress(event));
    };
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, [isOn]);
}
