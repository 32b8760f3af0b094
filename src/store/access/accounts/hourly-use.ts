import { sql } from "kysely";

/** How much was asked for by a program. */
export type HourlyUse = {
  /** What this person's keys and tokens asked for in the present hour, this use among it. */
  readonly used: number;
  /** As much as their tier may. */
  readonly quota: number;
  /** Until the next hour begins. */
  readonly resetSeconds: number;
  /** Of a key that has a limit of its own. */
  readonly ofKey?: { readonly used: number; readonly quota: number };
};

/** What is selected of the use; `ofKey` is two columns there. */
export type UseRow = {
  readonly used: number;
  readonly quota: number;
  readonly resetSeconds: number;
  readonly keyUsed: number | null;
  readonly keyQuota: number | null;
};

/** Counts the use of what `found` has found (one row, with `id`, `tier`, `keyName` and `keyQuota`), for all processes together. */
export const counting = sql`
  counted AS (
    INSERT INTO usage_counts AS known (name, hour, used)
    SELECT whose, date_trunc('hour', now()), 1
    FROM found, LATERAL (VALUES (1, found.id), (2, CASE WHEN "keyQuota" IS NOT NULL THEN "keyName" END)) AS names (place, whose)
    WHERE whose IS NOT NULL ORDER BY place
    ON CONFLICT (name, hour) DO UPDATE SET used = known.used + 1 RETURNING name, used
  )`;

export const countedUse = sql`
  SELECT found.*, ofperson.used, ofkey.used AS "keyUsed", tiers.requests_per_hour AS quota,
    ceil(extract(epoch FROM date_trunc('hour', now()) + interval '1 hour' - now()))::integer AS "resetSeconds"
  FROM found JOIN tiers ON tiers.name = tier JOIN counted AS ofperson ON ofperson.name = found.id
  LEFT JOIN counted AS ofkey ON ofkey.name = "keyName"`;

export function useOf({ used, quota, resetSeconds, keyUsed, keyQuota }: UseRow): HourlyUse {
  const ofKey = keyUsed === null || keyQuota === null ? undefined : { used: keyUsed, quota: keyQuota };
  return { used, quota, resetSeconds, ...(ofKey && { ofKey }) };
}
