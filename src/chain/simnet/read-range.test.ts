import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ChainBlock } from "../chain-source.ts";
import { openSimnet } from "./simnet-source.ts";

/** The demo chain of this seed has races within so many blocks. */
const TIP = 700;

async function openChain() {
  const snapshotDir = await mkdtemp(join(tmpdir(), "simnet-"));
  return openSimnet({ seed: 12, paceFactor: 60, historyBlocks: TIP, snapshotDir, clock: () => 0 });
}

test("ranges of a simulated chain hold the blocks that following it ends with, in any order", async () => {
  const source = await openChain();
  const chain: ChainBlock[] = [];
  let undone = 0;
  const stop = new AbortController();
  for await (const event of source.follow([], stop.signal)) {
    if (event.type === "connect") chain.push(event.block);
    else {
      undone += 1;
      chain.pop();
    }
    if (chain.length > TIP) stop.abort();
  }
  expect(undone).toBeGreaterThan(0);
  const read = async (first: number, last: number): Promise<string[]> => {
    const hashes: string[] = [];
    const blocks = source.readRange?.({ first, last }, new AbortController().signal) ?? [];
    for await (const { hash } of blocks) hashes.push(hash);
    return hashes;
  };
  const expected = (first: number, last: number): string[] => chain.slice(first, last + 1).map(({ hash }) => hash);
  for (const [first, last] of [
    [0, 99],
    [89, 199],
    [400, 650],
    [640, TIP - 10],
    [10, 12],
  ] as const) {
    expect(await read(first, last), `${first} to ${last}`).toEqual(expected(first, last));
  }
  await expect(read(TIP - 5, TIP + 500)).rejects.toMatchObject({ code: "CHAIN_RANGE_MISSING" });
  await source.close();
});
