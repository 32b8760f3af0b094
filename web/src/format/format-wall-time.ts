import { writeTime } from "./intl.ts";
import { formatExact } from "./times.ts";

/** To the second, with the zone; without a zone in UTC, as everything else. */
export function formatWallTime(iso: string, timeZone: string | null, locale?: string): string {
  if (timeZone === null) return formatExact(iso, locale);
  return writeTime(iso, { dateStyle: "medium", timeStyle: "long", timeZone }, locale);
}
