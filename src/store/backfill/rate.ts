import { type RawBuilder, sql } from "kysely";

/** The rate is smoothed over so long. */
export const RATE_SECONDS = 30;

/** The job's rate after so many further blocks: what came before fades with time, whoever stores and however irregularly. */
export function rateAfter(blocks: number): RawBuilder<number> {
  return sql<number>`rate * exp(-extract(epoch FROM clock_timestamp() - rate_at) / ${RATE_SECONDS}::float8)
    + ${blocks}::float8 / ${RATE_SECONDS}::float8`;
}
