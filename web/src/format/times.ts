const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time in its largest unit, with the next one where it still says something: `45 s`, `3 h 5 min`, `2 d`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < MINUTE) return `${whole} s`;
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)} min`;
  const hours = Math.floor(whole / HOUR);
  if (whole >= DAY) return `${Math.floor(whole / DAY)} d`;
  const minutes = Math.floor((whole % HOUR) / MINUTE);
  return minutes === 0 || hours >= 10 ? `${hours} h` : `${hours} h ${minutes} min`;
}

/** Rounded to the minute; a time that lies ahead by a clock's inaccuracy is now. */
export function formatAgo(seconds: number): string {
  return seconds < MINUTE ? "just now" : `${formatDuration(seconds)} ago`;
}

/** To the second, in UTC as blocks are: `2031-01-14 14:02:10 UTC`. */
export function formatExact(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}

/** Seconds from one ISO time to a later one. */
export function secondsBetween(earlier: string, later: string): number {
  return (Date.parse(later) - Date.parse(earlier)) / 1000;
}
