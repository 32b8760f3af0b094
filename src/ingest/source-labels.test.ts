import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { addressOf, NETWORKS } from "#bitcoin";
import { openSimnet, type SourceLabels } from "#chain";
import type { BlockFeatures } from "#features";
import type { Label } from "#labels";
import { sha256 } from "#lib";
import { getLabelVersion, streamLabels } from "#store";
import { keyScript } from "../../test/fixtures/hand-built-block.ts";
import { openTestDatabase } from "../../test/helpers/database.ts";
import { CurrentLabels } from "./current-labels.ts";
import { createProcessContext, extractBlock } from "./process-block.ts";
import { labelsOfSource } from "./source-labels.ts";

const BLOCKS = 40;
const { db } = await openTestDatabase();

function labelled(actor: string): { network: typeof NETWORKS.simnet; pools: []; labels: SourceLabels } {
  const labels: SourceLabels = {
    name: "made-up",
    *list() {
      yield { actor, kind: "simulated", script: keyScript(1) };
      // Nothing that an address can be made of.
      yield { actor, kind: "exchange", script: Uint8Array.of(0x51) };
    },
  };
  return { network: NETWORKS.simnet, pools: [], labels };
}

async function list(version: number): Promise<Label[]> {
  const found: Label[] = [];
  for await (const label of streamLabels(db, { version })) found.push(label);
  return found;
}

test("labels of a source are kept once like those of a file, and what it says later replaces them", async () => {
  const read = await (await CurrentLabels.open(db, labelled("Somebody"))).newest();
  await CurrentLabels.open(db, labelled("Somebody"));
  expect(await getLabelVersion(db)).toBe(1);
  const script = keyScript(1);
  expect(read.entities[read.entityOf(script, 0, script.length)]).toEqual({ actor: "Somebody", kind: "simulated" });
  expect(await list(1)).toMatchObject([
    { file: "made-up", address: addressOf(script, NETWORKS.simnet, sha256), script },
    { file: "made-up", address: null, script: Uint8Array.of(0x51) },
  ]);
  await CurrentLabels.open(db, labelled("Somebody else"));
  expect((await list(2)).map(({ actor }) => actor)).toEqual(["Somebody else", "Somebody else"]);
});

test("everybody of the simulation who has a name is labelled once, and its pools are known by where they are paid", async () => {
  const snapshotDir = mkdtempSync(join(tmpdir(), "utxoiq-source-labels-"));
  const source = await openSimnet({ seed: 9, paceFactor: 60, historyBlocks: BLOCKS, snapshotDir, clock: Date.now });
  const labels = labelsOfSource(source)?.labels ?? [];
  expect(new Set(labels.map(({ script }) => Buffer.from(script ?? []).toString("hex"))).size).toBe(labels.length);
  expect(labels.filter(({ actor, address }) => !actor.endsWith(" (simulated)") || address === null)).toEqual([]);
  expect(new Set(labels.map(({ kind }) => kind))).toEqual(
    new Set(["exchange", "pool", "custodian", "service", "simulated"]),
  );

  const context = createProcessContext(source, { labels: await (await CurrentLabels.open(db, source)).newest() });
  const stop = new AbortController();
  const found: BlockFeatures[] = [];
  for await (const event of source.follow([], stop.signal)) {
    if (event.type === "connect") found.push(extractBlock(event.block, undefined, context).features);
    if (found.length > BLOCKS) stop.abort();
  }
  await source.close();
  const mined = found.filter(({ height }) => height > 0);
  expect(mined.length).toBeGreaterThanOrEqual(BLOCKS);
  for (const { pool_by_address, pool_by_tag } of mined) {
    expect(pool_by_address).toMatch(/ Pool \(simulated\)$/);
    expect(pool_by_tag).toBe(pool_by_address);
  }
});
