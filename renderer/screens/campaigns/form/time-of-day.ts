const DAY_MINUTES = 24 * 60;

/** `9:00`, `17:30`, and `24:00` for the end of the day. */
export function timeOfDay(minute: number): string {
  return `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
}

/** A time as people type it: `9`, `9:30`, `930`, `9.30`, `5pm`, `noon`, `24:00`. Null where it is none. */
export function readTime(typed: string): number | null {
  const text = typed.trim().toLowerCase().replace(/\s+/g, '');
  if (text === 'noon') return 12 * 60;
  if (text === 'midnight') return 0;
  const match = /^(\d{1,2})(?:[:.h]?([0-5]\d))?([ap])?\.?m?\.?$/.exec(text);
  if (match === null) return null;
  const [, hourText, minuteText = '0', half] = match;
  const hour = hourOn24(Number(hourText), half);
  const minute = hour === null ? null : hour * 60 + Number(minuteText);
  return minute !== null && minute <= DAY_MINUTES ? minute : null;
}

function hourOn24(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half === 'p' ? 12 : 0);
}

/** A quarter of an hour earlier or later, on the quarter, and never past the ends of the day. */
export function steppedTime(minute: number, step: 1 | -1): number {
  const quarter = step === 1 ? Math.floor(minute / 15) + 1 : Math.ceil(minute / 15) - 1;
  return Math.min(DAY_MINUTES, Math.max(0, quarter * 15));
}
