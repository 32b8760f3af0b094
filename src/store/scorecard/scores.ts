import { sql } from "kysely";
import { brierScore, brierSkill, expectedCalibrationError, type Prediction, reliabilityBins } from "#signals";
import type { Database } from "../database/schema.ts";
import type { EntryPlace } from "./entry.ts";
import { findHead } from "./find-head.ts";
import type { DecidedClaim } from "./open-predictions.ts";

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

/** What came of all that was said: sums that move with each entry, so that not all entries are read. */
export async function readScorecard(db: Database): Promise<Scorecard> {
  return db
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute(async (trx) => {
      const claims = Map.groupBy(await listClaims(trx), ({ kind }) => kind);
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

async function countPredictions(trx: Database): Promise<readonly PredictionCounts[]> {
  const { rows } = await sql<PredictionCounts>`
    SELECT kind, subject, sum(made) AS made, sum(live) AS live, sum(open) AS open, sum(decided) AS decided,
      sum(undecided) AS undecided, sum(withdrawn) AS withdrawn
    FROM prediction_sums GROUP BY kind, subject ORDER BY kind, min(first_seq)`.execute(trx);
  return rows;
}

type SaidClaim = Pick<DecidedClaim, "kind" | "probability" | "came">;

async function listClaims(trx: Database): Promise<readonly SaidClaim[]> {
  const { rows } = await sql<SaidClaim>`
    SELECT kind, claim.probability, claim.came
    FROM prediction_sums CROSS JOIN unnest(probabilities, came) AS claim (probability, came)
    WHERE prediction_sums.came <> '{}' ORDER BY bucket`.execute(trx);
  return rows;
}

type StoredIntervalScores = IntervalScores & Pick<PredictionCounts, "kind" | "subject">;

async function listIntervalScores(trx: Database): Promise<readonly StoredIntervalScores[]> {
  const { rows } = await sql<StoredIntervalScores>`
    SELECT kind, subject, level, sum(n) AS n, sum(covered)::double precision / sum(n) AS coverage,
      sum(width) / sum(n) AS width, sum(winkler) / sum(n) AS winkler
    FROM interval_sums GROUP BY kind, subject, level ORDER BY kind, subject, level`.execute(trx);
  return rows;
}

function scoreClaims(decided: readonly SaidClaim[] | undefined): ClaimScores | undefined {
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
