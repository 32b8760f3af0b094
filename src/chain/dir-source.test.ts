import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { NETWORKS } from "#bitcoin";
import { extend } from "../../test/fixtures/small-chain.ts";
import { describeWithRealBlocks, readRealBlock, type RealBlocks } from "../../test/helpers/real-blocks.ts";
import { openDirectory } from "./dir-source.ts";

function emptyDirectory(): string {
  return mkdtempSync(join(tmpdir(), "utxoiq-dir-"));
}

async function readAll(path: string): Promise<{ height: number; spent: boolean }[]> {
  const source = await openDirectory(path, NETWORKS.mainnet);
  const found = [];
  for await (const block of source.blocks(AbortSignal.timeout(30_000))) {
    found.push({ height: block.height, spent: block.spent !== undefined });
  }
  return found;
}

test("a directory that is missing, a file, or empty is named", async () => {
  const path = emptyDirectory();
  await expect(readAll(path)).rejects.toThrow(`${path} holds no blocks`);
  await expect(readAll(join(path, "none"))).rejects.toThrow("none: it does not exist");
  writeFileSync(join(path, "file"), "");
  await expect(readAll(join(path, "file"))).rejects.toThrow("file: it is not a directory");
  mkdirSync(join(path, "1.block"));
  await expect(readAll(path)).rejects.toThrow("1.block: it is a directory");
});

test("a block that is not of this network says how to name another", async () => {
  const path = emptyDirectory();
  writeFileSync(join(path, "5.block"), extend([], 6, "other").at(5)?.bytes ?? "");
  await expect(readAll(path)).rejects.toThrow(
    /does not meet the proof of work of mainnet \(a block of another network\? --network testnet3\|testnet4\|signet\|regtest\|simnet\), at byte 72$/,
  );
});

describeWithRealBlocks("a directory of real blocks", (real) => {
  test("is read ascending by height, with gaps, and without what is no block", async () => {
    const path = emptyDirectory();
    for (const height of [100_000, 170, 57_043]) copy(real, height, path);
    writeFileSync(join(path, "notes.txt"), "not a block");
    writeFileSync(join(path, "0170.block"), "not canonical");
    expect(await readAll(path)).toEqual([170, 57_043, 100_000].map((height) => ({ height, spent: true })));
  });

  test("gives a block without spent outputs where the .spent file is missing", async () => {
    const path = emptyDirectory();
    copyFileSync(join(real.blocks, "170.block"), join(path, "170.block"));
    expect(await readAll(path)).toEqual([{ height: 170, spent: false }]);
  });

  const { block, spent } = readRealBlock(real, 57_043);
  const flipped = Uint8Array.from(block);
  flipped[20_000] = (flipped[20_000] ?? 0) ^ 1;
  test.each([
    ["a truncated block", block.subarray(0, 20_000), spent, /57043\.block: tx 1 \/ .*, at byte \d+$/],
    ["a corrupted block", flipped, spent, /57043\.block: header \/ merkle root: .*, at byte 36$/],
    [
      "an empty block file",
      block.subarray(0, 0),
      spent,
      /57043\.block: header: needs 80 bytes, 0 are left, at byte 0$/,
    ],
    [
      "a truncated spent file",
      block,
      spent.subarray(0, 900),
      /57043\.spent: tx 1 \/ spent output \d+: .*, at byte \d+$/,
    ],
    [
      "the spent file of another block",
      block,
      readRealBlock(real, 116_928).spent,
      /57043\.spent: transactions: .*not of this block, at byte 0$/,
    ],
  ])("refuses %s with file, field and byte", async (_, blockBytes, spentBytes, says) => {
    const path = emptyDirectory();
    writeFileSync(join(path, "57043.block"), blockBytes);
    writeFileSync(join(path, "57043.spent"), spentBytes);
    await expect(readAll(path)).rejects.toThrow(says);
  });
});

function copy(real: RealBlocks, height: number, path: string): void {
  for (const ending of ["block", "spent"])
    copyFileSync(join(real.blocks, `${height}.${ending}`), join(path, `${height}.${ending}`));
}
