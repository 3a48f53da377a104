export const LISTS_TABS = ['imports', 'do-not-call', 'schedules', 'follow-ups'] as const;
export type ListsTab = (typeof LISTS_TABS)[number];
