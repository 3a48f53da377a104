import type { ReactNode } from 'react';
import { type CampaignTab, TAB } from './tabs.ts';

/** The inside of a tab that scrolls as one. */
export function TabBody({ tab, children }: { tab: CampaignTab; children: ReactNode }) {
  return (
    <section
      aria-label={TAB[tab]}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it may hold no control, so the keyboard needs this to scroll
      tabIndex={0}
      className="h-full overflow-y-auto px-5 py-4 focus-inset"
    >
      {children}
    </section>
  );
}
