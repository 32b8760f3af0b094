import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { NETWORKS } from "#bitcoin";
import {
  type EsploraServer,
  type Fault,
  type JsonInput,
  type JsonTransaction,
  readServedBlock,
  type ServedBlock,
  startEsploraServer,
} from "../../../test/helpers/esplora-server/index.ts";
import { describeWithRealBlocks } from "../../../test/helpers/real-blocks.ts";
import type { ChainBlock } from "../chain-source.ts";
import { createEsploraClient } from "./esplora-client.ts";
import { createEsploraReader } from "./esplora-reader.ts";
import { readVerifiedBlock } from "./read-block.ts";

const NEVER = new AbortController().signal;
const GENESIS = NETWORKS.mainnet.genesisHash ?? "";
const RAW = /\/raw$/;
const PAGE = /\/txs\/0$/;

describeWithRealBlocks("an Esplora server with faults", (real) => {
  const pizza = readServedBlock(real.blocks, 57_043);
  const small = readServedBlock(real.blocks, 757_739);
  const full = readServedBlock(real.blocks, 739_990);
  let server: EsploraServer;

  beforeAll(async () => {
    server = await startEsploraServer({ chain: [pizza, full, small], genesis: GENESIS });
  });
  afterAll(() => server.close());
  afterEach(() => {
    server.setFault(() => undefined);
    server.setTransactions((transactions) => transactions);
    server.asked.length = 0;
  });

  async function read({ height, hash }: ServedBlock, timeoutMs = 5_000): Promise<ChainBlock> {
    const client = createEsploraClient(server.url, { requestsPerSecond: 100_000, retryMs: 1, timeoutMs });
    try {
      return await readVerifiedBlock({ client, network: NETWORKS.mainnet }, { height, hash }, NEVER);
    } finally {
      await client.close();
    }
  }

  function faultOnce(path: RegExp, fault: Fault): void {
    server.setFault((asked, before) => (path.test(asked) && before === 0 ? fault : undefined));
  }

  test("a full block without faults takes as many requests as it has pages, and one", async () => {
    const block = await read(full);
    expect(Buffer.compare(block.spent?.bytes ?? Buffer.of(), full.spent)).toBe(0);
    expect(server.asked).toHaveLength(1 + Math.ceil(645 / 25));
  });

  test("pages of ten, as a mempool instance without Esplora has them, are fine too", async () => {
    const other = await startEsploraServer({ chain: [small], genesis: GENESIS, pageSize: 10 });
    const client = createEsploraClient(other.url, { requestsPerSecond: 100_000 });
    const block = await readVerifiedBlock({ client, network: NETWORKS.mainnet }, small, NEVER);
    expect(Buffer.compare(block.spent?.bytes ?? Buffer.of(), small.spent)).toBe(0);
    await client.close();
    await other.close();
  });

  test.each<[string, RegExp, Fault]>([
    ["an error of the server", RAW, { kind: "status", status: 500 }],
    ["a gateway that gives up", PAGE, { kind: "status", status: 502 }],
    ["too many requests", PAGE, { kind: "status", status: 429 }],
    ["too many requests, with a time", RAW, { kind: "status", status: 429, headers: { "retry-after": "1" } }],
    ["half a block", RAW, { kind: "truncated" }],
    ["half a page", PAGE, { kind: "truncated" }],
    ["a reset connection", RAW, { kind: "reset" }],
    ["an answer that takes a while", RAW, { kind: "slow", durationMs: 30 }],
  ])("%s is overcome by asking again", async (_, path, fault) => {
    faultOnce(path, fault);
    expect(Buffer.compare((await read(small)).bytes, small.block)).toBe(0);
    expect(server.asked.filter((asked) => path.test(asked))).toHaveLength(fault.kind === "slow" ? 1 : 2);
  });

  test.each<[string, RegExp, Fault, string, RegExp]>([
    ["errors without end", RAW, { kind: "status", status: 503 }, "CHAIN_ESPLORA_FAILED", /status 503/],
    ["a block that is gone", RAW, { kind: "status", status: 404 }, "CHAIN_ESPLORA_NOT_FOUND", /is not known/],
    ["a ban", PAGE, { kind: "status", status: 403 }, "CHAIN_ESPLORA_REFUSED", /refused with HTTP status 403/],
    ["HTML", PAGE, { kind: "body", body: "<html>Down for repairs" }, "CHAIN_ESPLORA_REPLY", /"<html>Down for repairs"/],
    ["other JSON", PAGE, { kind: "body", body: '[{"txid":1}]' }, "CHAIN_ESPLORA_REPLY", /with a page of transactions/],
    ["an endless block", RAW, { kind: "body", body: "x".repeat(4_000_001) }, "CHAIN_ESPLORA_REPLY", /4,000,000 bytes/],
    ["a short block", RAW, { kind: "body", body: "x".repeat(79) }, "CHAIN_ESPLORA_BAD_BLOCK", /raw: header: needs 80/],
    ["another block", RAW, { kind: "body", body: pizza.block }, "CHAIN_ESPLORA_BAD_BLOCK", /raw: is another block/],
    [
      "a changed block",
      RAW,
      { kind: "body", body: flipped(small.block) },
      "CHAIN_ESPLORA_BAD_BLOCK",
      /commitment: does not match the witnesses/,
    ],
    ["no answer", RAW, { kind: "silent" }, "CHAIN_ESPLORA_UNREACHABLE", /does not answer in time/],
  ])("%s is told, and later may help", async (_, path, fault, code, message) => {
    server.setFault((asked) => (path.test(asked) ? fault : undefined));
    await expect(read(small, 300)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
      retryable: true,
    });
  });

  test("a redirect and a demand for a password are told; asking again does not help", async () => {
    server.setFault(() => ({ kind: "status", status: 301, headers: { location: "https://host/api/x" } }));
    await expect(read(small)).rejects.toMatchObject({
      message: expect.stringMatching(/points to https:\/\/host\/api\/x/),
      retryable: false,
    });
    server.setFault(() => ({ kind: "status", status: 401 }));
    await expect(read(small)).rejects.toMatchObject({ code: "CHAIN_ESPLORA_REFUSED", retryable: false });
    expect(server.asked).toHaveLength(2);
  });

  test("who asks for much patience is not asked again meanwhile", async () => {
    const inAnHour = new Date(Date.now() + 3_600_000).toUTCString();
    server.setFault(() => ({ kind: "status", status: 429, headers: { "retry-after": inAnHour } }));
    const client = createEsploraClient(server.url, { requestsPerSecond: 100_000, retryMs: 1 });
    const ask = (): Promise<unknown> => client.fetch("/blocks/tip/hash", { limit: 100, signal: NEVER });
    const busy = {
      code: "CHAIN_ESPLORA_BUSY",
      message: expect.stringMatching(/nothing is asked for (3600|35\d\d) s/),
      retryable: true,
    };
    await expect(ask()).rejects.toMatchObject(busy);
    await expect(ask()).rejects.toMatchObject(busy);
    expect(server.asked).toHaveLength(1);
    await client.close();
  });

  test("nobody there", async () => {
    const other = await startEsploraServer({ chain: [small], genesis: GENESIS });
    await other.close();
    const client = createEsploraClient(other.url, { requestsPerSecond: 100, retryMs: 1 });
    const asked = client.fetch("/blocks/tip/hash", { limit: 100, signal: NEVER });
    await expect(asked).rejects.toMatchObject({
      code: "CHAIN_ESPLORA_UNREACHABLE",
      message: expect.stringMatching(/refuses the connection/),
    });
    await client.close();
  });

  test("a caller that stops waits for nothing", async () => {
    server.setFault(() => ({ kind: "silent" }));
    const client = createEsploraClient(server.url, { requestsPerSecond: 100 });
    const stop = new AbortController();
    const asked = client.fetch("/blocks/tip/hash", { limit: 100, signal: stop.signal });
    stop.abort();
    await expect(asked).rejects.toThrow("aborted");
    await client.close();
  });

  test.each<[string, (transactions: JsonTransaction[]) => JsonTransaction[], RegExp]>([
    ["leaves transactions out", (all) => all.toSpliced(3, 1), /transaction 3 is \w+, not \w+/],
    ["ends early", (all) => all.slice(0, 30), /from transaction 25 on holds 5 of 25/],
    ["has another order", (all) => [...all.slice(0, 1), ...all.slice(1).toReversed()], /transaction 1 is \w+, not \w+/],
    ["has an empty page", () => [], /from transaction 0 on holds 0 of 25/],
    ["has a short page", (all) => all.slice(0, 20), /from transaction 0 on holds 20 of 25/],
    ["does not know a prevout", (all) => everyInput(all, (input) => ({ ...input, prevout: null })), /is missing/],
    ["has inputs of others", (all) => everyInput(all, (input) => ({ ...input, vout: 77 })), /does not spend \w+:77/],
    ["lacks inputs", (all) => all.map((tx, index) => (index === 0 ? tx : { ...tx, vin: [] })), /inputs, not 0/],
    [
      "has changed scripts",
      (all) =>
        everyInput(
          all,
          withPrevout((prevout) => ({ ...prevout, scriptpubkey: changeHash(prevout.scriptpubkey) })),
        ),
      /txs: tx \d+ \/ spent output \d+ \/ script: is not the script/,
    ],
    [
      "has too small amounts",
      (all) =>
        everyInput(
          all,
          withPrevout((prevout) => ({ ...prevout, value: 0 })),
        ),
      /pays out \d+ sats but its spent outputs hold 0/,
    ],
    [
      "has amounts that no output can have",
      (all) =>
        everyInput(
          all,
          withPrevout((prevout) => ({ ...prevout, value: 2 ** 52 })),
        ),
      /amount is outside/,
    ],
  ])("a server that %s is not believed", async (_, rewrite, message) => {
    server.setTransactions((transactions) => rewrite([...transactions]));
    await expect(read(small)).rejects.toMatchObject({
      code: "CHAIN_ESPLORA_BAD_BLOCK",
      message: expect.stringMatching(message),
      retryable: true,
    });
  });

  test("an amount that is too large by a little cannot be found out: no input of this block is forged, but its fee is", async () => {
    server.setTransactions((all) =>
      everyInput(
        [...all],
        withPrevout((prevout) => ({ ...prevout, value: prevout.value + 1 })),
      ),
    );
    const block = await read(small);
    expect(Buffer.compare(block.spent?.bytes ?? Buffer.of(), small.spent)).not.toBe(0);
  });

  test("on the main network the parent's header is asked for, and has to be that, to judge the target by", async () => {
    const client = createEsploraClient(server.url, { requestsPerSecond: 100_000, retryMs: 1 });
    const reader = createEsploraReader({ client, network: NETWORKS.mainnet }, async () => {});
    const asked = reader.readBlocks([pizza], NEVER)[Symbol.asyncIterator]().next();
    // The header of the parent, which the server does not have, is asked for: the target cannot be judged without it.
    await expect(asked).rejects.toMatchObject({
      code: "CHAIN_ESPLORA_NOT_FOUND",
      message: expect.stringMatching(/header is not known/),
    });
    server.setFault((path) => {
      const body = Buffer.from(small.block.subarray(0, 80)).toString("hex");
      return path.endsWith("/header") ? { kind: "body", body } : undefined;
    });
    const lied = reader.readBlocks([pizza], NEVER)[Symbol.asyncIterator]().next();
    await expect(lied).rejects.toMatchObject({
      code: "CHAIN_ESPLORA_BAD_BLOCK",
      message: expect.stringMatching(/header: is of another block/),
    });
    await client.close();
  });
});

function flipped(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[copy.length - 5] = (copy[copy.length - 5] ?? 0) ^ 1;
  return copy;
}

type Prevout = NonNullable<JsonInput["prevout"]>;

function everyInput(all: JsonTransaction[], change: (input: JsonInput) => JsonInput): JsonTransaction[] {
  return all.map((transaction, index) => {
    return index === 0 ? transaction : { ...transaction, vin: transaction.vin.map(change) };
  });
}

function withPrevout(change: (prevout: Prevout) => Prevout): (input: JsonInput) => JsonInput {
  return (input) => ({ ...input, prevout: input.prevout === null ? null : change(input.prevout) });
}

/** Another hash in a script that holds one. */
function changeHash(script: string): string {
  return script.replace(/^(76a914|a914|0014|0020)../, (start) => start.slice(0, -2) + "00");
}
