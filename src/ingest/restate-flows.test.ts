import { expect, test } from "vitest";
import type { ChainEvent, FollowableSource } from "#chain";
import { KNOWN_LABEL, type Label } from "#labels";
import { createLogger } from "#lib";
import { claimChain, findFirstWithoutFlows, findLinkBelow, importLabels, listFlows } from "#store";
import { keyScript } from "../../test/fixtures/hand-built-block.ts";
import { extend, reorgEvents } from "../../test/fixtures/small-chain.ts";
import { openTestDatabase } from "../../test/helpers/database.ts";
import { followChain } from "./follow-chain.ts";
import { chainOf } from "./ingest-set.ts";
import { type Restated, restateBlocks } from "./restate-flows.ts";
import { madeUpSource } from "../../test/helpers/made-up-source.ts";

const CHAIN = extend([], 12, "main");

/** A chain that is read from where one stands, and tells of each block before it hands it on. */
function sourceOf(onBlock: (height: number) => void): FollowableSource {
  return madeUpSource({
    tipHeight: async () => CHAIN.length - 1,
    async *follow(held): AsyncGenerator<ChainEvent> {
      for (const event of reorgEvents([], CHAIN).slice((held.at(-1)?.height ?? -1) + 1)) {
        onBlock(event.block.height);
        yield event;
      }
    },
  });
}

/** Whom every block of the chain pays. */
async function* labels(): AsyncGenerator<Label> {
  const script = keyScript(203);
  yield { ...KNOWN_LABEL, script, address: null, actor: "acme", kind: "exchange", file: "acme.csv" };
}

test("blocks of a chain are told anew from a height on; interrupted it goes on where it was, and then is done", async () => {
  const { db } = await openTestDatabase();
  const signal = AbortSignal.timeout(30_000);
  const source = sourceOf(() => {});
  await claimChain(db, chainOf(source));
  const logger = createLogger(undefined, "silent");
  await followChain({ source, db, held: [], onStored: () => {}, logger, signal });
  await importLabels(db, { files: ["acme.csv"], labels: labels() });

  const findFirst = (): Promise<number | undefined> => findFirstWithoutFlows(db, { fromHeight: 4, labelVersion: 1 });
  const restate = async (stopAt: number | undefined): Promise<Restated> => {
    const stop = new AbortController();
    const below = (await findLinkBelow(db, (await findFirst()) ?? -1)) ?? [];
    const read = sourceOf((height) => height === stopAt && stop.abort());
    return restateBlocks({ source: read, db, fromHeight: 4, below, onProgress: () => {}, signal: stop.signal });
  };
  expect(await findFirst()).toBe(4);
  expect(await restate(6)).toEqual({ blocks: 3, labelVersion: 1 });
  expect(await findFirst()).toBe(7);
  expect(await restate(undefined)).toEqual({ blocks: 5, labelVersion: 1 });
  expect(await findFirst()).toBeUndefined();

  const told = await listFlows(db, { actor: "acme", fromHeight: 0, toHeight: 100 });
  expect(told.map(({ height, deposits }) => [height, deposits])).toEqual(
    [4, 5, 6, 7, 8, 9, 10, 11].map((height) => [height, 1]),
  );
});
