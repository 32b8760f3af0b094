import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { type BlockHash, Mempool, NETWORKS, takeSnapshot, type Txid } from "#bitcoin";
import { parseSourceSpec } from "#chain";
import { compareWithExpected } from "#features";
import { createLogger, sha256 } from "#lib";
import { startIngestRole } from "#roles";
import { type Database, getCursor, getExpectation } from "#store";
import { blockBytes, coinbase, keyScript, payment, spentBytes } from "./fixtures/hand-built-block.ts";
import { extend, mineOn } from "./fixtures/small-chain.ts";
import { openTestDatabase } from "./helpers/database.ts";
import {
  type CoreNode,
  type MempoolTransaction,
  type NodeBlock,
  startCoreNode,
  withMadeUpCoinHeights,
} from "./helpers/core-node/index.ts";
import { decodeBlock, decodeSpent, type DecodedTransaction } from "./helpers/core-node/decode-block.ts";
import { describeWithRealBlocks } from "./helpers/real-blocks.ts";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

const CHAIN = withMadeUpCoinHeights(extend([], 12, "main"));

/** Payments that pay 1,000 satoshis each, told apart by what they pay to. */
const PAYMENTS = Array.from({ length: 6 }, (_, number) =>
  payment([{ value: 50_000, script: keyScript(1) }], [{ value: 49_000, script: keyScript(100 + number) }]),
);

/** A block above all others that holds these. */
function nextBlock(
  payments: readonly (typeof PAYMENTS)[number][],
  above: readonly NodeBlock[],
  name: string,
): NodeBlock {
  const parent = above.at(-1);
  const height = above.length;
  const transactions = [coinbase(height, [{ value: 1_000, script: keyScript(9) }], name), ...payments];
  const bytes = blockBytes(transactions, Math.floor(Date.now() / 1_000) + 600);
  const hash = mineOn(bytes, parent?.hash);
  const block = { height, hash, bytes, spent: { bytes: spentBytes(transactions) } };
  const [made] = withMadeUpCoinHeights([block]);
  return made ?? expect.fail("no block");
}

function txidsOf({ bytes }: NodeBlock): Txid[] {
  return decodeBlock(bytes)
    .slice(1)
    .map(({ txid }) => txid as Txid);
}

function waiting(txid: string): MempoolTransaction {
  return { txid, weight: 400, fee: 1_000, time: 1_760_000_000, height: 11 };
}

async function follow(node: CoreNode, db: Awaited<ReturnType<typeof openTestDatabase>>): Promise<void> {
  const role = await startIngestRole({
    ...db,
    logger: createLogger(undefined, "silent"),
    spec: parseSourceSpec(node.source),
    sourceOptions: {
      network: "regtest",
      pace: 60,
      historyBlocks: 1_000,
      finality: 100,
      requestsPerSecond: 100,
      allowBackfill: false,
      snapshotDir: "",
    },
    mempoolRetentionDays: 30,
    onShortHistory: () => {},
    onOpened: () => {},
    onHealth: () => {},
    onProgress: () => {},
  });
  closing.push(() => role.stop());
}

async function startNode(chain: readonly NodeBlock[]): Promise<CoreNode> {
  const node = await startCoreNode({ network: NETWORKS.regtest, chain, tip: 11, zmq: true });
  closing.push(() => node.stop());
  return node;
}

function untilStored(db: Database, hash: BlockHash | undefined): Promise<void> {
  return expect.poll(() => getCursor(db), { timeout: 30_000 }).toMatchObject({ hash });
}

describe("the program on a node whose mempool it sees", () => {
  test("says what a block matched, lacked and added, and nothing of blocks that it did not see coming", async () => {
    const database = await openTestDatabase();
    const { db } = database;
    const every = nextBlock(PAYMENTS, CHAIN, "every");
    const [first, second, third, fourth, lacking = "", unseen = ""] = txidsOf(every);
    const mined = nextBlock([...PAYMENTS.slice(0, 4), ...PAYMENTS.slice(5)], CHAIN, "mined");
    const above = nextBlock([], [...CHAIN, mined], "above");
    const node = await startNode([...CHAIN, mined, above]);
    node.mempool.set([first, second, third, fourth, lacking].map((txid) => waiting(txid ?? "")));
    await follow(node, database);
    const templates = (): Promise<unknown> => db.selectFrom("next_block_templates").select("tip_hash").execute();
    await expect.poll(templates, { timeout: 40_000 }).toHaveLength(1);
    node.setTip(mined.hash);
    await untilStored(db, mined.hash);

    expect(await getExpectation(db, mined.hash)).toMatchObject({
      expected: 5,
      mined: 5,
      matched: 4,
      missing: 1,
      missingTxids: [lacking],
      added: 1,
      addedTxids: [unseen],
      expectedFee: 5_000,
      minedFee: 5_000,
      matchRate: 0.8,
    });
    // At once: nothing certain was seen on the block before.
    node.setTip(above.hash);
    await untilStored(db, above.hash);
    const compared = await db.selectFrom("block_expectations").select("blockhash").execute();
    expect(compared.map(({ blockhash }) => blockhash.toString("hex"))).toEqual([mined.hash]);
  }, 90_000);
});

describeWithRealBlocks("a real full block that was mined out of a mempool", ({ blocks: folder }) => {
  const block = readFileSync(join(folder, "866342.block"));
  const spent = readFileSync(join(folder, "866342.spent"));
  const [, ...transactions] = decodeBlock(block);
  const [, ...coins] = decodeSpent(spent);
  const txids = new Set(transactions.map(({ txid }) => txid));

  /** As the node had it before the block: each with its parents in the block. */
  const add = (mempool: Mempool, tx: DecodedTransaction, index: number): void => {
    const sum = (outputs: readonly { readonly value: number }[]): number =>
      outputs.reduce((total, { value }) => total + value, 0);
    const fee = sum(coins[index] ?? []) - sum(tx.outputs);
    const parents = tx.inputs.map(({ txid }) => txid as Txid).filter((txid) => txids.has(txid));
    mempool.add({ txid: tx.txid as Txid, fee, weight: tx.strippedSize * 3 + tx.size, parents });
  };

  test("is as expected but for what was left out and what came from elsewhere", () => {
    const mempool = new Mempool();
    // Those that nothing else in the block spends, so that no package falls apart.
    const spentHere = new Set(transactions.flatMap(({ inputs }) => inputs.map(({ txid }) => txid)));
    const unseen = transactions.filter(({ txid }) => !spentHere.has(txid)).slice(100, 103);
    for (const [index, tx] of transactions.entries()) if (!unseen.includes(tx)) add(mempool, tx, index);
    const lacking = "00".repeat(31).concat("07") as Txid;
    mempool.add({ txid: lacking, fee: 1_000_000, weight: 800, parents: [] });
    const { projectedBlocks, nextBlockTxids } = takeSnapshot(mempool, { time: 0, tip: null, minFeeRate: null });
    expect(projectedBlocks).toHaveLength(1);
    const expected = {
      time: 0,
      txids: nextBlockTxids ?? new Uint8Array(0),
      totalFee: projectedBlocks[0]?.totalFee ?? 0,
    };
    const told = compareWithExpected({ block, spent: { bytes: spent } }, expected, sha256);
    expect(told).toMatchObject({
      expected: transactions.length - 2,
      mined: transactions.length,
      matched: transactions.length - 3,
      missing: 1,
      missingTxids: [lacking],
      added: 3,
      addedTxids: unseen.map(({ txid }) => txid),
    });
  });
});
