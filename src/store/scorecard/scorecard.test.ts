import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import type { Outcome, Prediction } from "#signals";
import { scoreOutcome } from "#signals";
import { openTestDatabase } from "../../../test/helpers/database.ts";
import { storedBlock } from "../../../test/helpers/stored-blocks.ts";
import type { BlockToSave } from "../blocks/block-rows.ts";
import { saveBlocks } from "../blocks/save-blocks.ts";
import type { Database } from "../database/schema.ts";
import { listCurrentForecasts } from "./current-forecasts.ts";
import { listDecidedClaims, listOpenPredictions } from "./open-predictions.ts";
import { listResolved } from "./resolved-predictions.ts";
import { savePredictions } from "./save-predictions.ts";
import { readScorecard } from "./scores.ts";
import { verifyScorecard } from "./verify-scorecard.ts";

function idOf(number: number): string {
  return number.toString(16).padStart(32, "0");
}

function forecastOn({ header: { height, hash, time } }: BlockToSave, number: number): Prediction {
  const statement = {
    type: "value",
    unit: "sat/vB",
    rule: "Made up.",
    median: 1.1,
    intervals: [{ level: 0.8, low: 1, high: 1e-7 + 4 }],
    scale: "octaves",
    base: null,
  } as const;
  const place = { height, blockHash: hash, time, dueHeight: height + 2, live: true };
  return { id: idOf(number), kind: "fee-rate", subject: "within 2 blocks", calibration: null, ...place, statement };
}

function claimOn({ header: { height, hash, time }, signals }: BlockToSave, number: number, probability: number | null) {
  const [signal] = signals;
  if (signal === undefined) throw new Error("a stored block has signals");
  const statement = { type: "claim", text: 'It "holds" \u{1F41F}.', probability, score: 2.5, signal } as const;
  const place = { height, blockHash: hash, time, dueHeight: height + 9, live: false };
  return { id: idOf(number), kind: "fee-spike", subject: null, calibration: "made up", ...place, statement } as const;
}

function resolve(prediction: Prediction, outcome: Outcome) {
  return { prediction, outcome, score: scoreOutcome(prediction, outcome) };
}

function saying(block: BlockToSave, predictions: Partial<NonNullable<BlockToSave["predictions"]>>): BlockToSave {
  return { ...block, predictions: { made: [], resolved: [], ...predictions } };
}

async function statesOf(db: Database): Promise<unknown> {
  return db.selectFrom("predictions").select(["id", "state", "resolved_height"]).orderBy("id").execute();
}

async function typesOf(db: Database): Promise<readonly string[]> {
  const rows = await db.selectFrom("scorecard_entries").select(["type", "height"]).orderBy("seq").execute();
  return rows.map(({ type, height }) => `${type} ${height}`);
}

/** Three blocks: a forecast and a claim are made, and decided by the last one. */
async function fill(db: Database) {
  const blocks = [0, 1, 2].map((height) => storedBlock(height));
  const [first, second, third] = blocks;
  if (first === undefined || second === undefined || third === undefined) throw new Error("three blocks");
  const [forecast, claim] = [forecastOn(first, 1), claimOn(second, 2, 0.75)];
  await saveBlocks(db, [saying(first, { made: [forecast] }), saying(second, { made: [claim] })]);
  const resolved = [resolve(forecast, { type: "value", value: 4 }), resolve(claim, { type: "claim", came: true })];
  await saveBlocks(db, [saying(third, { resolved })]);
  return { first, second, third, forecast, claim };
}

