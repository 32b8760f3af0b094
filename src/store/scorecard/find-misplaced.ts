import { sql } from "kysely";
import type { Database } from "../database/schema.ts";

/** A prediction that does not stand as the entries say. */
type MisplacedPrediction = {
  /** Its last entry; of one that no entry made, the entry that it names. */
  readonly seq: number;
  readonly reason: string;
};

type Row = {
  readonly seq: number;
  readonly id: string;
  /** `null` where it is not listed. */
  readonly listed: string | null;
  /** `null` where no entry made it. */
  readonly entered: string | null;
};

/**
 * The first prediction, in the order of entries, that is listed otherwise than its entries say: scores are counted from
 * the list, and summed, so a chain that holds is not enough.
 */
export async function findMisplaced(db: Database): Promise<MisplacedPrediction | undefined> {
  const { rows } = await sql<Row>`
    WITH entries AS (
      SELECT seq, body ->> 'predictionId' AS id, body ->> 'type' AS type, body ->> 'kind' AS kind,
             body ->> 'subject' AS subject, (body ->> 'height')::integer AS height, (body ->> 'live')::boolean AS live
      FROM scorecard_entries
    ),
    made AS (SELECT DISTINCT ON (id) * FROM entries WHERE type = 'made' ORDER BY id, seq DESC),
    latest AS (SELECT DISTINCT ON (id) * FROM entries ORDER BY id, seq DESC),
    entered AS (
      SELECT made.id, made.seq AS made_seq, latest.seq, made.kind, made.subject, made.height, made.live,
             CASE WHEN latest.type IN ('resolved', 'withdrawn') THEN latest.type ELSE 'open' END AS state,
             CASE WHEN latest.type = 'resolved' THEN latest.height END AS resolved_height
      FROM made JOIN latest ON latest.id = made.id
    )
    SELECT coalesce(entered.seq, listed.seq) AS seq, coalesce(entered.id, listed.id) AS id, listed.state AS listed,
           entered.state AS entered
    FROM entered FULL JOIN predictions AS listed ON listed.id = entered.id
    WHERE (listed.made_seq, listed.seq, listed.state, listed.resolved_height, listed.kind, listed.subject, listed.height,
           listed.live)
      IS DISTINCT FROM (entered.made_seq, entered.seq, entered.state, entered.resolved_height, entered.kind,
           entered.subject, entered.height, entered.live)
    ORDER BY 1
    LIMIT 1`.execute(db);
  const [row] = rows;
  return row === undefined ? findMiscounted(db) : { seq: row.seq, reason: reasonOf(row) };
}

/** Sums of some blocks' predictions that are not theirs. */
async function findMiscounted(db: Database): Promise<MisplacedPrediction | undefined> {
  const { rows } = await sql<{ seq: number; bucket: number }>`
    WITH every AS (SELECT array_agg(DISTINCT height / 32) AS bucket FROM predictions),
    one AS (SELECT sums.* FROM every, prediction_sums_of(every.bucket) AS sums),
    other AS (SELECT sums.* FROM every, interval_sums_of(every.bucket) AS sums),
    differing AS (
      SELECT bucket FROM (TABLE one EXCEPT TABLE prediction_sums) AS lacking
      UNION SELECT bucket FROM (TABLE prediction_sums EXCEPT TABLE one) AS wrong
      UNION SELECT bucket FROM (TABLE other EXCEPT TABLE interval_sums) AS lacking
      UNION SELECT bucket FROM (TABLE interval_sums EXCEPT TABLE other) AS wrong
    )
    SELECT bucket, coalesce((SELECT min(made_seq) FROM predictions WHERE height / 32 = bucket), 0) AS seq
    FROM differing ORDER BY bucket LIMIT 1`.execute(db);
  const [row] = rows;
  if (row === undefined) return undefined;
  const { seq, bucket } = row;
  return { seq, reason: `the sums of blocks ${bucket * 32} to ${bucket * 32 + 31} are not those of their predictions` };
}

function reasonOf({ id, listed, entered }: Row): string {
  if (listed === null) return `its prediction ${id} is not listed`;
  if (entered === null) return `it did not make the prediction ${id} that is listed with it`;
  if (listed !== entered) return `its prediction ${id} is listed as ${listed}, and by the entries it is ${entered}`;
  return `its prediction ${id} is listed with another place, kind or block than the entries say`;
}
