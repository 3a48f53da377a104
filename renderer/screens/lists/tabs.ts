export const LISTS_TABS = ['imports', 'do-not-call', 'schedules'] as const;
export type ListsTab = (typeof LISTS_TABS)[number];
