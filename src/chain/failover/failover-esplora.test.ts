import { join } from "node:path";
import { expect, test } from "vitest";
import { NETWORKS, parseHeader } from "#bitcoin";
import { readRegtestChains, startEsploraServer } from "../../../test/helpers/esplora-server/index.ts";
import { describeWithRealBlocks } from "../../../test/helpers/real-blocks.ts";
import type { ChainEvent } from "../chain-source.ts";
import { openEsplora } from "../esplora/index.ts";
import { openFailover, type SourceSwitch } from "./index.ts";

const GENESIS = NETWORKS.regtest.genesisHash ?? "";
const OPTIONS = { historyBlocks: 1, finality: 100, requestsPerSecond: 100_000, retryMs: 1, pollMs: 5 } as const;

describeWithRealBlocks("a list of two servers", (real) => {
  test("the second takes over where the first breaks off in a reorg, and the first comes back", async () => {
    const { active, stale } = readRegtestChains(join(real.blocks, ".."));
    const first = await startEsploraServer({ chain: stale, genesis: GENESIS });
    const second = await startEsploraServer({ chain: active, genesis: GENESIS });
    const switches: SourceSwitch[] = [];
    const servers = [first, second].map(({ url }) => ({
      name: `esplora:${url}`,
      open: () => openEsplora(url, OPTIONS),
    }));
    const source = await openFailover(servers, {
      finality: 100,
      checkEveryMs: 10,
      onSwitch: (change) => {
        switches.push(change);
        if (switches.length === 1) first.setFault(() => undefined);
      },
    });
    const held = stale.slice(200, 318).map(({ height, hash, block }) => {
      return { height, hash, bits: parseHeader(block.subarray(0, 80)).bits };
    });
    const stop = new AbortController();
    const events: ChainEvent[] = [];
    for await (const event of source.follow(held, stop.signal)) {
      events.push(event);
      if (event.block.hash === stale.at(-1)?.hash) {
        // It goes over to the winning branch, but never gets to give its blocks.
        first.setChain(active);
        first.setFault((path) => (path.endsWith("/raw") ? { kind: "status", status: 500 } : undefined));
      }
      if (event.block.hash === active.at(-1)?.hash) stop.abort();
    }
    expect(events.map(({ type, block }) => `${type} ${block.height}`)).toEqual([
      ...[318, 319, 320, 321].map((height) => `connect ${height}`),
      ...[321, 320, 319].map((height) => `disconnect ${height}`),
      ...[319, 320, 321, 322].map((height) => `connect ${height}`),
    ]);
    expect(switches[0]).toMatchObject({ from: servers[0]?.name, to: servers[1]?.name });
    expect(switches[0]?.reason).toMatch(/HTTP status 500/);
    while (switches.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(switches[1]?.to).toBe(servers[0]?.name);
    await source.close();
    await first.close();
    await second.close();
  });
});
