import { sql } from "kysely";

/** How much was asked for by a program. */
export type HourlyUse = {
  /** What this person's keys and tokens asked for in the present hour, this use among it where it is within the key's limit. */
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

const hour = sql`date_trunc('hour', now())`;

/**
 * Counts the use of what `found` has found (one row, with `id`, `tier`, `keyName` and `keyQuota`), for all processes
 * together. What a key asks beyond its own limit takes nothing from its person's other keys.
 */
export const counting = sql`
  of_key AS (
    INSERT INTO usage_counts AS known (name, hour, used) SELECT "keyName", ${hour}, 1 FROM found WHERE "keyQuota" IS NOT NULL
    ON CONFLICT (name, hour) DO UPDATE SET used = known.used + 1 RETURNING used
  ), of_person AS (
    INSERT INTO usage_counts AS known (name, hour, used)
    SELECT found.id, ${hour}, 1 FROM found LEFT JOIN of_key ON true
    WHERE of_key.used IS NULL OR of_key.used <= "keyQuota"
    ON CONFLICT (name, hour) DO UPDATE SET used = known.used + 1 RETURNING used
  )`;

export const countedUse = sql`
  SELECT found.*, of_key.used AS "keyUsed", tiers.requests_per_hour AS quota,
    coalesce(of_person.used, (SELECT used FROM usage_counts WHERE name = found.id AND hour = ${hour}), 0) AS used,
    ceil(extract(epoch FROM ${hour} + interval '1 hour' - now()))::integer AS "resetSeconds"
  FROM found JOIN tiers ON tiers.name = tier LEFT JOIN of_person ON true LEFT JOIN of_key ON true`;

export function useOf({ used, quota, resetSeconds, keyUsed, keyQuota }: UseRow): HourlyUse {
  const ofKey = keyUsed === null || keyQuota === null ? undefined : { used: keyUsed, quota: keyQuota };
  return { used, quota, resetSeconds, ...(ofKey && { ofKey }) };
}
