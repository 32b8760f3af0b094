import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { NETWORKS, scanBlock, type TransactionView, txidOf } from "#bitcoin";
import { extractFeatures, type FeatureContext } from "#features";
import { type CompiledLabels, LabelCompiler, readLabelFiles } from "#labels";
import { sha256 } from "#lib";
import { describeWithRealBlocks, readRealBlock, type RealBlocks } from "./helpers/real-blocks.ts";
import { describeWithRealLabels } from "./helpers/real-labels.ts";

/** What the reference says of exchanges by the same TagPacks. */
type Expected = {
  exchange_summary: Record<
    string,
    { inflow_sats: number | null; outflow_sats: number | null; back_to_self_sats: number | null; received_sats: number }
  >;
  exchange_touches: { txid: string; side: "input" | "output"; n: number; entity: string; sats: number }[];
};

async function compile(paths: readonly string[]): Promise<CompiledLabels> {
  const compiler = new LabelCompiler();
  const { labels } = readLabelFiles(paths, { network: NETWORKS.mainnet, sha256, skipRefused: true });
  for await (const label of labels) compiler.add(label);
  return compiler.finish(1);
}

function readExpected(real: RealBlocks, height: number): Expected | undefined {
  const file = join(real.expected, `${height}.json`);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Expected) : undefined;
}

/** Every coin and output of an exchange, found by the lookup alone. */
function touchesIn(block: Uint8Array, spent: Uint8Array | undefined, labels: CompiledLabels) {
  const touches: { side: string; n: number; entity: string; sats: number; tx: number }[] = [];
  const txids = new Map<number, string>();
  let input = 0;
  const note = (side: "input" | "output", n: number, found: { owner: number; sats: number; tx: number }): void => {
    const entity = labels.entities[found.owner];
    if (entity?.kind === "exchange") touches.push({ side, n, entity: entity.actor, sats: found.sats, tx: found.tx });
  };
  scanBlock(block, spent && { bytes: spent }, {
    spent: ({ scriptStart, scriptEnd, value }, tx) => {
      note("input", input, {
        owner: labels.entityOf(spent ?? block, scriptStart, scriptEnd),
        sats: value,
        tx: tx.index,
      });
      input += 1;
    },
    output: ({ scriptStart, scriptEnd, value, index }, tx) =>
      note("output", index, { owner: labels.entityOf(block, scriptStart, scriptEnd), sats: value, tx: tx.index }),
    transaction: (tx: TransactionView) => {
      input = 0;
      if (touches.some((touch) => touch.tx === tx.index)) txids.set(tx.index, txidOf(block, tx, sha256));
    },
  });
  return touches.map(({ tx, ...touch }) => ({ ...touch, txid: txids.get(tx) ?? "" }));
}

function sorted<Touch extends { txid: string; side: string; n: number }>(touches: readonly Touch[]): Touch[] {
  const key = ({ txid, side, n }: Touch): string => `${txid} ${side} ${String(n).padStart(6, "0")}`;
  return touches.toSorted((left, right) => key(left).localeCompare(key(right)));
}

describeWithRealLabels("exchanges by published TagPacks", ({ tagPacks }) => {
  describeWithRealBlocks("in real blocks", (real) => {
    test("flows are those of the reference, and no other exchange has any", async () => {
      const labels = await compile(tagPacks);
      const context: FeatureContext = { network: NETWORKS.mainnet, labels, sha256 };
      let compared = 0;
      for (const height of real.heights) {
        const expected = readExpected(real, height);
        if (expected === undefined) continue;
        const { block, spent } = readRealBlock(real, height);
        const { flows } = extractFeatures({ height, block, spent: { bytes: spent } }, context);
        const ours = flows?.entities.filter(({ entity }) => entity.kind === "exchange") ?? [];
        const theirs = Object.entries(expected.exchange_summary).map(([actor, summary]) => [
          actor,
          summary.inflow_sats,
          summary.outflow_sats,
          summary.back_to_self_sats,
        ]);
        expect(
          ours
            .map(({ entity, inflow, outflow, inHouse }) => [entity.actor, inflow, outflow, inHouse])
            .toSorted(byActor),
          `block ${height}`,
        ).toEqual(theirs.toSorted(byActor));
        compared += theirs.length;
      }
      expect(compared).toBe(3);
    });

    test("every coin and output of theirs is found, also where outputs are all there is", async () => {
      const labels = await compile(tagPacks);
      let compared = 0;
      for (const [folder, hasSpent] of [
        [real.blocks, true],
        [real.raw, false],
      ] as const) {
        const heights = heightsIn(folder);
        for (const height of heights) {
          const expected = readExpected(real, height);
          if (expected === undefined) continue;
          const read = (ending: string): Uint8Array => readFileSync(join(folder, `${height}.${ending}`));
          const found = touchesIn(read("block"), hasSpent ? read("spent") : undefined, labels);
          const theirs = expected.exchange_touches.map(({ txid, side, n, entity, sats }) => ({
            side,
            n,
            entity,
            sats,
            txid,
          }));
          expect(sorted(found), `block ${height}`).toEqual(sorted(theirs));
          compared += theirs.length;
        }
      }
      expect(compared).toBe(19);
    });
  });
});

function heightsIn(folder: string): number[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".block"))
    .map((file) => Number.parseInt(file, 10));
}

function byActor(left: readonly unknown[], right: readonly unknown[]): number {
  return String(left[0]).localeCompare(String(right[0]));
}
