import type { Day } from "./brief.ts";

const DAY_SECONDS = 86_400;

/** Hours after the end of a day at which its brief is due: 07:00 UTC. */
const DUE_HOUR = 7;

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** First second of a day and of the next, unix seconds UTC; `undefined` where the text is no day of the calendar. */
export function spanOfDay(day: string): { readonly from: number; readonly to: number } | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined;
  const from = Date.parse(`${day}T00:00:00Z`) / 1_000;
  if (!Number.isFinite(from) || dayOf(from) !== day) return undefined;
  return { from, to: from + DAY_SECONDS };
}

/** The day of UTC that a moment lies in, unix seconds. */
export function dayOf(time: number): Day {
  return new Date(time * 1_000).toISOString().slice(0, 10);
}

/** The newest day whose brief is due at a moment. */
export function newestDueDay(now: number): Day {
  return dayOf(now - DUE_HOUR * 3_600 - DAY_SECONDS);
}

/** The day so many days before. */
export function dayBefore(day: Day, days = 1): Day {
  return dayOf((spanOfDay(day)?.from ?? 0) - days * DAY_SECONDS);
}

/** "14 March 2026". */
export function writeDay(day: Day): string {
  const [year, month, date] = day.split("-");
  return `${Number(date)} ${MONTHS[Number(month) - 1]} ${year}`;
}

/** "2026-03-14 07:00 UTC". */
export function writeMoment(time: number): string {
  return `${new Date(time * 1_000).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
