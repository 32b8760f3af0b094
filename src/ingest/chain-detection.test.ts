import { expect, test } from "vitest";
import { type BlockRow, DETECTORS, lookBackOf } from "#signals";
import { type BlockToSave, listRecentRows, saveBlocks } from "#store";
import { openTestDatabase } from "../../test/helpers/database.ts";
import { pseudoRandom } from "../../test/helpers/pseudo-random.ts";
import { SHORT_DETECTORS } from "../../test/helpers/short-detectors.ts";
import { storedBlock } from "../../test/helpers/stored-blocks.ts";
import { ChainDetection } from "./chain-detection.ts";

const random = pseudoRandom(818_038);

/** A block of a branch, with numbers of all digits. */
function blockOf(height: number, branch: string, parent: string): BlockToSave {
  const block = storedBlock(height, { branch, parent });
  const rate = 0.1 + 90 * random() ** 4;
  const measured = {
    feerate_percentiles_exact: [rate / 3, rate / 2, rate, rate * 1.7, rate * 3],
    difficulty: 1e12 * random(),
    dormancy: 40 * random(),
    coin_days_destroyed: 1e5 * random(),
  } as const;
  const entities = block.flows.entities.map((flow) => ({ ...flow, inflow: Math.floor(1e11 * random()) }));
  return { ...block, features: { ...block.features, ...measured }, flows: { ...block.flows, entities } };
}

function rowsOf(blocks: readonly BlockToSave[]): BlockRow[] {
  return blocks.map(({ features, transfers, flows }) => ({ features, transfers, flows }));
}

// The look-back of one set is longer than the chain, that of the other shorter.
test.each([
  ["all detectors", DETECTORS],
  ["detectors that look back on little", SHORT_DETECTORS],
])(
  "after every reorg and after a crash the state is that of the stored rows, bit for bit: %s",
  async (_, detectors) => {
    const { db } = await openTestDatabase();
    const live = new ChainDetection(detectors, []);
    const chain: BlockToSave[] = [];
    const branches: string[] = [];
    for (const [index, depth] of [0, 1, 100, 3, 60, 7].entries()) {
      const undone = chain.splice(chain.length - depth);
      branches.splice(chain.length);
      for (let block = 0; block < depth; block += 1) live.takeBack();
      await live.settle(async () => rowsOf(chain));
      const fresh = Array.from({ length: index === 0 ? 320 : depth + 20 }, () => {
        const height = branches.length;
        branches.push(`branch ${index}`);
        return blockOf(height, `branch ${index}`, branches[height - 1] ?? "");
      });
      for (const row of rowsOf(fresh)) live.take(row);
      chain.push(...fresh);
      await saveBlocks(
        db,
        fresh,
        undone.reverse().map(({ header }) => header),
      );
      const restarted = new ChainDetection(detectors, await listRecentRows(db, lookBackOf(detectors)));
      // Not by their bytes: V8 writes the same number in one way or another, by what it did with it before.
      expect(restarted.state()).toStrictEqual(live.state());
    }
  },
  30_000,
);
