const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `02:14`, from an hour on `1:02:14`. Never negative, and always two digits for seconds. */
export function clockText(ms: number): string {
  const { hours, minutes, seconds } = parts(ms);
  const tail = `${two(minutes)}:${two(seconds)}`;
  return hours > 0 ? `${hours}:${tail}` : tail;
}

/** `2 minutes 14 seconds`, for reading aloud. */
export function spokenDuration(ms: number): string {
  const { hours, minutes, seconds } = parts(ms);
  const said = [count(hours, 'hour'), count(minutes, 'minute'), count(seconds, 'second')].filter(
    (part) => part !== '',
  );
  return said.length === 0 ? '0 seconds' : said.join(' ');
}

/** `just now`, `5 min ago`, `in 2 h`, `3 days ago`. */
export function relativeText(at: number, now: number): string {
  const away = Math.abs(at - now);
  if (away < 45 * SECOND) return at > now ? 'in a moment' : 'just now';
  const span = spanText(away);
  return at > now ? `in ${span}` : `${span} ago`;
}

function spanText(ms: number): string {
  if (Math.round(ms / MINUTE) < 60) return `${Math.max(1, Math.round(ms / MINUTE))} min`;
  if (Math.round(ms / HOUR) < 24) return `${Math.round(ms / HOUR)} h`;
  return count(Math.round(ms / DAY), 'day');
}

function parts(ms: number) {
  const whole = Math.max(0, Math.floor(ms / SECOND));
  return { hours: Math.floor(whole / 3600), minutes: Math.floor((whole % 3600) / 60), seconds: whole % 60 };
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

function count(number: number, word: string): string {
  return number === 0 ? '' : `${number} ${word}${number === 1 ? '' : 's'}`;
}
