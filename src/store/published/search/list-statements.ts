import { sql } from "kysely";
import { firstBlockOf, kindsOf } from "#insights";
import { type Outcome, type SignalKind, SPENDING_KINDS } from "#signals";
import type { Database } from "../../database/schema.ts";
import type { EntryBody } from "../../scorecard/entry.ts";
import type { StoredInsight } from "../insight-rows.ts";

/** What was claimed of what an insight tells of, and what came of it. */
export type EnteredStatement = {
  readonly kind: SignalKind;
  readonly text: string;
  /** `null` where too few outcomes were known. */
  readonly probability: number | null;
  /** Of the block in which it was made, and of the one that decides it at the latest. */
  readonly height: number;
  readonly dueHeight: number;
  /** The claim of the insight itself: that of the block in which it was told. */
  readonly isOwn: boolean;
  readonly state: "open" | "resolved" | "withdrawn";
  /** `null` until it is resolved. */
  readonly outcome: Outcome | null;
  /** The block that resolved it. Its header time is in unix seconds. */
  readonly resolvedBy: { readonly height: number; readonly blockHash: string; readonly time: number } | null;
};

type Row = Omit<EnteredStatement, "isOwn" | "outcome" | "resolvedBy"> & {
  readonly block_hash: string;
  readonly txid: string | null;
  readonly body: EntryBody;
};

/**
 * Every statement that the scorecard has of an insight, in the order in which they were made: of its own kind and of those
 * told with it, made in one of the blocks that it stands for, about the same owner or one of its transactions.
 */
export async function listStatements(db: Database, insight: StoredInsight): Promise<readonly EnteredStatement[]> {
  const { evidence, height } = insight;
  const first = firstBlockOf(insight);
  const txids = evidence.transactions.map(({ txid }) => txid);
  const { rows } = await sql<Row>`
    SELECT predictions.kind, predictions.height, (made.body -> 'dueHeight')::integer AS "dueHeight", predictions.state, last.body,
           made.block_hash, made.body #>> '{statement,text}' AS text,
           (made.body #>> '{statement,probability}')::double precision AS probability,
           made.body #>> '{statement,signal,transfers,0,txid}' AS txid
    FROM predictions
    JOIN scorecard_entries AS made ON made.seq = predictions.made_seq
    JOIN scorecard_entries AS last ON last.seq = predictions.seq
    WHERE predictions.kind = ANY (${kindsOf(insight)}::text[])
      AND predictions.height BETWEEN ${first.height} AND ${height}
      AND predictions.height / 32 BETWEEN ${first.height} / 32 AND ${height} / 32
      AND CASE WHEN predictions.kind = ANY (${SPENDING_KINDS}::text[])
        THEN made.body #>> '{statement,signal,transfers,0,txid}' = ANY (${txids}::text[])
        ELSE made.block_hash = ${first.hash}
          OR made.body #>> '{statement,signal,subject,actor}' = ${evidence.subject?.actor ?? null} END
      AND (predictions.state <> 'withdrawn' OR made.block_hash = ${first.hash})
    ORDER BY predictions.made_seq`.execute(db);
  const claimed = rows.filter((row) => row.block_hash === first.hash && row.text === evidence.claim?.text);
  const own = claimed.find(({ txid }) => txid === txids[0]) ?? claimed[0];
  return rows.map((row) => statementOf(row, row === own));
}

function statementOf({ block_hash: _, txid: __, body, ...row }: Row, isOwn: boolean): EnteredStatement {
  const said = { ...row, isOwn };
  if (body.type !== "resolved") return { ...said, outcome: null, resolvedBy: null };
  const resolvedBy = { height: body.height, blockHash: body.blockHash, time: body.time };
  return { ...said, outcome: body.outcome, resolvedBy };
}
