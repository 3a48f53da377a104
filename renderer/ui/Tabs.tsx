import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';

export interface Tab<T extends string> {
  value: T;
  label: string;
  /** A count or badge after the label. */
  extra?: ReactNode;
  panel: ReactNode;
}

export interface TabsProps<T extends string> {
  /** Names the row of tabs. */
  label: string;
  value: T;
  onChange: (value: T) => void;
  tabs: readonly Tab<T>[];
  className?: string | undefined;
}

/** Views of one thing. Arrow keys move along the row; one that is too long goes on below. */
export function Tabs<T extends string>({ label, value, onChange, tabs, className }: TabsProps<T>) {
  return (
    <Base.Root
      value={value}
      onValueChange={(next) => onChange(next as T)}
      className={cn('flex min-h-0 flex-col', className)}
    >
      <Base.List aria-label={label} className="relative flex flex-wrap gap-x-4 border-b px-1">
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className="target flex h-9 items-center gap-1.5 rounded-sm font-medium whitespace-nowrap text-muted select-none hover:text-text data-active:text-text"
          >
            {tab.label}
            {tab.extra}
          </Base.Tab>
        ))}
        <Base.Indicator className="filled absolute top-[calc(var(--active-tab-top)+var(--active-tab-height)-1px)] left-(--active-tab-left) h-[2px] w-(--active-tab-width) bg-accent-text" />
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value} className="min-h-0 flex-1 pt-3">
          {tab.panel}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
