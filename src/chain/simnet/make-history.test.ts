import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ChainEvent, FollowableSource } from "../chain-source.ts";
import { ChainWalk } from "./chain-walk.ts";
import { DENSITIES } from "./economy/index.ts";
import { openSimnet } from "./simnet-source.ts";

const SEED = 36;
/** Long enough to be made in a thread. */
const HISTORY = 520;
const MORE = 10;

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "utxoiq-history-"));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

function open(snapshotDir = directory): Promise<FollowableSource> {
  let wallMs = 1_000;
  const sleep = async (durationMs: number): Promise<void> => void (wallMs += durationMs);
  return openSimnet({ seed: SEED, paceFactor: 60, historyBlocks: HISTORY, snapshotDir, clock: () => wallMs, sleep });
}

/** One line an event, with all that its block holds. */
function describeEvent({ type, block }: Pick<ChainEvent, "type" | "block">): string {
  const held = "bytes" in block ? [block.bytes, block.spent?.coinHeights] : [];
  return [type, block.height, block.hash, ...held.map((part) => Buffer.from(part ?? []).toString("base64"))].join(" ");
}

describe("a history that is made in a thread", () => {
  test("is the chain that the economy makes, and goes on as that does", async () => {
    const source = await open();
    const seen: string[] = [];
    const stop = new AbortController();
    for await (const event of source.follow([], stop.signal)) {
      seen.push(describeEvent(event));
      if (event.block.height === HISTORY + MORE) stop.abort();
    }
    const walk = new ChainWalk({
      seed: SEED,
      density: DENSITIES.demo,
      chainId: "",
      staged: { all: [], writing: undefined },
    });
    const made: string[] = [];
    while (made.length < seen.length) made.push(...walk.stepAtOnce().map(describeEvent));
    expect(seen).toEqual(made.slice(0, seen.length));
    // A restart has it not made anew.
    expect(await readdir(directory)).toEqual([`simnet-${SEED}-${HISTORY}.snapshot`]);
    expect(source.now()).toBe(Math.ceil(walk.world.time));
  });

  test("ends with who reads it", async () => {
    const stop = new AbortController();
    const heights: number[] = [];
    for await (const { block } of (await open()).follow([], stop.signal)) {
      heights.push(block.height);
      if (block.height === 3) stop.abort();
    }
    expect(heights).toEqual([0, 1, 2, 3]);
    for await (const { block } of (await open()).follow([], new AbortController().signal)) if (block.height > 3) break;
  });

  test("says what it cannot do", async () => {
    const file = join(directory, "no directory");
    await writeFile(file, "");
    const read = async (): Promise<void> => {
      for await (const { block } of (await open(file)).follow([], new AbortController().signal))
        expect(block.height).toBeLessThanOrEqual(HISTORY);
    };
    await expect(read()).rejects.toMatchObject({ code: "CHAIN_SNAPSHOT_UNWRITABLE", retryable: true });
  });
});
