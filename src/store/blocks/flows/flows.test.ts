import { describe, expect, test } from "vitest";
import type { BlockFlows } from "#features";
import { openTestDatabase } from "../../../../test/helpers/database.ts";
import { storedBlock, storedChain } from "../../../../test/helpers/stored-blocks.ts";
import type { BlockToSave } from "../block-rows.ts";
import { listFlows } from "./list-flows.ts";
import { listTransfers } from "./list-transfers.ts";
import { saveBlocks } from "../save-blocks.ts";
import { findFirstWithoutFlows, restateFlows } from "./save-flows.ts";

const ALL = { fromHeight: 0, toHeight: 100 };

/** The block by later labels: another owner. */
function relabelled(block: BlockToSave, labelVersion = 1): BlockToSave {
  const entity = { actor: "renamed", kind: "custodian" } as const;
  const flows: BlockFlows = {
    ...block.flows,
    labelVersion,
    payoutEntity: entity,
    entities: block.flows.entities.map((flow) => ({ ...flow, entity })),
  };
  return { ...block, flows, transfers: block.transfers.map((transfer) => ({ ...transfer, from: entity })) };
}

test("transfers come back with their parties by the newest labels, all of them or those of whom is watched", async () => {
  const { db } = await openTestDatabase();
  const chain = storedChain(6);
  await saveBlocks(db, chain);
  await restateFlows(
    db,
    chain.slice(0, 1).map((block) => relabelled(block)),
  );
  const all = await listTransfers(db, { ...ALL, watched: false });
  expect(all.map(({ height, from, kind }) => [height, from?.actor ?? null, kind])).toEqual([
    [0, "renamed", "withdrawal"],
    [1, null, null],
    [2, "example", "withdrawal"],
    [3, null, null],
    [4, "example", "withdrawal"],
    [5, null, null],
  ]);
  expect(all[2]).toEqual({ ...chain[2]?.transfers[0], height: 2, blockHash: chain[2]?.header.hash });
  const [then] = await listTransfers(db, { ...ALL, watched: false, labelVersion: 0 });
  expect(then?.from?.actor).toBe("example");
  const [atFive] = await listTransfers(db, { ...ALL, watched: false, labelVersion: 5 });
  expect(atFive?.from?.actor).toBe("renamed");
  const watched = await listTransfers(db, { fromHeight: 1, toHeight: 5, watched: true });
  expect(watched.map(({ height }) => height)).toEqual([5]);
});

test("a block that a backfill has read and not joined yet is in no list of the chain", async () => {
  const { db } = await openTestDatabase();
  const set = [2, 4].map((height) => storedBlock(height, { branch: "not joined", connected: false }));
  await saveBlocks(db, set);
  const heights = async (connected?: boolean): Promise<readonly number[]> =>
    (await listTransfers(db, { ...ALL, watched: false, connected })).map(({ height }) => height);
  expect(await heights()).toEqual([2, 4]);
  await saveBlocks(db, storedChain(4));
  expect(await heights()).toEqual([0, 1, 2, 3]);
  expect(await heights(false)).toEqual([2, 4]);
  const flows = await listFlows(db, { ...ALL, actor: "example" });
  expect(flows.map(({ height }) => height)).toEqual([0, 2]);
});

describe("flows", () => {
  test("come back as they were saved, for an actor and a range of heights", async () => {
    const { db } = await openTestDatabase();
    const chain = storedChain(6);
    await saveBlocks(db, chain);
    const flows = await listFlows(db, { actor: "example", fromHeight: 1, toHeight: 4 });
    expect(flows.map(({ height }) => height)).toEqual([2, 4]);
    const { entities, labelCoverage } = chain[2]?.flows ?? {};
    const { hash, time } = chain[2]?.header ?? {};
    expect(flows[0]).toEqual({ ...entities?.[0], labelCoverage, height: 2, blockHash: hash, time, labelVersion: 0 });
    expect(await listFlows(db, { ...ALL, actor: "example", kind: "pool" })).toEqual([]);
    expect(await listFlows(db, { ...ALL, actor: "nobody" })).toEqual([]);
  });

  test("are told anew by later labels, and what was told before stays answerable", async () => {
    const { db } = await openTestDatabase();
    const chain = storedChain(4);
    await saveBlocks(db, chain);
    expect(await findFirstWithoutFlows(db, { fromHeight: 1, labelVersion: 1 })).toBe(1);
    expect(
      await restateFlows(
        db,
        chain.slice(1, 3).map((block) => relabelled(block)),
      ),
    ).toBe(2);
    expect(await findFirstWithoutFlows(db, { fromHeight: 1, labelVersion: 1 })).toBe(3);
    // Where a loop was interrupted it begins again, and nothing is doubled.
    expect(
      await restateFlows(
        db,
        chain.map((block) => relabelled(block)),
      ),
    ).toBe(2);
    expect(await findFirstWithoutFlows(db, { fromHeight: 0, labelVersion: 1 })).toBeUndefined();
    const now = await listFlows(db, { ...ALL, actor: "renamed" });
    const then = await listFlows(db, { ...ALL, actor: "example", labelVersion: 0 });
    expect(now.map(({ height, labelVersion }) => [height, labelVersion])).toEqual([
      [0, 1],
      [2, 1],
    ]);
    expect(then.map(({ height }) => height)).toEqual([0, 2]);
    expect(await listFlows(db, { ...ALL, actor: "example" })).toEqual([]);
    await restateFlows(db, [relabelled(chain[0] ?? storedBlock(0), 4)]);
    const asOf = await listFlows(db, { ...ALL, actor: "renamed", labelVersion: 3 });
    expect(asOf.map(({ height, labelVersion }) => [height, labelVersion])).toEqual([
      [0, 1],
      [2, 1],
    ]);
    const parties = await db.selectFrom("transfer_parties").select(["label_version", "from_actor"]).execute();
    expect(parties.filter(({ label_version: version }) => version === 1)).toHaveLength(4);
  });

  test("of a block that is not stored any more are left out, and a transfer that was not kept gets no parties", async () => {
    const { db } = await openTestDatabase();
    const [first, second] = storedChain(2);
    if (first === undefined || second === undefined) throw new Error("there are two");
    await saveBlocks(db, [{ ...first, transfers: [], signals: [], insights: [] }, second]);
    const stranger = storedBlock(2, { branch: "losing" });
    expect(
      await restateFlows(
        db,
        [first, second, stranger].map((block) => relabelled(block)),
      ),
    ).toBe(2);
    const parties = await db.selectFrom("transfer_parties").select("tx_index").where("label_version", "=", 1).execute();
    expect(parties).toHaveLength(1);
    expect(await restateFlows(db, [])).toBe(0);
  });

  test("go with their block", async () => {
    const { db } = await openTestDatabase();
    const chain = storedChain(3);
    await saveBlocks(db, chain);
    await restateFlows(
      db,
      chain.map((block) => relabelled(block)),
    );
    await saveBlocks(
      db,
      [],
      chain
        .slice(1)
        .toReversed()
        .map(({ header }) => header),
    );
    const rows = await db.selectFrom("block_flows").select("label_version").execute();
    expect(rows.map(({ label_version: version }) => version).toSorted((left, right) => left - right)).toEqual([0, 1]);
  });
});
