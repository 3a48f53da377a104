// Looks shared by several parts. A part adds what is its own.

/** The box people type in or open a list from. */
export const CONTROL =
  'h-8 w-full min-w-0 rounded-md border border-edge bg-surface px-2.5 text-text placeholder:text-muted placeholder:opacity-100 data-invalid:border-danger aria-invalid:border-danger data-disabled:bg-sunken data-disabled:text-muted';

/** A list that opens over the page. */
export const POPUP =
  'panel-motion max-h-[min(24rem,var(--available-height))] min-w-(--anchor-width) max-w-(--available-width) overflow-y-auto rounded-md border border-line bg-raised p-1 text-text shadow-high outline-none';

/** One row of such a list. */
export const OPTION =
  'flex min-h-7 cursor-default items-center gap-2 rounded-sm px-2 py-0.5 outline-none select-none data-disabled:text-muted data-highlighted:bg-pressed';

export const GROUP_LABEL = 'px-2 pt-2 pb-1 text-xs font-medium text-muted';

export const VEIL = 'panel-motion fixed inset-0 z-40 bg-veil';
