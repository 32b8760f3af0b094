import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { checkBlock, NETWORKS, scanBlock } from "#bitcoin";
import { sha256 } from "#lib";
import type { ChainBlock } from "../../chain-source.ts";
import { decodeSnapshot, encodeSnapshot } from "../snapshot-encoding.ts";
import { createEconomy, type Economy, makeBlock } from "./economy.ts";
import { levelOf } from "./fee-demand.ts";

/**
 * SHA-256 over bytes, spent bytes and coin heights of the first 300 blocks of seed 42. If this changes, the chain has
 * changed: raise ECONOMY_VERSION, so that stores and snapshots of the old chain are not continued with the new one.
 */
const GOLDEN = { version: 1, sha256: "a6dc154ef78110debe0a396bf635a48e887956a7aa52fe6e1475aceddf5247fd" };

const owner = { chainId: "test", seed: 42 };

function makeBlocks(economy: Economy, count: number): ChainBlock[] {
  return Array.from({ length: count }, () => makeBlock(economy));
}

function digestOf(blocks: readonly ChainBlock[]): string {
  const digest = createHash("sha256");
  for (const { bytes, spent } of blocks) {
    digest.update(bytes);
    digest.update(spent?.bytes ?? new Uint8Array());
    for (const height of spent?.coinHeights ?? []) digest.update(`${height},`);
  }
  return digest.digest("hex");
}

describe("economy", { timeout: 60_000 }, () => {
  test("one seed, one chain: the golden one", () => {
    expect({ version: GOLDEN.version, sha256: digestOf(makeBlocks(createEconomy(42), 300)) }).toEqual(GOLDEN);
  });

  test("names its version and seed in block 0", () => {
    const text = Buffer.from(makeBlock(createEconomy(42)).bytes).toString("latin1");
    expect(text).toContain(`utxoIQ simulated network ${GOLDEN.version}, seed 42: no real money`);
  });

  test("two side by side do not disturb each other", () => {
    const [one, other] = [createEconomy(42), createEconomy(43)];
    const blocks = Array.from({ length: 300 }, () => {
      makeBlock(other);
      return makeBlock(one);
    });
    expect(digestOf(blocks)).toBe(GOLDEN.sha256);
  });

  test.each([[[1, 2, 3, 144, 288]], [[99, 100, 101]]])(
    "the same chain after a restart from snapshots at %s",
    (stops) => {
      let economy = createEconomy(42);
      const blocks: ChainBlock[] = [];
      while (blocks.length < 300) {
        blocks.push(makeBlock(economy));
        if (!stops.includes(economy.height)) continue;
        const restored = decodeSnapshot(encodeSnapshot(economy, owner.chainId), owner);
        expect(restored).toBeDefined();
        economy = restored ?? economy;
      }
      expect(digestOf(blocks)).toBe(GOLDEN.sha256);
    },
  );

  test("our own checks pass: structure, proof of work, roots, commitment, height", () => {
    const blocks = makeBlocks(createEconomy(7), 200);
    let prevHash = "00".repeat(32);
    for (const { height, hash, bytes, spent } of blocks) {
      checkBlock(bytes, { height, network: NETWORKS.simnet }, sha256);
      expect(scanBlock(bytes, spent, {}).header.prevHash).toBe(prevHash);
      prevHash = hash;
    }
  });

  test("a day is lively: 20 to 80 transactions, large transfers at its start and end, ordinary ones below 100 BTC", () => {
    const economy = createEconomy(42);
    makeBlock(economy);
    const heightsOfLarge: number[] = [];
    for (let height = 1; height <= 432; height += 1) {
      const moved = movedBy(makeBlock(economy));
      expect(moved.length).toBeGreaterThanOrEqual(18);
      expect(moved.length).toBeLessThanOrEqual(82);
      for (const btc of moved) {
        expect(btc < 100 || (btc >= 1_000 && btc < 21_000)).toBe(true);
        if (btc >= 1_000) heightsOfLarge.push(height);
      }
      expect(levelOf(economy.demand)).toBeGreaterThan(0);
    }
    const within = (from: number, to: number) => heightsOfLarge.some((height) => height >= from && height <= to);
    for (const turn of [144, 288, 432]) expect(within(turn - 6, turn - 1)).toBe(true);
    for (const turn of [144, 288]) {
      expect(within(turn + 2, turn + 5)).toBe(true);
      expect(within(turn + 7, turn + 10)).toBe(true);
    }
    expect(heightsOfLarge.length).toBeGreaterThan(15);
    expect(heightsOfLarge.length).toBeLessThan(60);
  });

  test("wallets stay bounded", () => {
    const economy = createEconomy(3);
    const coins = () => economy.people.wallets.reduce((sum, wallet) => sum + wallet.coins.length, 0);
    makeBlocks(economy, 600);
    const early = coins();
    makeBlocks(economy, 600);
    expect(early).toBeLessThan(4_000);
    expect(coins()).toBeLessThan(4_000);
  });
});

/** BTC that each transaction but the coinbase pays to scripts that it does not spend from. */
function movedBy({ bytes, spent }: ChainBlock): number[] {
  const moved: number[] = [];
  let spentScripts = new Set<string>();
  let sats = 0;
  const textOf = (source: Uint8Array | undefined, at: { scriptStart: number; scriptEnd: number }) =>
    Buffer.from(source?.subarray(at.scriptStart, at.scriptEnd) ?? []).toString("hex");
  scanBlock(bytes, spent, {
    spent: (coin) => void spentScripts.add(textOf(spent?.bytes, coin)),
    output: (output) => {
      if (!spentScripts.has(textOf(bytes, output))) sats += output.value;
    },
    transaction: (tx) => {
      if (tx.index > 0) moved.push(sats / 1e8);
      spentScripts = new Set();
      sats = 0;
    },
  });
  return moved;
}
