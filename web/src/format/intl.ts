import { readerLocale } from "./locale.ts";

/** Making one takes longer than a thousand numbers take to be written with it. */
const numbers = new Map<string, Intl.NumberFormat>();
const times = new Map<string, Intl.DateTimeFormat>();

/** A number in the reader's way; `locale` is given by tests alone. */
export function writeNumber(value: number, how: Intl.NumberFormatOptions, locale = readerLocale()): string {
  const key = `${locale} ${JSON.stringify(how)}`;
  const known = numbers.get(key) ?? new Intl.NumberFormat(locale, how);
  numbers.set(key, known);
  return known.format(value);
}

/** A time in the reader's way: in UTC, as blocks are, unless `how` names a zone. */
export function writeTime(
  time: string | number,
  how: Intl.DateTimeFormatOptions,
  locale: string | undefined = readerLocale(),
): string {
  const key = `${locale} ${JSON.stringify(how)}`;
  const known = times.get(key) ?? new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...how });
  times.set(key, known);
  return known.format(typeof time === "number" ? time : Date.parse(time));
}
