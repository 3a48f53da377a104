import { Dialog } from '../ui/Dialog.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { useKeySheet } from './KeysProvider.tsx';
import type { Scope, SheetGroup } from './registry.ts';

interface KeySheetProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The line under the title, such as what state the keys are for. */
  note?: string | undefined;
}

const SCOPE_TITLE: Record<Scope, string> = {
  text: 'While typing',
  dialog: 'In this dialog',
  'call-state': 'Now',
  screen: 'On this screen',
  global: 'Anywhere',
};

/** Every key that does something at this moment, topmost scope first. */
export function KeySheet({ open, onOpenChange, note }: KeySheetProps) {
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
          <Group key={group.scope} group={group} />
        ))}
      </div>
    </Dialog>
  );
}

function Group({ group }: { group: SheetGroup }) {
  return (
    <section className="mb-4">
      <h3 className="mb-1 break-after-avoid text-sm font-semibold text-muted">{SCOPE_TITLE[group.scope]}</h3>
      <dl>
        {group.rows.map((row) => (
          <div key={row.id} className="flex min-h-7 break-inside-avoid items-center gap-3 border-b">
            <dt className="min-w-0 flex-1">
              {row.title}
              {row.whyNot !== null && <span className="block text-sm text-muted">{row.whyNot}</span>}
            </dt>
            <dd className="flex items-center gap-2">
              {row.keys.map((keys) => (
                <Kbd key={keys} keys={keys} spoken />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
