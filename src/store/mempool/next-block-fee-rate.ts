import { sql } from "kysely";

/** Of a snapshot: median package fee rate of the next block, sat/vB. */
export const NEXT_BLOCK_FEE_RATE = sql`(projected_blocks #> '{0,feeRates}' ->> 3)::double precision`;
