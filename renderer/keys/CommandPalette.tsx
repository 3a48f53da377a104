import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { useAnnounce } from '../ui/Announcer.tsx';
import { cn } from '../ui/cn.ts';
import { KeyWall } from '../ui/Dialog.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { GROUP_LABEL, OPTION } from '../ui/styles.ts';
import { rank, type Ranked } from './match.ts';

/** Something a person can do from the palette. */
export interface Command {
  id: string;
  title: string;
  group: string;
  /** Shown at the right, so that people learn the key. Binding it is up to `useKeys`. */
  keys?: string | undefined;
  /** Other words people may type for it. */
  keywords?: readonly string[] | undefined;
  icon?: ReactNode;
  run: () => void;
  /** Why it cannot run now. It stays in the list and says so. */
  disabledReason?: string | null | undefined;
}

interface CommandPaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  commands: readonly Command[];
  placeholder?: string | undefined;
  /** Told when the typing changes, for callers that add found records to `commands`. */
  onQuery?: ((query: string) => void) | undefined;
}

interface PaletteGroup {
  value: string;
  items: Ranked<Command>[];
}

/** Every command by name. Opens at once and without movement. */
export function CommandPalette({ open, onOpenChange, commands, placeholder, onQuery }: CommandPaletteProps) {
  const chosen = useRef<Command | null>(null);
  // The command runs once the palette is gone, so that a dialog it opens keeps the focus.
  const onClosed = (isOpen: boolean) => {
    const command = isOpen ? null : chosen.current;
    chosen.current = null;
    command?.run();
  };
  const choose = (command: Command) => {
    chosen.current = command;
    onOpenChange(false);
  };
  return (
    <Dialog.Root open={open} onOpenChange={(next) => onOpenChange(next)} onOpenChangeComplete={onClosed}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-veil" />
        <Dialog.Viewport className="fixed inset-0 z-40 flex items-start justify-center p-4 pt-[12vh]">
          <Dialog.Popup
            aria-label="Commands"
            className="flex max-h-[min(30rem,76vh)] w-[600px] max-w-full flex-col overflow-hidden rounded-lg border border-line bg-raised text-text shadow-top outline-none"
          >
            <KeyWall />
            <Finder {...{ commands, placeholder, onQuery }} onChoose={choose} />
            <Dialog.Close className="sr-only">Close commands</Dialog.Close>
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface FinderProps extends Pick<CommandPaletteProps, 'commands' | 'placeholder' | 'onQuery'> {
  onChoose: (command: Command) => void;
}

function Finder({ commands, placeholder = 'Type a command…', onQuery, onChoose }: FinderProps) {
  const [query, setQuery] = useState('');
  const announce = useAnnounce();
  const groups = useMemo<PaletteGroup[]>(
    () => rank(query, commands).map(({ group, items }) => ({ value: group, items })),
    [query, commands],
  );
  const total = groups.reduce((sum, group) => sum + group.items.length, 0);
  const choose = ({ item }: Ranked<Command>) => {
    if (item.disabledReason == null) onChoose(item);
    else announce(item.disabledReason, 'assertive', { again: true });
  };
  const type = (next: string) => {
    setQuery(next);
    onQuery?.(next);
  };
  return (
    <Autocomplete.Root
      open
      inline
      mode="none"
      items={groups}
      value={query}
      onValueChange={(next, details) => {
        // Choosing an item would otherwise write its name into the box.
        if (details.reason !== 'item-press') type(next);
      }}
      itemToStringValue={(ranked: Ranked<Command>) => ranked.item.title}
      autoHighlight="always"
      keepHighlight
    >
      <div className="flex items-center gap-2.5 border-b px-4">
        <Search aria-hidden className="size-[1.15em] shrink-0 text-muted" />
        <Autocomplete.Input
          aria-label="Find a command"
          placeholder={placeholder}
          className="h-11 w-full bg-transparent text-lg outline-none placeholder:text-muted"
        />
        <Kbd keys="esc" />
      </div>
      <Autocomplete.Status className="sr-only">{countText(total)}</Autocomplete.Status>
      <Autocomplete.Empty>
        <p className="px-4 py-6 text-center text-muted">Nothing is called that. Try another word.</p>
      </Autocomplete.Empty>
      <Autocomplete.List className="min-h-0 scroll-py-2 overflow-y-auto p-1.5 data-empty:p-0">
        {(group: PaletteGroup) => (
          <Autocomplete.Group key={group.value} items={group.items}>
            <Autocomplete.GroupLabel className={GROUP_LABEL}>{group.value}</Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(ranked: Ranked<Command>) => (
                <Row key={ranked.item.id} ranked={ranked} onChoose={() => choose(ranked)} />
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  );
}

function countText(total: number): string {
  return total === 1 ? '1 command' : `${total} commands`;
}

function Row({ ranked, onChoose }: { ranked: Ranked<Command>; onChoose: () => void }) {
  const { item, hits } = ranked;
  const resting = item.disabledReason != null;
  return (
    <Autocomplete.Item
      value={ranked}
      onClick={onChoose}
      aria-disabled={resting ? true : undefined}
      className={cn(OPTION, 'min-h-8 px-2.5', resting && 'text-muted')}
    >
      {item.icon != null && (
        <span className="flex shrink-0 text-muted [&>svg]:size-[1.15em]">{item.icon}</span>
      )}
      <span className="min-w-0 flex-1 truncate">
        <Marked text={item.title} hits={hits} />
        {resting && <span className="text-sm"> · {item.disabledReason}</span>}
      </span>
      {item.keys !== undefined && <Kbd keys={item.keys} />}
    </Autocomplete.Item>
  );
}

/** The title with the letters that were found in a heavier weight. */
function Marked({ text, hits }: { text: string; hits: readonly number[] }) {
  if (hits.length === 0) return text;
  const marked = new Set(hits);
  const runs: { text: string; hit: boolean }[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const hit = marked.has(at);
    const last = runs.at(-1);
    if (last?.hit === hit) last.text += text[at];
    else runs.push({ text: text[at]!, hit });
  }
  return runs.map((run, index) =>
    run.hit ? (
      <b key={index} className="font-semibold">
        {run.text}
      </b>
    ) : (
      <span key={index}>{run.text}</span>
    ),
  );
}