describe("the log of what was said", () => {
  test("what was made is open until a block decides it, and is given back as it was", async () => {
    const { db } = await openTestDatabase();
    const { forecast, claim, third } = await fill(db);
    expect(await listOpenPredictions(db, 2)).toEqual([]);
    expect(await listOpenPredictions(db, 1)).toEqual([forecast, claim]);
    expect(await listOpenPredictions(db, 0)).toEqual([forecast]);
    expect(await listDecidedClaims(db, 1)).toEqual([]);
    expect(await listDecidedClaims(db, 2)).toEqual([{ kind: "fee-spike", score: 2.5, probability: 0.75, came: true }]);
    const [newest, older] = await listResolved(db, { limit: 5 });
    expect(newest).toMatchObject({
      prediction: claim,
      height: 2,
      blockHash: third.header.hash,
      score: { brier: 0.0625 },
    });
    expect(older).toMatchObject({ prediction: forecast, outcome: { type: "value", value: 4 } });
    expect(await listResolved(db, { limit: 5, before: newest?.seq })).toEqual([older]);
    expect(await listResolved(db, { limit: 5, kind: "fee-rate" })).toEqual([older]);
  });

  test("scores are of what was decided, hits and misses alike", async () => {
    const { db } = await openTestDatabase();
    const { third } = await fill(db);
    const next = storedBlock(3);
    const [miss, unknown, silent] = [forecastOn(third, 3), forecastOn(third, 4), claimOn(third, 5, null)];
    await saveBlocks(db, [
      saying(next, {
        made: [miss, unknown, silent],
        resolved: [],
      }),
      saying(storedBlock(4), {
        resolved: [
          resolve(miss, { type: "value", value: 16 }),
          resolve(unknown, { type: "unknown", reason: "Nobody looked." }),
          resolve(silent, { type: "claim", came: false }),
        ],
      }),
    ]);
    const { head, kinds } = await readScorecard(db);
    expect(head?.seq).toBe(10);
    const [fees, claims] = [
      kinds.find(({ kind }) => kind === "fee-rate"),
      kinds.find(({ kind }) => kind === "fee-spike"),
    ];
    expect(fees).toMatchObject({ subject: "within 2 blocks", made: 3, live: 3, open: 0, decided: 2, undecided: 1 });
    // One of two outcomes lies within; the other is two doublings above an interval of two, and counts ten times.
    expect(fees?.intervals).toEqual([
      { level: 0.8, n: 2, coverage: 0.5, width: expect.closeTo(2), winkler: expect.closeTo((2 + 22) / 2) },
    ]);
    expect(claims).toMatchObject({ subject: null, made: 2, live: 0, decided: 2, intervals: [] });
    expect(claims?.claims).toMatchObject({ cameTrue: 1, withProbability: 1, brier: 0.0625, skill: undefined });
  });

  test("a reorg withdraws what was said on its blocks, opens again what they decided, and changes no entry", async () => {
    const { db } = await openTestDatabase();
    const { second, third, forecast, claim } = await fill(db);
    const before = await db.selectFrom("scorecard_entries").selectAll().orderBy("seq").execute();
    const rival = [1, 2, 3].map((height) =>
      storedBlock(height, { branch: "rival", ...(height === 1 ? { parent: "main" } : {}) }),
    );
    await saveBlocks(db, rival, [third.header, second.header]);
    expect(await typesOf(db)).toEqual(["made 0", "made 1", "resolved 2", "resolved 2", "reopened 2", "withdrawn 1"]);
    expect(await statesOf(db)).toEqual([
      { id: forecast.id, state: "open", resolved_height: null },
      { id: claim.id, state: "withdrawn", resolved_height: null },
    ]);
    expect(await listResolved(db, { limit: 5 })).toEqual([]);
    expect((await db.selectFrom("scorecard_entries").selectAll().orderBy("seq").execute()).slice(0, 4)).toEqual(before);
    // The first branch wins after all: the same is said on the same block again.
    const back = [saying(second, { made: [claim] }), third, storedBlock(3), storedBlock(4)];
    await saveBlocks(
      db,
      back,
      rival.toReversed().map(({ header }) => header),
    );
    expect(await listOpenPredictions(db, 4)).toEqual([forecast, claim]);
    expect(await verifyScorecard(db)).toMatchObject({ entries: 7, broken: undefined });
  });

  test("between two blocks something is entered on the newest one alone", async () => {
    const { db } = await openTestDatabase();
    const { second, third } = await fill(db);
    expect(await savePredictions(db, [forecastOn(second, 7)])).toBe(false);
    expect(await savePredictions(db, [])).toBe(false);
    const forecast = forecastOn(third, 8);
    expect(await savePredictions(db, [forecast])).toBe(true);
    expect(await listCurrentForecasts(db)).toEqual([forecast]);
  });

  test("entries of writers at the same time stand in one row", async () => {
    const { db } = await openTestDatabase();
    const { third } = await fill(db);
    await Promise.all([...Array(8).keys()].map((number) => savePredictions(db, [forecastOn(third, 100 + number)])));
    expect(await verifyScorecard(db)).toMatchObject({ entries: 12, broken: undefined });
  });
});

