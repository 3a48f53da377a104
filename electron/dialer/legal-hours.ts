import type { DayWindow } from '../../shared/domain/campaign.ts';

/**
 * 8:00 to 21:00 where the called person is, every day: the federal rule of the United States for sales calls
 * (47 CFR 64.1200(c)(1)), and the floor for everybody until a stricter rule of the place applies.
 */
export const legalHours: readonly DayWindow[] = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
  weekday,
  from: 8 * 60,
  to: 21 * 60,
}));
