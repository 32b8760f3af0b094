import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { NETWORKS } from "#bitcoin";
import { describeWithRealBlocks } from "../../../test/helpers/real-blocks.ts";
import { implausibleBits } from "./plausible-bits.ts";

const EASIEST = 0x1d00ffff;

describe("targets of the main network", () => {
  test.each([
    [1, EASIEST, EASIEST, true],
    [0, EASIEST, undefined, true],
    [100_001, 0x1b04864c, 0x1b04864c, true],
    [100_001, EASIEST, 0x1b04864c, false],
    // Block 32256, the first with another target than the lowest, and made-up ones about it.
    [32_256, 0x1d00d86a, EASIEST, true],
    [32_257, 0x1d00d86a, EASIEST, false],
    [32_256, 0x1c3fffc0, EASIEST, true],
    [32_256, 0x1c3ff000, EASIEST, false],
    [34_272, EASIEST, 0x1c3fffc0, true],
    [34_272, EASIEST, 0x1c3f0000, false],
    // Cheap blocks at a height where none was cheap, though their parent is as cheap.
    [800_001, EASIEST, EASIEST, false],
    [800_001, 0x17053894, 0x17053894, true],
  ])("at height %i, bits %i after %i", (height, bits, parentBits, plausible) => {
    expect(implausibleBits({ height, bits, parentBits }, NETWORKS.mainnet) === undefined).toBe(plausible);
  });

  test("test networks have blocks of any target", () => {
    for (const network of [NETWORKS.testnet3, NETWORKS.testnet4, NETWORKS.signet, NETWORKS.regtest]) {
      expect(implausibleBits({ height: 900_001, bits: EASIEST, parentBits: 0x17053894 }, network)).toBeUndefined();
    }
  });
});

describeWithRealBlocks("targets of real blocks", (real) => {
  test("eight in a row from the year 2025 are plausible", () => {
    const file = join(real.blocks, "../series/mempool-space/blocks_890440_890447.json");
    const blocks = JSON.parse(readFileSync(file, "utf8")) as { height: number; bits: number }[];
    const judged = blocks.slice(1).map(({ height, bits }, index) => {
      return implausibleBits({ height, bits, parentBits: blocks[index]?.bits }, NETWORKS.mainnet);
    });
    expect(judged).toEqual(Array.from({ length: 7 }, () => undefined));
  });
});
