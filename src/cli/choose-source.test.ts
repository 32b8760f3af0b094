import { resolve } from "node:path";
import { expect, test } from "vitest";
import { readConfig } from "#config";
import { chooseSource } from "./choose-source.ts";

const terminal = { line: () => {}, progress: () => {} };
const choose = (flags: Parameters<typeof readConfig>[0]) =>
  chooseSource(readConfig(flags, {}), terminal, new AbortController().signal);

test.each([
  [{ source: "simnet:1" }, "data/simnet"],
  [{ source: "dir:blocks" }, "data/mainnet-blocks"],
  [{ source: "dir:blocks", network: "signet" }, "data/signet-blocks"],
  [{ source: "dir:blocks", data: "mine" }, "mine"],
])("%j is stored in %s", async (flags, directory) => {
  expect((await choose(flags)).dataDir).toBe(resolve(directory));
});

test.each([
  ["simnet:1", 4_320],
  ["simnet:1:realistic", 2_016],
  ["dir:blocks", 2_016],
])("of %s %d blocks are usual at first start", async (source, blocks) => {
  expect((await choose({ source })).options.historyBlocks).toBe(blocks);
  expect((await choose({ source, historyBlocks: "7" })).options.historyBlocks).toBe(7);
});

test("a network that the source is not of is refused", async () => {
  await expect(choose({ source: "simnet:1", network: "regtest" })).rejects.toMatchObject({
    code: "CLI_OTHER_NETWORK",
    message: expect.stringContaining("is on simnet, and --network (or UTXOIQ_NETWORK) says regtest"),
  });
});
