import { Tabs as Base } from '@base-ui/react/tabs';
import { Fragment } from 'react';
import { cn } from './cn.ts';
import type { Tab } from './Tabs.tsx';

export interface TabGroup<T extends string> {
  title: string;
  tabs: readonly Tab<T>[];
}

export interface SideTabsProps<T extends string> {
  /** Names the list of tabs. */
  label: string;
  value: T;
  onChange: (value: T) => void;
  groups: readonly TabGroup<T>[];
  className?: string | undefined;
}

/** Views of one thing that are too many for a row: a list beside them, in groups. Arrow keys move along the list. */
export function SideTabs<T extends string>({ label, value, onChange, groups, className }: SideTabsProps<T>) {
  return (
    <Base.Root
      orientation="vertical"
      value={value}
      onValueChange={(next) => onChange(next as T)}
      className={cn('flex min-h-0', className)}
    >
      <Base.List
        aria-label={label}
        className="flex w-52 shrink-0 flex-col gap-px overflow-y-auto border-r px-3 py-3"
      >
        {groups.map(({ title, tabs }) => (
          <Fragment key={title}>
            {/* A list of tabs holds tabs and nothing else for a screen reader; each of them says what it is. */}
            <div aria-hidden="true" className="px-2 pt-3 pb-1 text-sm text-muted first:pt-0">
              {title}
            </div>
            {tabs.map((tab) => (
              <Base.Tab
                key={tab.value}
                value={tab.value}
                className="target flex min-h-8 items-center gap-1.5 rounded-sm px-2 text-left font-medium text-muted select-none hover:bg-hover hover:text-text data-active:bg-selected data-active:text-text"
              >
                {tab.label}
                {tab.extra}
              </Base.Tab>
            ))}
          </Fragment>
        ))}
      </Base.List>
      {groups
        .flatMap(({ tabs }) => tabs)
        .map((tab) => (
          <Base.Panel key={tab.value} value={tab.value} className="min-h-0 min-w-0 flex-1 overflow-y-auto">
            {tab.panel}
          </Base.Panel>
        ))}
    </Base.Root>
  );
}