describe("the check of the chain", () => {
  const CHANGES: readonly [what: string, statement: string, seq: number, reason: string][] = [
    ["a number", `UPDATE scorecard_entries SET body = jsonb_set(body, '{height}', '7') WHERE seq = 2`, 2, "its hash"],
    ["an entry", "DELETE FROM scorecard_entries WHERE seq = 3", 4, "entry 3 is missing"],
    [
      "an entry and its hash",
      `UPDATE scorecard_entries SET hash = decode(repeat('ab', 32), 'hex') WHERE seq = 1`,
      1,
      "its hash",
    ],
    [
      "what an entry follows",
      `UPDATE scorecard_entries SET previous = decode(repeat('ab', 32), 'hex') WHERE seq = 4`,
      4,
      "does not follow entry 3",
    ],
  ];

  test.each(CHANGES)("finds that %s was changed", async (_, statement, seq, reason) => {
    const { db } = await openTestDatabase();
    await fill(db);
    await expect(sql.raw(statement).execute(db)).rejects.toThrow("append-only");
    await sql`ALTER TABLE scorecard_entries DISABLE TRIGGER append_only`.execute(db);
    await sql`TRUNCATE predictions`.execute(db);
    await sql.raw(statement).execute(db);
    const { broken } = await verifyScorecard(db);
    expect(broken).toEqual({ seq, reason: expect.stringContaining(reason) });
  });

  const LISTINGS: readonly [what: string, statement: string, seq: number, reason: string][] = [
    ["a miss was withdrawn", "SET state = 'withdrawn', resolved_height = NULL WHERE id = 'ID'", 4, "as withdrawn"],
    ["a claim was opened again", "SET state = 'open', resolved_height = NULL WHERE id = 'ID'", 4, "as open"],
    ["its block is another", "SET resolved_height = 1 WHERE id = 'ID'", 4, "another place"],
    ["it has another kind", "SET kind = 'fee-rate' WHERE id = 'ID'", 4, "another place, kind or block"],
    ["it was taken off", "", 4, "is not listed"],
  ];

  test.each(LISTINGS)("finds in the list that scores are counted from that %s", async (_, change, seq, reason) => {
    const { db } = await openTestDatabase();
    const { claim } = await fill(db);
    expect((await verifyScorecard(db)).broken).toBeUndefined();
    const statement = change === "" ? `DELETE FROM predictions WHERE id = 'ID'` : `UPDATE predictions ${change}`;
    await sql.raw(statement.replace("ID", claim.id)).execute(db);
    expect((await verifyScorecard(db)).broken).toEqual({ seq, reason: expect.stringContaining(reason) });
  });

  const SUMS = ["prediction_sums SET decided = decided + 1", "interval_sums SET winkler = winkler - 0.1"];

  test.each(SUMS)("finds in the sums that the scorecard shows that another stands in them: %s", async (change) => {
    const { db } = await openTestDatabase();
    await fill(db);
    await sql.raw(`UPDATE ${change}`).execute(db);
    const reason = "the sums of blocks 0 to 31 are not those of their predictions";
    expect((await verifyScorecard(db)).broken).toEqual({ seq: 1, reason });
  });

  test("finds a prediction that no entry made, and a head that was noted and is cut off", async () => {
    const { db } = await openTestDatabase();
    await fill(db);
    const { head } = await verifyScorecard(db);
    expect((await verifyScorecard(db, head)).broken).toBeUndefined();
    await sql`ALTER TABLE scorecard_entries DISABLE TRIGGER append_only`.execute(db);
    await sql`UPDATE predictions SET seq = made_seq, state = 'open', resolved_height = NULL WHERE seq = 4`.execute(db);
    await sql`DELETE FROM scorecard_entries WHERE seq = 4`.execute(db);
    expect((await verifyScorecard(db)).broken).toBeUndefined();
    expect((await verifyScorecard(db, head)).broken).toEqual({ seq: 4, reason: expect.stringContaining(head) });
    await sql`INSERT INTO predictions VALUES (${"9".repeat(32)}, 1, 1, 'open', 'fee-rate', NULL, 0, true)`.execute(db);
    expect((await verifyScorecard(db)).broken).toEqual({ seq: 1, reason: expect.stringContaining("did not make") });
  });

  test("nothing said is nothing broken", async () => {
    const { db } = await openTestDatabase();
    expect(await verifyScorecard(db)).toEqual({ entries: 0, head: "00".repeat(32), broken: undefined });
  });
});
