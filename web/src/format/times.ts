import { writeTime } from "./intl.ts";

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

/** A time in UTC is one of the chain or of a log, and these have 24 hours wherever they are read. */
const OF_24 = { hourCycle: "h23" } as const;

/** To the second, in UTC as blocks are: `14 Jan 2031, 14:02:10 UTC`. */
export function formatExact(iso: string, locale?: string): string {
  return `${writeTime(iso, { dateStyle: "medium", timeStyle: "medium", ...OF_24 }, locale)} UTC`;
}

/** To the minute, in UTC; where the zone stands elsewhere. */
export function formatMinute(time: string | number, locale?: string): string {
  return writeTime(time, { dateStyle: "medium", timeStyle: "short", ...OF_24 }, locale);
}

/** The time of day in UTC, to the minute. */
export function formatTimeOfDay(time: string | number, locale?: string): string {
  return writeTime(time, { timeStyle: "short", ...OF_24 }, locale);
}

/** A day of UTC. */
export function formatDay(time: string | number, locale?: string): string {
  return writeTime(time, { dateStyle: "medium" }, locale);
}

/** Seconds from one ISO time to a later one. */
export function secondsBetween(earlier: string, later: string): number {
  return (Date.parse(later) - Date.parse(earlier)) / 1000;
}
