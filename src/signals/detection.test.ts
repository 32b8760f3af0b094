import { describe, expect, test } from "vitest";
import { serialize } from "node:v8";
import type { BlockFeatures, Entity, EntityFlow } from "#features";
import { pseudoRandom } from "../../test/helpers/pseudo-random.ts";
import { storedBlock } from "../../test/helpers/stored-blocks.ts";
import { Detection, lookBackOf } from "./detection.ts";
import { DETECTORS } from "./detectors.ts";
import type { BlockRow } from "./signal.ts";

const COIN = 100_000_000;

const POOLS = ["Birch Pool", "Elm Pool", "Oak Pool"];

/** Besides exchanges: owners and pools that move coins on their days. */
const OTHERS: readonly Entity[] = [
  ...["Ada", "Bob", "Cy"].map((actor) => ({ actor, kind: "person" }) as const),
  { actor: "Ada", kind: "other" },
  { actor: "Fund", kind: "simulated" },
  ...POOLS.map((actor) => ({ actor, kind: "pool" }) as const),
];

/** Blocks from one surge of everything to the next, and what it makes of a number. */
const SURGE_EVERY = 1_009;
const SURGE_BLOCKS = 12;
const SURGE = 40;

/** A chain on which now and then something stands out, with exchanges that come and go. */
function eventfulRows(length: number): BlockRow[] {
  const random = pseudoRandom(7);
  return Array.from({ length }, (_, height) => {
    const { features, transfers, flows } = storedBlock(height);
    const isEventful = height % 97 < 3;
    const surge = height % SURGE_EVERY < SURGE_BLOCKS ? SURGE : 1;
    const isRush = height % 1_453 < 3;
    const boost = isEventful ? 60 : 1;
    const rate = (2 + random() * 3) * boost;
    const moves = transfers.map((transfer) => {
      const value = Math.floor((100 + 300 * random()) * COIN * boost);
      return { ...transfer, value, toValue: value, kind: null, from: null, to: null };
    });
    const entities = ["early", "steady", "late"]
      .filter((name) => name === "steady" || (name === "early") === height < length / 3)
      .map((actor): EntityFlow => {
        const amount = Math.floor(random() * 9 * COIN * (isRush ? 1_000 : 1));
        return flowOf({ actor, kind: "exchange" }, amount, amount / 2);
      });
    const others = OTHERS.filter((_, place) => (height + 700 * place) % 2_100 < 1_400 && random() < 0.4).map((entity) =>
      flowOf(entity, Math.floor(random() * 90 * COIN * surge), Math.floor(random() * 60 * COIN * surge)),
    );
    return {
      features: { ...features, ...measured(random, surge), feerate_percentiles_exact: rates(rate) },
      transfers: moves,
      flows: { ...flows, entities: [...entities, ...others] },
    };
  });
}

function rates(middle: number): BlockFeatures["feerate_percentiles_exact"] {
  return [middle / 2, middle / 1.5, middle, middle * 2, middle * 3];
}

/** What other detectors look at; now and then a block is empty or of nobody, or its coins' heights are not known. */
function measured(random: () => number, surge: number): Partial<BlockFeatures> {
  const name = POOLS[Math.floor(random() * 4)];
  const isKnown = random() > 0.01;
  return {
    txs: random() < 0.02 * surge ? 1 : 2_000,
    total_weight: Math.floor((4_000_000 * (1 - random() ** 4)) / surge),
    interval: Math.floor(-600 * Math.log(1 - random()) * surge),
    difficulty: 1_000 + random(),
    pool: name === undefined ? null : { name, by: "tag" },
    inscriptions: Math.floor(random() * 40 * surge),
    dormancy: isKnown ? random() * 30 : null,
    coin_days_destroyed: isKnown ? random() * 90_000 * surge : null,
    revived_supply: isKnown ? Math.floor(random() * 90 * COIN * surge) : null,
  };
}

function flowOf(entity: Entity, inflow: number, outflow: number): EntityFlow {
  const nothing = { inHouse: 0, interEntityIn: 0, interEntityOut: outflow / 4, mined: 0, inHouseTransactions: 0 };
  return { entity, ...nothing, inflow, outflow, deposits: 1, withdrawals: 1 };
}

function bytesOf(detection: Detection): Uint8Array {
  return serialize(detection.state());
}

describe("detection", () => {
  const lookBack = lookBackOf(DETECTORS);
  const rows = eventfulRows(lookBack + 900);
  const whole = new Detection();
  const told = rows.map((row) => whole.take(row));

  test("finds what stands out, and tells no more than that", () => {
    const kinds = new Set(told.flat().map(({ kind }) => kind));
    expect([...kinds]).toEqual(
      expect.arrayContaining(["fee-spike", "inflow-spike", "outflow-spike", "large-transfer"]),
    );
    expect(told.filter((signals) => signals.length > 0).length).toBeLessThan(rows.length / 2);
  });

  test.each([0, 333, 700])("tells the same by the look-back alone, %i blocks from the beginning", (from) => {
    const detection = new Detection();
    const later = rows.slice(from, from + lookBack + 200).map((row) => detection.take(row));
    expect(later.slice(lookBack)).toEqual(told.slice(from + lookBack, from + lookBack + 200));
    expect(later.slice(lookBack).flat().length).toBeGreaterThan(0);
  });

  test.each(DETECTORS.filter(({ lookBack }) => lookBack > 0).map((detector) => [detector.kind, detector] as const))(
    "%s looks back no further than it says: its state is the same, byte by byte",
    (_, detector) => {
      const [fromBeginning, fromLookBack] = [new Detection([detector]), new Detection([detector])];
      // Soon after a surge what stood out in it is told already.
      const surges = Math.ceil((detector.lookBack - SURGE_BLOCKS) / SURGE_EVERY);
      const end = surges * SURGE_EVERY + SURGE_BLOCKS + 8;
      for (const row of rows.slice(0, end)) fromBeginning.take(row);
      for (const row of rows.slice(end - detector.lookBack, end)) fromLookBack.take(row);
      expect(bytesOf(fromLookBack)).toEqual(bytesOf(fromBeginning));
    },
  );

  test("a copy goes on by itself", () => {
    const detection = new Detection();
    for (const row of rows.slice(0, lookBack + 100)) detection.take(row);
    const copy = detection.copy();
    for (const row of rows.slice(0, 50)) copy.take(row);
    const rest = rows.slice(lookBack + 100).map((row) => detection.take(row));
    expect(rest).toEqual(told.slice(lookBack + 100));
  });

  test("what somebody watches changes nothing", () => {
    const [template] = storedBlock(0).transfers;
    if (template === undefined) throw new Error("a stored block has a transfer");
    const detection = new Detection();
    const watched = { ...template, value: 5, watched: true };
    const again = rows.map((row) => detection.take({ ...row, transfers: [watched, ...row.transfers] }));
    expect(again).toEqual(told);
  });
});
