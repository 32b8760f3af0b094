import { sql } from "kysely";
import { brierScore, brierSkill, expectedCalibrationError, type Prediction, reliabilityBins } from "#signals";
import type { Database } from "../database/schema.ts";
import type { EntryPlace } from "./entry.ts";
import { findHead } from "./find-head.ts";
import { type DecidedClaim, listDecidedClaims } from "./open-predictions.ts";

/** Bins of equal mass that calibration is looked at in. */
const BINS = 10;

/** So many of a kind are there. */
export type PredictionCounts = {
  readonly kind: Prediction["kind"];
  /** What a kind is told apart by where its subjects are not alike: the targets of fees; else `null`. */
  readonly subject: string | null;
  readonly made: number;
  /** Made at the tip; the others while history was read. */
  readonly live: number;
  readonly open: number;
  /** Decided by blocks. */
  readonly decided: number;
  /** Blocks do not tell. */
  readonly undecided: number;
  readonly withdrawn: number;
};

/** How claims of a kind did. What came without a probability is among those that came true, and is scored in nothing else. */
export type ClaimScores = {
  readonly cameTrue: number;
  readonly withProbability: number;
  readonly brier: number;
  /** Over whoever always says the base rate; `undefined` where all came out alike. */
  readonly skill: number | undefined;
  readonly calibrationError: number;
  readonly bins: ReturnType<typeof reliabilityBins>;
};

/** How intervals of one level did; widths and scores are means on the scale of the kind. */
export type IntervalScores = {
  readonly level: number;
  readonly n: number;
  readonly coverage: number;
  readonly width: number;
  readonly winkler: number;
};

export type KindScores = PredictionCounts & {
  readonly claims: ClaimScores | undefined;
  readonly intervals: readonly IntervalScores[];
};

export type Scorecard = {
  /** The newest entry of the chain; `undefined` where there is none. */
  readonly head: EntryPlace | undefined;
  readonly kinds: readonly KindScores[];
};

/** What came of all that was said. */
export async function readScorecard(db: Database): Promise<Scorecard> {
  return db
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute(async (trx) => {
      const claims = Map.groupBy(await listDecidedClaims(trx, 0x7fff_ffff), ({ kind }) => kind);
      const intervals = await listIntervalScores(trx);
      const kinds = (await countPredictions(trx)).map((counts) => ({
        ...counts,
        claims: scoreClaims(claims.get(counts.kind)),
        intervals: intervals
          .filter(({ kind, subject }) => kind === counts.kind && subject === counts.subject)
          .map(({ kind: _, subject: __, ...scores }) => scores),
      }));
      return { head: await findHead(trx), kinds };
    });
}

/** Only fees of one target are like each other. */
const SUBJECT = sql<string | null>`CASE WHEN predictions.kind = 'fee-rate' THEN predictions.subject END`;

async function countPredictions(trx: Database): Promise<readonly PredictionCounts[]> {
  const { rows } = await sql<PredictionCounts>`
    SELECT predictions.kind, ${SUBJECT} AS subject, count(*) AS made, count(*) FILTER (WHERE live) AS live,
      count(*) FILTER (WHERE state = 'open') AS open,
      count(*) FILTER (WHERE state = 'resolved' AND last.body #>> '{outcome,type}' <> 'unknown') AS decided,
      count(*) FILTER (WHERE state = 'resolved' AND last.body #>> '{outcome,type}' = 'unknown') AS undecided,
      count(*) FILTER (WHERE state = 'withdrawn') AS withdrawn
    FROM predictions JOIN scorecard_entries AS last ON last.seq = predictions.seq
    GROUP BY 1, 2
    ORDER BY 1, min(predictions.made_seq)`.execute(trx);
  return rows;
}

type StoredIntervalScores = IntervalScores & Pick<PredictionCounts, "kind" | "subject">;

async function listIntervalScores(trx: Database): Promise<readonly StoredIntervalScores[]> {
  const { rows } = await sql<StoredIntervalScores>`
    SELECT predictions.kind, ${SUBJECT} AS subject, (scored ->> 'level')::double precision AS level, count(*) AS n,
      avg((scored ->> 'covered')::boolean::integer)::double precision AS coverage,
      avg((scored ->> 'width')::double precision) AS width, avg((scored ->> 'winkler')::double precision) AS winkler
    FROM predictions
    JOIN scorecard_entries AS last ON last.seq = predictions.seq
    CROSS JOIN jsonb_array_elements(last.body #> '{score,intervals}') AS scored
    WHERE predictions.state = 'resolved'
    GROUP BY 1, 2, 3
    ORDER BY 1, 2, 3`.execute(trx);
  return rows;
}

function scoreClaims(decided: readonly DecidedClaim[] | undefined): ClaimScores | undefined {
  if (decided === undefined) return undefined;
  const forecasts = decided.flatMap(({ probability, came }) =>
    probability === null ? [] : [{ probability, outcome: came }],
  );
  return {
    cameTrue: decided.filter(({ came }) => came).length,
    withProbability: forecasts.length,
    brier: brierScore(forecasts),
    skill: brierSkill(forecasts),
    calibrationError: expectedCalibrationError(forecasts, BINS),
    bins: reliabilityBins(forecasts, BINS),
  };
}
