import { ContextMenu as BaseContext } from '@base-ui/react/context-menu';
import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import { Fragment, type ReactElement, type ReactNode } from 'react';
import { cn } from './cn.ts';
import { Kbd } from './Kbd.tsx';
import { GROUP_LABEL, OPTION, POPUP } from './styles.ts';

export interface MenuAction {
  label: string;
  run: () => void;
  icon?: ReactNode;
  shortcut?: string | undefined;
  danger?: boolean | undefined;
  /** Makes it a tick that stays; the menu remains open. */
  checked?: boolean | undefined;
  /** Why not now: shown beneath the label. */
  disabledReason?: string | null | undefined;
}

/** A titled or untitled stretch of a menu; stretches are parted by a line. */
export interface MenuSection {
  title?: string | undefined;
  items: readonly MenuAction[];
}

export interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement;
  sections: readonly MenuSection[];
  align?: 'start' | 'end' | undefined;
  side?: 'top' | 'bottom' | 'right' | undefined;
}

/** Actions under a button. Each shows its key, so that people grow out of the menu. */
export function Menu({ trigger, sections, align = 'start', side = 'bottom' }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} side={side} className="z-50 outline-none">
          <Base.Popup className={cn(POPUP, 'min-w-48')}>
            <Sections sections={sections} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** The same actions under the right mouse button or the menu key. Never the only way to them. */
export function ContextMenu({
  sections,
  children,
}: {
  sections: readonly MenuSection[];
  children: ReactElement;
}) {
  return (
    <BaseContext.Root>
      <BaseContext.Trigger render={children} />
      <BaseContext.Portal>
        <BaseContext.Positioner className="z-50 outline-none">
          <BaseContext.Popup className={cn(POPUP, 'min-w-48')}>
            <Sections sections={sections} />
          </BaseContext.Popup>
        </BaseContext.Positioner>
      </BaseContext.Portal>
    </BaseContext.Root>
  );
}

function Sections({ sections }: { sections: readonly MenuSection[] }) {
  return sections.map((section, index) => (
    <Fragment key={section.title ?? section.items[0]?.label ?? index}>
      {index > 0 && <Base.Separator className="my-1 h-px bg-line" />}
      <Base.Group>
        {section.title !== undefined && (
          <Base.GroupLabel className={GROUP_LABEL}>{section.title}</Base.GroupLabel>
        )}
        {section.items.map((item) => (
          <Item key={item.label} item={item} />
        ))}
      </Base.Group>
    </Fragment>
  ));
}

function Item({ item }: { item: MenuAction }) {
  const className = cn(OPTION, item.danger === true && 'text-danger-text');
  if (item.checked !== undefined) {
    return (
      <Base.CheckboxItem checked={item.checked} onCheckedChange={() => item.run()} className={className}>
        <span className="flex w-[1.15em] [&>svg]:size-[1.15em]">{item.checked && <Check aria-hidden />}</span>
        <ItemBody item={item} />
      </Base.CheckboxItem>
    );
  }
  return (
    <Base.Item disabled={item.disabledReason != null} onClick={() => item.run()} className={className}>
      {item.icon != null && <span className="flex text-muted [&>svg]:size-[1.15em]">{item.icon}</span>}
      <ItemBody item={item} />
    </Base.Item>
  );
}

function ItemBody({ item }: { item: MenuAction }) {
  return (
    <>
      <span className="min-w-0 flex-1 pr-4">
        <span className="block truncate">{item.label}</span>
        {item.disabledReason != null && (
          <span className="block text-sm text-muted">{item.disabledReason}</span>
        )}
      </span>
      {item.shortcut !== undefined && <Kbd keys={item.shortcut} />}
    </>
  );
}
