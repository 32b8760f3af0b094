import { expect, test } from "vitest";
import type { ChainBlock, ChainEvent, FollowableSource, SourceHealth } from "#chain";
import { pause, untilAborted } from "#lib";
import { extend } from "../../test/fixtures/small-chain.ts";
import { followToTip } from "./follow-to-tip.ts";
import { madeUpSource } from "../../test/helpers/made-up-source.ts";

const HEALTHY: SourceHealth = { state: "healthy", reason: null };
const DOWN: SourceHealth = { state: "down", reason: "What answers there is not JSON" };

const chain = extend([], 3, "main");

type Script = { readonly bring: number; readonly afterwards: SourceHealth; readonly recovers: boolean };

/** Brings some blocks, then is as it is told for a while, and then brings the others or none. */
function scripted({ bring, afterwards, recovers }: Script): FollowableSource {
  let health = HEALTHY;
  const connect = (block: ChainBlock): ChainEvent => ({ type: "connect", block, tipHeight: 2 });
  return madeUpSource({
    tipHeight: async () => 2,
    health: () => health,
    async *follow(_, signal) {
      yield* chain.slice(0, bring).map(connect);
      health = afterwards;
      if (recovers) await pause(40, signal);
      else await untilAborted(signal);
      if (signal.aborted) return;
      health = HEALTHY;
      yield* chain.slice(bring).map(connect);
    },
  });
}

async function run(script: Script, giveUpAfterMs: number): Promise<{ heights: number[]; told: SourceHealth[] }> {
  const told: SourceHealth[] = [];
  const heights: number[] = [];
  const signal = AbortSignal.timeout(10_000);
  const options = {
    onHealth: (health: SourceHealth) => void told.push(health),
    signal,
    checkEveryMs: 5,
    giveUpAfterMs,
  };
  try {
    for await (const { block } of followToTip(scripted(script), options)) heights.push(block.height);
  } catch (error) {
    expect(told).toEqual([script.afterwards]);
    throw error;
  }
  return { heights, told };
}

test("a source that fails for a while is told of and waited for", async () => {
  const { heights, told } = await run({ bring: 1, afterwards: DOWN, recovers: true }, 5_000);
  expect(heights).toEqual([0, 1, 2]);
  expect(told).toEqual([DOWN]);
});

test.each([
  ["is down", DOWN],
  ["is degraded and brings nothing", { state: "degraded", reason: "it names block 2 and does not give it" } as const],
])("a source that %s for long is given up with its reason", async (_, afterwards) => {
  const running = run({ bring: 1, afterwards, recovers: false }, 100);
  await expect(running).rejects.toMatchObject({ code: "CLI_SOURCE_DOWN" });
  await expect(running).rejects.toThrow(afterwards.reason ?? "");
});
