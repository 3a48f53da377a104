/* The platform’s own calendar, which the product does not use for this. */

/** Minutes since midnight on the clocks of a zone. */
export function minuteIn(zone: string, at: number): number {
  const [hour, minute] = formatted(times, zone, at, { hour: '2-digit', minute: '2-digit' }).split(':');
  return Number(hour) * 60 + Number(minute);
}

/** `2026-11-18`, on the calendar of a zone. */
export function dateIn(zone: string, at: number): string {
  const [day, month, year] = formatted(dates, zone, at, {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
  }).split('/');
  return `${year}-${month}-${day}`;
}

const times = new Map<string, Intl.DateTimeFormat>();
const dates = new Map<string, Intl.DateTimeFormat>();

function formatted(
  kept: Map<string, Intl.DateTimeFormat>,
  zone: string,
  at: number,
  fields: Intl.DateTimeFormatOptions,
): string {
  let format = kept.get(zone);
  if (format === undefined) {
    // A day begins at 00:00 there, and not at 24:00.
    format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', ...fields });
    kept.set(zone, format);
  }
  return format.format(at);
}
