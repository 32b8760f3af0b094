import { sql } from "kysely";
import { FORECAST_KINDS, type Prediction } from "#signals";
import type { Database } from "../database/schema.ts";
import { type MadeEntry, predictionOf } from "./entry.ts";

/** Of each kind of forecast and subject the newest one that is still open. */
export async function listCurrentForecasts(db: Database): Promise<readonly Prediction[]> {
  const { rows } = await sql<{ body: MadeEntry }>`
    SELECT made.body
    FROM (
      SELECT DISTINCT ON (kind, subject) made_seq FROM predictions
      WHERE state = 'open' AND kind = ANY (${[...FORECAST_KINDS]}::text[])
      ORDER BY kind, subject, height DESC, made_seq DESC
    ) AS newest
    JOIN scorecard_entries AS made ON made.seq = newest.made_seq
    ORDER BY made.seq`.execute(db);
  return rows.map(({ body }) => predictionOf(body));
}
