import { describe, expect, test } from "vitest";
import type { BlockHash } from "#bitcoin";
import { AppError } from "#lib";
import type { BlockRef } from "../chain-source.ts";
import type { LongPoll } from "./capabilities.ts";
import type { CoreRpc } from "./core-rpc.ts";
import { listenForNews, type News, topicOf } from "./news.ts";

const hash = (digit: string): BlockHash => digit.repeat(64) as BlockHash;
const TIP: BlockRef = { height: 7, hash: hash("a") };
const NEVER = new AbortController().signal;

type Answers = Readonly<
  Record<string, (params: readonly unknown[], signal: AbortSignal | undefined) => Promise<unknown>>
>;

/** Nothing answers but what is said here. */
function fakeRpc(answers: Answers): CoreRpc & { readonly asked: readonly string[] } {
  const asked: string[] = [];
  return {
    asked,
    call: async (method, params = [], { signal } = {}) => {
      asked.push([method, ...params].join(" "));
      const answer = answers[method];
      if (answer === undefined) throw new Error(`${method} was not expected`);
      return answer(params, signal);
    },
    batch: async () => [],
    close: async () => {},
  };
}

const untilAborted = (_: unknown, signal: AbortSignal | undefined): Promise<never> =>
  new Promise((__, reject) => signal?.addEventListener("abort", () => reject(new Error("aborted"))));

const refused =
  (code: string, details = {}) =>
  (): Promise<never> =>
    Promise.reject(new AppError(code, "no", { details }));

function listen(rpc: CoreRpc, longPoll: LongPoll, zmq: ReadonlyMap<string, string> = new Map()): News {
  return listenForNews(rpc, { zmq, longPoll }, { lookMs: 60_000, pollMs: 1 });
}

describe("waiting for a node's next tip", () => {
  test.each<[LongPoll, string]>([
    ["from a tip", `waitfornewblock 60000 ${TIP.hash}`],
    ["from now", "waitfornewblock 60000"],
  ])("%s: the node answers when there is one", async (longPoll, question) => {
    const rpc = fakeRpc({ waitfornewblock: async () => ({}), getbestblockhash: async () => TIP.hash });
    await listen(rpc, longPoll).wait(TIP, NEVER);
    expect(rpc.asked[0]).toBe(question);
  });

  test("a tip that came before the node began to wait is not waited for", async () => {
    const rpc = fakeRpc({ waitfornewblock: untilAborted, getbestblockhash: async () => hash("b") });
    await listen(rpc, "from now").wait(TIP, NEVER);
    expect(rpc.asked).toContain("getbestblockhash");
  });

  test.each([
    ["a user who may not wait", refused("CHAIN_RPC_FORBIDDEN")],
    ["a node that cannot", refused("CHAIN_RPC_ERROR", { rpcCode: -32_601 })],
  ])("%s looks again and again", async (_, waitfornewblock) => {
    const rpc = fakeRpc({ waitfornewblock, getbestblockhash: async () => TIP.hash });
    const news = listen(rpc, "from a tip");
    for (let look = 0; look < 3; look += 1) await news.wait(TIP, NEVER);
    expect(rpc.asked.filter((asked) => asked.startsWith("waitfornewblock")).length).toBe(1);
  });

  test("a node that does not answer is told of", async () => {
    const rpc = fakeRpc({ waitfornewblock: refused("CHAIN_RPC_UNREACHABLE"), getbestblockhash: async () => TIP.hash });
    await expect(listen(rpc, "from a tip").wait(TIP, NEVER)).rejects.toMatchObject({ code: "CHAIN_RPC_UNREACHABLE" });
  });

  test("a ZMQ endpoint that cannot be reached does not keep one waiting", async () => {
    const rpc = fakeRpc({ waitfornewblock: async () => ({}), getbestblockhash: async () => TIP.hash });
    const news = listen(rpc, "from a tip", new Map([["hashblock", "tcp://127.0.0.1:1"]]));
    await news.wait(TIP, NEVER);
    news.close();
    expect(rpc.asked.length).toBeGreaterThan(0);
  });

  test.each([
    [["hashblock", "sequence", "rawtx"], { topic: "hashblock", endpoint: "tcp://127.0.0.1:1" }],
    [["rawtx", "sequence"], { topic: "sequence", endpoint: "tcp://127.0.0.1:1" }],
    [["rawtx", "hashtx"], undefined],
  ])("of the topics %j", (topics, expected) => {
    expect(topicOf(new Map(topics.map((topic) => [topic, "tcp://127.0.0.1:1"])))).toEqual(expected);
  });
});
