import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { describeWithRealBlocks } from "../../../test/helpers/real-blocks.ts";
import { type BlockHash, NETWORKS, scanBlock } from "#bitcoin";
import { readBlockReply } from "./block-json.ts";

async function* inPieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

const replyTo = (block: string): string => `{"result":${block},"error":null,"id":1}\n`;

const HEIGHTS = [25, 50, 75, 100, 125, 150, 175, 200, 225, 250, 275, 300, 320, 321, 322];

describeWithRealBlocks("what a real node answered to getblock 3", ({ blocks }) => {
  const node = join(blocks, "..", "regtest-node");

  test.each(HEIGHTS)("block %i is the block of its REST interface, with what it spends", async (height) => {
    const json = readFileSync(join(node, "rpc", `getblock-3-${height}.json`), "utf8");
    const { hash, tx } = JSON.parse(json) as { hash: BlockHash; tx: { vin: { prevout?: { height: number } }[] }[] };
    const reply = await readBlockReply(inPieces(replyTo(json), 997));
    const block = reply.block(hash);
    expect(Buffer.compare(block.bytes, readFileSync(join(node, "blocks", `${height}.block`)))).toBe(0);
    expect(block.height).toBe(height);
    const heights = tx.flatMap(({ vin }) => vin.flatMap(({ prevout }) => prevout?.height ?? []));
    expect([...(block.spent?.coinHeights ?? [])]).toEqual(heights);
    // Fails where the amounts or counts of spent outputs do not fit the block.
    expect(scanBlock(block.bytes, block.spent, {}).transactions).toBe(tx.length);
  });
});

/** The genesis block of the main network, as Core 28 tells it. */
const GENESIS = {
  hash: NETWORKS.mainnet.genesisHash,
  height: 0,
  version: 1,
  merkleroot: "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b",
  time: 1_231_006_505,
  nonce: 2_083_236_893,
  bits: "1d00ffff",
  nTx: 1,
  tx: [
    {
      vin: [{ coinbase: "04ffff001d", sequence: 4_294_967_295 }],
      hex: "01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff4d04ffff001d0104455468652054696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f66207365636f6e64206261696c6f757420666f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000",
    },
  ],
};

async function check(
  block: object,
  hash: string,
): Promise<ReturnType<Awaited<ReturnType<typeof readBlockReply>>["block"]>> {
  const reply = await readBlockReply(inPieces(replyTo(JSON.stringify(block)), 64));
  return reply.block(hash as BlockHash);
}

describe("the reply to getblock 3", () => {
  test("a genesis block has no block before it and spends nothing", async () => {
    const { bytes, spent } = await check(GENESIS, GENESIS.hash ?? "");
    expect(scanBlock(bytes, spent, {}).size).toBe(285);
    expect(spent?.bytes).toEqual(new Uint8Array([1, 0]));
  });

  test("is read in any order of its fields and in pieces of any size", async () => {
    const text = JSON.stringify({ id: 1, result: Object.fromEntries(Object.entries(GENESIS).toReversed()) });
    for (const size of [1, 2, 3, 1_000_000]) {
      const reply = await readBlockReply(inPieces(text, size));
      expect(reply.block(GENESIS.hash as BlockHash).bytes.length).toBe(285);
    }
  });

  test("an error of the node is told as such", async () => {
    const text = '{"result":null,"error":{"code":-5,"message":"Block not found"},"id":1}';
    expect(await readBlockReply(inPieces(text, 10))).toMatchObject({
      id: 1,
      error: { code: -5, message: "Block not found" },
    });
  });

  test("without what an input spends, nothing is said of what the block spends", async () => {
    const [coinbase] = GENESIS.tx;
    const { spent } = await check({ ...GENESIS, tx: [coinbase, { ...coinbase, vin: [{}] }] }, GENESIS.hash ?? "");
    expect(spent).toBeUndefined();
  });

  const [tx] = GENESIS.tx;
  const spending = (prevout: object): object => ({ ...GENESIS, tx: [tx, { ...tx, vin: [{ prevout }] }] });
  test.each([
    ["another block", { ...GENESIS, nonce: 1 }],
    ["no transactions", { ...GENESIS, tx: [] }],
    ["no header", { tx: GENESIS.tx }],
    ["a transaction without hex", { ...GENESIS, tx: [{ vin: [{}] }] }],
    ["a transaction that is null", { ...GENESIS, tx: [null] }],
    ["inputs that are no list", { ...GENESIS, tx: [{ ...tx, vin: {} }] }],
    ["an input that is none", { ...GENESIS, tx: [{ ...tx, vin: [null] }] }],
    ["half a byte of hex", { ...GENESIS, tx: [{ ...tx, hex: "012" }] }],
    ["no hex", { ...GENESIS, tx: [{ ...tx, hex: "zz" }] }],
    ["less than a satoshi", spending({ value: 1e-9, height: 1, scriptPubKey: { hex: "" } })],
    ["a negative amount", spending({ value: -1, height: 1, scriptPubKey: { hex: "" } })],
    ["half a height", spending({ value: 1, height: 1.5, scriptPubKey: { hex: "" } })],
    ["a height below the first", spending({ value: 1, height: -1, scriptPubKey: { hex: "" } })],
    ["a coin without a script", spending({ value: 1, height: 1 })],
    ["an amount in a text", spending({ value: "1", height: 1, scriptPubKey: { hex: "" } })],
  ])("%s is refused", async (_, block) => {
    await expect(check(block, GENESIS.hash ?? "")).rejects.toMatchObject({ code: "CHAIN_RPC_BAD_REPLY" });
  });

  test.each(["", "<html>", '{"result":{"tx":[{"hex":"00"', "[1,2"])("%j is no reply", async (text) => {
    await expect(readBlockReply(inPieces(text, 5))).rejects.toMatchObject({ code: "CHAIN_RPC_BAD_REPLY" });
  });
});
