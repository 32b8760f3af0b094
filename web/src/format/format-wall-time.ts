import { formatExact } from "./times.ts";

type Wanted = { readonly timeZone: string | null; readonly locale: string | null };

/** To the second, with the zone; without a zone in UTC, as everything else. */
export function formatWallTime(iso: string, { timeZone, locale }: Wanted): string {
  if (timeZone === null) return formatExact(iso);
  const parts = { dateStyle: "medium", timeStyle: "long", timeZone } as const;
  return new Intl.DateTimeFormat(locale ?? undefined, parts).format(new Date(iso));
}
